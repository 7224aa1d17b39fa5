import { contactPolicy } from '#contacts'
import { type Base, compileSelections, publishBase } from '#insight'
import type { Day } from '#platform/day.ts'
import { interruptible, type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Watch, Works } from '#platform/works.ts'
import { rowOf } from './campaign-row.ts'
import { campaignsOn, type Running } from './campaigns.ts'
import { judge } from './judge.ts'
import type { Reason } from './reasons.ts'

/** What was decided; the rows stand in `work.decision` of the session. */
export type Decided = Readonly<{
  snapshotId: string
  snapshotDate: string
  /** Subscribers of the snapshot. */
  base: number
  candidates: number
  campaigns: readonly (Running & Readonly<{ warnings: readonly Reason[] }>)[]
}>

/** A household to which somebody comes already, and when: no campaign sends another one there. */
export type Held = Readonly<{ householdId: string; on: Day }>

/**
 * Decides for the whole base of a branch what is to be done with each subscriber on `day`: whom the
 * campaigns select, who must not be met, who is held out, and which one matter of a household comes
 * first. Leaves `work.decision` in `session`, one row per subscriber and campaign that selects him.
 * @throws Refusal `no-snapshot`
 */
export async function decide(
  works: Works,
  session: LakeSession,
  of: { branchId: string; day: string; held?: readonly Held[] },
  watch: Watch,
): Promise<Decided> {
  const { branchId, day, held = [] } = of
  const say = (zh: string, en: string, done: number) =>
    watch.tell({ phase: { zh, en }, done, total: STEPS })
  return interruptible(session, watch.signal, async () => {
    say('读取用户', 'Reading the base', 0)
    const base = await publishBase(works, session, of)
    const { running, policy } = await works.run(works.system, async (unit) => ({
      running: await campaignsOn(unit, branchId, day),
      policy: await contactPolicy(unit, branchId),
    }))
    const judged = running.map((each) => ({ ...each, ...judge(each.campaign, base.catalogue) }))
    const able = judged.filter(({ selects }) => selects)
    say('筛选对象', 'Selecting candidates', 1)
    await select(session, able, { base, day })
    await session.run(question(import.meta.url, './queries/campaigns.sql'), {
      campaigns: JSON.stringify(able.map((each, place) => rowOf(each, place, policy))),
    })
    say('核对免打扰', 'Checking refusals and caps', 2)
    await session.run(question(import.meta.url, './queries/closures.sql'))
    await session.run(question(import.meta.url, './queries/held.sql'), {
      homes: JSON.stringify(held),
    })
    await session.run(question(import.meta.url, './queries/candidates.sql'))
    say('排定优先级', 'Ranking within households', 3)
    await session.run(question(import.meta.url, './queries/decision.sql'), { branch: branchId })
    const candidates = await tidy(session)
    return {
      snapshotId: base.snapshotId,
      snapshotDate: base.date,
      base: base.rows,
      candidates,
      campaigns: judged.map(({ campaign, version, warnings }) => ({ campaign, version, warnings })),
    }
  })
}
const STEPS = 4

/** Whom each campaign selects and which offer fits first, in one reading of the base. */
async function select(
  session: LakeSession,
  able: readonly Running[],
  { base, day }: { base: Base; day: string },
): Promise<void> {
  const selections = able.map(({ campaign }) => ({
    condition: campaign.conditions,
    choices: campaign.offers.map(({ conditions }) => conditions ?? null),
  }))
  const { sql, bound } = compileSelections(selections, { fields: base.catalogue, day })
  await session.run(sql, bound)
}

async function tidy(session: LakeSession): Promise<number> {
  await session.run(question(import.meta.url, './queries/tidy.sql'))
  const [counted] = await session.rows<{ candidates: number }>(
    question(import.meta.url, './queries/count-decisions.sql'),
  )
  return counted?.candidates ?? 0
}
