import type { Campaign, Running } from '#campaigns'
import { type Base, type BaseRow, type Condition, type Field, fieldsOf, truthOf } from '#insight'
import type { LakeSession } from '#platform/duckdb/lake.ts'
import { keyedShare } from '#platform/hash.ts'

/** What may not be done with a household, as the lake’s tables tell it. */
type Closure = {
  touchpoints: Set<string>
  offers: Set<string>
  all: boolean
}

type Asked = Readonly<{ base: Base; running: readonly Running[]; day: string }>

/**
 * Decides as a rule engine would: fetches every row of the base, asks every campaign about it, and
 * ranks what is left within the household. It counts the outcomes and, unlike the product, keeps
 * neither reasons nor factors; renewal is taken as no marketing, as the rules of a new branch do.
 */
export async function decideRowByRow(
  session: LakeSession,
  { base, running, day }: Asked,
): Promise<Record<string, number>> {
  const campaigns = running
    .map(({ campaign }) => campaign)
    .filter(({ needs }) => needs.every((name) => base.catalogue.get(name)?.delivered))
  const closures = await readClosures(session)
  const households = new Map<string, number>()
  const outcomes: Record<string, number> = {}
  const count = (outcome: string) => {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  const result = await session.connection.stream(baseSql(base, campaigns))
  for await (const rows of result.yieldRowObjectJs())
    for (const row of rows as BaseRow[])
      for (const campaign of campaigns) {
        const of = { row, fields: base.catalogue, day }
        if (truthOf(campaign.conditions, of) !== true) continue
        const household = String(row.household_id)
        const offer = campaign.offers.find(
          ({ conditions }) => !conditions || truthOf(conditions, of) === true,
        )
        if (isSuppressed(row, campaign, { offer: offer?.id, closure: closures.get(household) }))
          count('suppressed')
        else if (keyedShare(campaign.id, household) < campaign.holdOutShare) count('held-out')
        else households.set(household, (households.get(household) ?? 0) + 1)
      }
  for (const matters of households.values()) {
    count('eligible')
    for (let rank = 1; rank < matters; rank += 1) count('outranked')
  }
  return Object.fromEntries(Object.entries(outcomes).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const ASKED_OF_ALL = ['has_port_request', 'unsubscribe_time', 'consent_sms', 'consent_call']

/** The columns that the campaigns ask about, as plain values: days as text, counts as numbers. */
function baseSql({ catalogue }: Base, campaigns: readonly Campaign[]): string {
  const conditions = campaigns.flatMap(({ conditions: whom, offers }) => [
    whom,
    ...offers.flatMap((offer): Condition[] => (offer.conditions ? [offer.conditions] : [])),
  ])
  const asked = new Set(['status', ...ASKED_OF_ALL, ...conditions.flatMap(fieldsOf)])
  const columns = [...asked].flatMap((name) => {
    const field = catalogue.get(name)
    return field ? columnSql(field) : ASKED_OF_ALL.includes(name) ? [name] : []
  })
  return `select household_id, ${columns.join(', ')} from published.base`
}

function columnSql({ field, type }: Field): string[] {
  const name = `"${field.replaceAll('"', '""')}"`
  if (type === 'date') return [`${name}::varchar as ${name}`]
  return type === 'int' || type === 'fen' || type === 'number'
    ? [`${name}::double as ${name}`]
    : [name]
}

function isSuppressed(
  row: BaseRow,
  { purpose, touchpoints }: Campaign,
  { offer, closure }: Readonly<{ offer: string | undefined; closure: Closure | undefined }>,
): boolean {
  if (row.status === 'terminated') return true
  const exempt = purpose === 'collection' || purpose === 'service'
  if (row.has_port_request === true && !exempt) return true
  if (offer === undefined) return true
  if (exempt || purpose === 'renewal') return false
  if (closure?.all || closure?.offers.has(offer)) return true
  const unsubscribed = row.unsubscribe_time !== null
  const open = touchpoints.filter((touchpoint) => {
    if (closure?.touchpoints.has(touchpoint)) return false
    if (touchpoint === 'call_out') return !unsubscribed && row.consent_call !== false
    if (touchpoint === 'sms') return !unsubscribed && row.consent_sms === true
    return touchpoint !== 'online' || !unsubscribed
  })
  return open.length === 0
}

/** Refusals and caps by household. */
async function readClosures(session: LakeSession): Promise<Map<string, Closure>> {
  const closures = new Map<string, Closure>()
  const of = (household: string): Closure => {
    const closure = closures.get(household) ?? {
      ...{ touchpoints: new Set<string>(), offers: new Set<string>() },
      all: false,
    }
    closures.set(household, closure)
    return closure
  }
  const refusals = await session.rows<Refused>(
    'select household_id, scope, touchpoint, offer from published.standing_refusals',
  )
  for (const { household_id, scope, touchpoint, offer } of refusals) {
    const closure = of(household_id)
    closure.touchpoints.add('door')
    if (scope === 'all' || (scope === 'offer' && offer === null)) closure.all = true
    if (scope === 'channel') closure.touchpoints.add(touchpoint)
    if (scope === 'offer' && offer !== null) closure.offers.add(offer)
  }
  const caps = await session.rows<Capped>(
    'select household_id, touchpoint from published.standing_caps',
  )
  for (const { household_id, touchpoint } of caps) {
    const closure = of(household_id)
    if (touchpoint === null) closure.all = true
    else closure.touchpoints.add(touchpoint)
  }
  return closures
}
type Refused = Readonly<{
  household_id: string
  scope: string
  touchpoint: string
  offer: string | null
}>
type Capped = Readonly<{ household_id: string; touchpoint: string | null }>
