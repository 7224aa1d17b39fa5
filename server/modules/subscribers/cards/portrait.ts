import { mayDo, readBranch, unitNames } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { addMonths, daysBetween } from '#platform/day.ts'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { CANONICAL_COLUMNS, columnOf, GROUPS } from '../columns/catalogue.ts'
import type { Column, Group } from '../columns/column.ts'
import type { Manifest } from '../snapshots/manifest.ts'
import { publishCompetitors } from '../snapshots/publish-competitors.ts'
import { type Row, readRow } from '../snapshots/row.ts'
import { type SnapshotRow, selectStanding } from '../snapshots/snapshot-store.ts'
import { COLUMN_OF, openCorrection } from '../subjects/correct-card.ts'
import { selectOpenCorrections } from '../subjects/correction-store.ts'
import { selectErasedAt } from '../subjects/erasure-store.ts'
import { type Card, selectHousehold } from './card-store.ts'
import { readCard } from './cards.ts'
import { rowOf } from './list-subscribers.ts'
import { shownOf } from './portrait-value.ts'

/** The touches of a household and of who lives in it, newest first; contacts owns them and app hands this in. */
export type ContactsOf = (
  unit: Unit,
  branchId: string,
  home: Readonly<{ householdId: string; subscriberIds: readonly string[] }>,
) => Promise<
  readonly Readonly<{
    contactId: string
    at: string
    channel: string
    purpose: string
    result: string
    reason: string | null
    staffName: string | null
    until: string | null
    nextOn: string | null
  }>[]
>

type Seen = Readonly<{ snapshot: SnapshotRow; manifest: Manifest; row: Row | undefined }>

/** How many snapshots back a portrait looks for changes. */
const HISTORY = 8

/** Everything that is known of one subscriber in scope: masked, and nothing that was not delivered. */
export async function readPortrait(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
  { works, contactsOf }: Readonly<{ works: Works; contactsOf: ContactsOf }>,
) {
  const { branchId, subscriberId } = of
  mayDo(unit.actor, 'subscriber:read')
  await readBranch(unit, branchId)
  const card = await readCard(unit, branchId, subscriberId)
  if (!card) throw new Refusal('not-found', 'subscriber-unknown', { subscriber: subscriberId })
  audit(unit, {
    ...{ branchId, action: 'portrait.read' },
    about: { kind: 'subscriber', id: subscriberId },
  })
  const day = card.snapshotDate
  const standing = await selectStanding(unit, { branchId, day, limit: HISTORY })
  await using session = await works.lake.ask()
  const seen: Seen[] = []
  for (const snapshot of standing) seen.push(await lookUp(works, session, snapshot, subscriberId))
  const [latest] = seen
  if (!latest?.row)
    throw new Refusal('not-found', 'subscriber-unknown', { subscriber: subscriberId })
  // In this unit: whoever holds one connection and waits for another may wait for ever.
  const here: Works = { ...works, run: (actor, work) => onBehalfOf(unit, actor, work) }
  await publishCompetitors(here, session, branchId, day, card.householdId)
  const rivals = await session.rows<Rival>(
    question(import.meta.url, '../queries/rivals-of-home.sql'),
    {
      household: card.householdId,
    },
  )
  const names = await unitNames(unit, branchId)
  const { householdId } = card
  const household = await selectHousehold(unit, branchId, householdId)
  const subscriberIds = [...new Set([subscriberId, ...household.map((each) => each.subscriberId)])]
  const contacts = await contactsOf(unit, branchId, { householdId, subscriberIds })
  const { manifest } = latest
  const row = { ...latest.row, ...(await correctedColumns(unit, of)) }
  return {
    subscriber: rowOf(unit, card, names),
    asOf: day,
    erasedAt: (await selectErasedAt(unit, of))?.toISOString() ?? null,
    groups: groupsOf(manifest, row),
    contractCalendar: calendarOf(row, card),
    bills: billsOf(row, day),
    household: household.map((each) => rowOf(unit, each, names)),
    contacts: contacts.map((each) => ({ ...each })),
    rivals,
    changes: changesOf(seen),
    notDelivered: CANONICAL_COLUMNS.filter((each) => !manifest.delivered.includes(each.id)).map(
      (each) => each.label,
    ),
    warnings: [],
  }
}

/** What is corrected, by column, until an extract has it. */
async function correctedColumns(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<Row> {
  const open = await selectOpenCorrections(unit, of)
  return Object.fromEntries(
    open.map((each) => [COLUMN_OF[each.field], openCorrection(unit.keys, each)]),
  )
}

type Rival = {
  operator: string
  monthlyFeeFen: number | null
  expiresOn: string | null
  seenOn: string | null
}

async function lookUp(
  works: Works,
  session: LakeSession,
  snapshot: SnapshotRow,
  subscriber: string,
): Promise<Seen> {
  return { snapshot, ...(await readRow(works, session, snapshot, subscriber)) }
}

/** The columns of a snapshot that people know: the catalogue's, and the branch's own. */
function columnsOf({ columns }: Manifest): Column[] {
  return columns.flatMap((each): Column[] => {
    const known = columnOf(each.id)
    if (known) return [known]
    if (!each.custom) return []
    const { id, label } = each
    return [{ id, label, type: each.type as Column['type'], aliases: [], personal: 'sensitive' }]
  })
}

function groupsOf(manifest: Manifest, row: Row) {
  const columns = columnsOf(manifest)
  const valuesIn = (group: Group | undefined) =>
    columns
      .filter((each) => each.group === group)
      .flatMap((each) => {
        const text = shownOf(each, row[each.id])
        return text === null ? [] : [{ column: each.id, label: each.label, text }]
      })
  const own = { zh: '本地自定义', en: 'The branch’s own' }
  return [
    ...(Object.entries(GROUPS) as [Group, Column['label']][]).map(([group, label]) => ({
      ...{ group, label },
      values: valuesIn(group),
    })),
    { group: 'custom', label: own, values: valuesIn(undefined) },
  ].filter((each) => each.values.length > 0)
}

const CALENDAR = [
  'offer_eff_date',
  'offer_exp_date',
  'contract_start',
  'contract_expire_date',
  'broadband_expire_date',
  'broadband_renewal_date',
  'tv_expire_date',
  'rival_expire_date',
]

function calendarOf(row: Row, card: Card) {
  return CALENDAR.flatMap((column) => {
    const value = row[column]
    if (typeof value !== 'string') return []
    const on = value.slice(0, 10)
    const what = columnOf(column)?.label ?? { zh: column, en: column }
    const isContractEnd = row.contract_end_source === column && on === card.contractEnd
    return [{ what, column, on, daysLeft: daysBetween(card.snapshotDate, on), isContractEnd }]
  }).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.column < b.column ? -1 : 1))
}

/** The bill of the delivered month and of the months before it, latest first. */
function billsOf(row: Row, day: string) {
  const month = typeof row.bill_month === 'string' ? row.bill_month : day.slice(0, 7)
  const back = (months: number) => addMonths(`${month}-01`, -months).slice(0, 7)
  return [row.bill_fee, row.bill_fee_m1, row.bill_fee_m2, row.bill_fee_m3, row.bill_fee_m4].flatMap(
    (amountFen, months) =>
      typeof amountFen === 'number' ? [{ month: back(months), amountFen }] : [],
  )
}

/** What changed from one snapshot to the next, the latest first; what could not change is left out. */
function changesOf(seen: readonly Seen[]) {
  return seen.slice(0, -1).flatMap((later, at) => {
    const earlier = seen[at + 1]
    if (!earlier?.row || !later.row) return []
    const [before, after] = [earlier.row, later.row]
    const known = new Set(earlier.manifest.columns.map((each) => each.id))
    return columnsOf(later.manifest)
      .filter((each) => known.has(each.id) && !COUNTERS.has(each.id))
      .filter((each) => JSON.stringify(before[each.id]) !== JSON.stringify(after[each.id]))
      .map((each) => ({
        date: later.snapshot.date,
        column: each.id,
        label: each.label,
        before: shownOf(each, before[each.id]),
        after: shownOf(each, after[each.id]),
      }))
  })
}
/** They change by themselves. */
const COUNTERS = new Set(['tenure_months', 'months_since_pay', 'stop_duration'])
