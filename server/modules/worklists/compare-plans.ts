import { namePeople, staffNames, unitsInScope } from '#people'
import { question } from '#platform/duckdb/lake.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { nameOfCampaign } from './details.ts'
import type { OfPlan } from './plan.ts'
import { soundFiles } from './plan-folder.ts'
import { readPlanRecord } from './publish-plan.ts'
import { actorsOf, planRow } from './read-plan.ts'
import { selectBefore, selectPlan, selectTallies } from './store.ts'

const ask = (file: string) => question(import.meta.url, `./queries/${file}`)

type Sum = Readonly<{ kind: 'campaign' | 'person'; key: string; before: number; after: number }>
const NOTHING = { appeared: 0, gone: 0, kept: 0, moved: 0 }

/**
 * What changes on the lists in the actor’s scope against another plan: the one named, else the one
 * before it. `kept` households stay with the same person, `moved` ones go to another.
 * @throws Refusal `branch-unknown`, `plan-unknown`, `plan-damaged`.
 */
export async function comparePlans(
  works: Works,
  actor: Actor,
  of: OfPlan & Readonly<{ with?: string | undefined }>,
) {
  const { plan, other, row, units, names } = await works.run(actor, async (unit) => {
    const plan = await readPlanRecord(unit, of)
    const planId = of.with
    const other = planId
      ? await selectPlan(unit, { branchId: of.branchId, planId })
      : await selectBefore(unit, plan)
    if (planId && !other) throw new Refusal('not-found', 'plan-unknown', { plan: planId })
    return {
      plan,
      other,
      row: other
        ? planRow(other, await selectTallies(unit, other), await namePeople(unit, actorsOf(other)))
        : null,
      units: await unitsInScope(unit),
      names: await staffNames(unit, of.branchId),
    }
  })
  if (!other) return { with: null, ...NOTHING, byCampaign: [], byPerson: [] }
  const after = (await soundFiles(works, plan)).tasks
  const before = (await soundFiles(works, other)).tasks
  await using session = await works.lake.ask()
  const params = { before, after, units: JSON.stringify(units) }
  const [totals] = await session.rows<typeof NOTHING>(ask('compare.sql'), params)
  const sums = await session.rows<Sum>(ask('compare-sums.sql'), params)
  const sumsBy = (kind: Sum['kind']) => sums.filter((one) => one.kind === kind)
  return {
    with: row,
    ...(totals ?? NOTHING),
    byCampaign: sumsBy('campaign').map(({ key, before, after }) => ({
      campaign: key,
      name: nameOfCampaign(
        plan.details.campaigns.some(({ id }) => id === key) ? plan.details : other.details,
        key,
      ),
      before,
      after,
    })),
    byPerson: sumsBy('person').map(({ key, before, after }) => {
      return { staffId: key, name: names.get(key) ?? key, before, after }
    }),
  }
}
