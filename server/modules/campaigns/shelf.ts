import {
  basesOf,
  type Catalogue,
  checkCondition,
  compileCounts,
  fieldsFor,
  scopeIn,
  whileImported,
} from '#insight'
import { type CalledBy, mayDoInBranch, namePeople } from '#people'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { Written } from './campaign.ts'
import { saveCampaign } from './campaigns.ts'
import { judge } from './judge.ts'
import type { Reason } from './reasons.ts'
import { type Saved, selectLatest } from './store.ts'

/** A saved campaign with whom it selects now among those the caller sees; null before any import. */
export type Counted = Readonly<{
  saved: Named
  count: number | null
  warnings: readonly Reason[]
}>
type Named = Saved & Readonly<{ savedByName: CalledBy }>
export type Shelf = Readonly<{ rows: readonly Counted[]; asOf: string | null }>

type Asked = Readonly<{ actor: Actor; branchId: string }>

/** All campaigns of a branch, each with its live count; they are counted in one reading. */
export async function listCampaigns(
  works: Works,
  asked: Asked,
  signal: AbortSignal,
): Promise<Shelf> {
  const { actor, branchId } = asked
  const { saved, unitIds, day } = await works.run(actor, async (unit) => ({
    unitIds: await scopeIn(unit, branchId),
    saved: await readSaved(unit, branchId),
    day: dayOf(unit.now),
  }))
  return countAll(works, { branchId, saved, unitIds, day }, signal)
}

/** One campaign with its live count. @throws Refusal `campaign-unknown` */
export async function readCampaign(
  works: Works,
  asked: Asked & { campaignId: string },
  signal: AbortSignal,
): Promise<Counted> {
  const { actor, branchId, campaignId } = asked
  const { saved, unitIds, day } = await works.run(actor, async (unit) => ({
    unitIds: await scopeIn(unit, branchId),
    saved: await readSaved(unit, branchId, campaignId),
    day: dayOf(unit.now),
  }))
  if (saved.length === 0)
    throw new Refusal('not-found', 'campaign-unknown', { campaign: campaignId })
  const { rows } = await countAll(works, { branchId, saved, unitIds, day }, signal)
  return rows[0] as Counted
}

/** The latest versions, each with the name of whoever saved it. */
async function readSaved(unit: Unit, branchId: string, campaignId?: string): Promise<Named[]> {
  const saved = await selectLatest(unit, branchId, campaignId)
  const whoIs = await namePeople(
    unit,
    saved.map(({ savedBy }) => savedBy),
  )
  return saved.map((each) => ({ ...each, savedByName: whoIs(each.savedBy) }))
}

/**
 * Saves a campaign as its next version, once its conditions are ones the branch can ask.
 * @throws Refusal `not-allowed`, `campaign-id-differs`, `field-unknown`, `condition-invalid`, `condition-too-deep`
 */
export async function putCampaign(
  works: Works,
  asked: Asked & { campaignId: string; written: Written },
  signal: AbortSignal,
): Promise<Counted> {
  const { actor, branchId, campaignId, written } = asked
  const day = await works.run(actor, async (unit) => {
    await mayDoInBranch(unit, branchId, 'campaign:write')
    return dayOf(unit.now)
  })
  const { campaign } = written
  if (campaign.id !== campaignId)
    throw new Refusal('invalid', 'campaign-id-differs', {
      found: campaign.id,
      expected: campaignId,
    })
  const catalogue = await whileImported(
    () => basesOf(works).ask({ branchId, day }, signal, async (_, base) => base.catalogue),
    EMPTY,
  )
  checkConditions(written, catalogue)
  await works.run(actor, (unit) => saveCampaign(unit, branchId, written))
  return readCampaign(works, { actor, branchId, campaignId }, signal)
}

/** Checks all that a campaign asks; in a typed text the refusal names line and column. */
function checkConditions({ campaign, placeOf }: Written, catalogue: Catalogue): void {
  try {
    checkCondition(campaign.conditions, catalogue, '$.conditions')
    campaign.offers.forEach(({ conditions }, nth) => {
      if (conditions) checkCondition(conditions, catalogue, `$.offers[${nth}].conditions`)
    })
    campaign.needs.forEach((field, nth) => {
      checkCondition({ field, op: 'known' }, catalogue, `$.needs[${nth}]`)
    })
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    const place = placeOf?.(String(refusal.values.at ?? '$'))
    if (!place) throw refusal
    const at = `${refusal.values.at} @ ${place.line}:${place.col}`
    throw new Refusal(refusal.kind, refusal.code, { ...refusal.values, at })
  }
}

async function countAll(
  works: Works,
  of: { branchId: string; saved: readonly Named[]; unitIds: readonly string[] | null; day: string },
  signal: AbortSignal,
): Promise<Shelf> {
  const { branchId, saved, unitIds, day } = of
  return whileImported<Shelf>(
    () =>
      basesOf(works).ask({ branchId, day }, signal, async (session, base) => {
        const judged = saved.map((each) => ({
          saved: each,
          ...judge(each.campaign, base.catalogue),
        }))
        const able = judged.filter(({ selects }) => selects)
        const conditions = able.map((each) => each.saved.campaign.conditions)
        const { sql, bound } = compileCounts(conditions, { fields: base.catalogue, day, unitIds })
        const [counts] = await session.rows<Record<string, number>>(sql, bound)
        const rows = judged.map(({ saved, selects, warnings }) => {
          const place = able.findIndex((each) => each.saved === saved)
          return { saved, warnings, count: selects ? (counts?.[`n${place}`] ?? 0) : 0 }
        })
        return { asOf: base.date, rows }
      }),
    {
      asOf: null,
      rows: saved.map((each) => ({ saved: each, count: null, warnings: [] })),
    },
  )
}

const EMPTY: Catalogue = new Map(
  fieldsFor({ columns: new Set(), customColumns: [] }).map((field) => [field.field, field]),
)
