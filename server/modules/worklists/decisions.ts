import { unitsInScope } from '#people'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { COUNTED_UP_TO, orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { calledBy, maskAddress, maskName, readCards } from '#subscribers'
import { nameOfCampaign, type PlanRecord } from './details.ts'
import { below } from './funnel.ts'
import type { OfPlan, Outcome } from './plan.ts'
import { soundFiles } from './plan-folder.ts'
import { readPlanRecord } from './publish-plan.ts'
import { type Page, readView } from './read-plan.ts'
import { type BareReason, tell } from './reasons.ts'

type Asked = OfPlan &
  Page &
  Readonly<{
    outcome?: Outcome | undefined
    reason?: string | undefined
    campaign?: string | undefined
    unit?: string | undefined
  }>

type Row = Readonly<{
  subscriberId: string
  householdId: string
  unitId: string
  campaign: string
  outcome: Outcome
  reason: string | null
  reasonValues: string | null
  until: string | null
  priority: number | null
  reasons: string
  taskId: string | null
  id: string
  key: string | number
}>

const SORTS = {
  subscriber: { sql: 'subscriber', type: 'text' },
  priority: { sql: 'priority', type: 'numeric' },
} as const
const FILES: Readonly<Record<string, string>> = {
  subscriber: './queries/decisions-by-subscriber.sql',
  '-priority': './queries/decisions-by-priority.sql',
}

/**
 * The decisions behind a number of the funnel, in the actor’s scope: by subscriber, or the most
 * urgent first (`-priority`). Whom a decision is about is read from the card, masked.
 * @throws Refusal `branch-unknown`, `plan-unknown`, `plan-damaged`, `sort-unknown`.
 */
export async function listDecisions(works: Works, actor: Actor, of: Asked) {
  const sort = of.sort === undefined || of.sort in FILES ? (of.sort ?? 'subscriber') : `?${of.sort}`
  const mark = readCursor(of.cursor, orderBy(sort, SORTS, 'subscriber').column.type)
  const { plan, units } = await works.run(actor, (unit) => scopeOf(unit, of))
  const files = await soundFiles(works, plan)
  await using session = await works.lake.ask()
  const filter = {
    path: files.decisions,
    outcome: of.outcome ?? null,
    reason: of.reason ?? null,
    campaign: of.campaign ?? null,
    units: JSON.stringify(units),
  }
  const found = await session.rows<Row>(question(import.meta.url, FILES[sort] ?? ''), {
    ...filter,
    after_id: mark?.id ?? null,
    ...(sort === '-priority' && { after_value: mark ? Number(mark.value) : null }),
    limit: of.limit + 1,
  })
  const page = pageOfRows(found, of.limit, ({ key, id }) => ({ value: key, id }))
  return {
    rows: await works.run(actor, (unit) => shown(unit, plan, page.rows)),
    next: page.next,
    total: await totalOf(session, filter),
  }
}

async function scopeOf(unit: Unit, of: Asked) {
  const plan = await readPlanRecord(unit, of)
  const inScope = await unitsInScope(unit)
  if (of.unit === undefined) return { plan, units: inScope }
  const within = below((await readView(unit, of.branchId)).units, of.unit)
  return { plan, units: inScope.filter((unitId) => within.has(unitId)) }
}

async function totalOf(session: LakeSession, filter: Readonly<Record<string, string | null>>) {
  const [counted] = await session.rows<{ total: number }>(
    question(import.meta.url, './queries/decisions-total.sql'),
    { ...filter, limit: COUNTED_UP_TO },
  )
  return counted?.total ?? 0
}

async function shown(unit: Unit, { branchId, day, details }: PlanRecord, rows: readonly Row[]) {
  const ids = rows.map(({ subscriberId }) => subscriberId)
  const cards = await readCards(unit, branchId, ids)
  return rows.map((row) => {
    const card = cards.get(row.subscriberId)
    return {
      subscriberId: row.subscriberId,
      householdId: row.householdId,
      name: maskName(card ? calledBy(unit.keys, card).name : null),
      address: maskAddress(card?.address ?? null),
      unitId: row.unitId,
      campaign: row.campaign,
      campaignName: nameOfCampaign(details, row.campaign),
      outcome: row.outcome,
      reason: firstReason(row, day),
      until: row.until,
      priority: row.priority,
      taskId: row.taskId,
    }
  })
}

/** Why a decision fell as it did: what kept it off the lists, else the line in words. */
export function firstReason(row: Pick<Row, 'reason' | 'reasonValues' | 'reasons'>, day: string) {
  if (row.reason !== null) {
    const values = JSON.parse(row.reasonValues ?? '{}') as BareReason['values']
    return tell({ code: row.reason, values }, day)
  }
  const [line] = JSON.parse(row.reasons) as BareReason[]
  return line ? tell(line, day) : null
}
