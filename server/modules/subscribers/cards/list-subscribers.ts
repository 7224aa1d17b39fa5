import { type PlaceOf, placesOf, readBranch, subtreeOf, type UnitNames, unitNames } from '#people'
import { dayOf } from '#platform/day.ts'
import { orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import type { Unit } from '#platform/unit.ts'
import { calledBy } from '../identity/identity.ts'
import { nameTokens, numberTokens } from '../identity/identity-index.ts'
import type { Card } from './card-store.ts'
import {
  countCards,
  type Search,
  selectAsOf,
  selectByNumber,
  selectCardPage,
} from './list-store.ts'
import { maskAddress, maskName, maskPhone } from './mask.ts'

const SORTS = {
  contractEnd: { sql: 'card.ends_on', type: 'date' },
  subscriberId: { sql: 'card.subscriber_id', type: 'text' },
  name: { sql: 'card.sounds', type: 'text' },
  monthlyFeeFen: { sql: 'card.fee_fen', type: 'integer' },
  arrearsFen: { sql: 'card.owed_fen', type: 'integer' },
} as const

export type ListQuery = Readonly<{
  branchId: string
  unit?: string | undefined
  status?: string | undefined
  endsFrom?: string | undefined
  endsTo?: string | undefined
  lapsed?: 'true' | 'false' | undefined
  search?: string | undefined
  sort?: string | undefined
  cursor?: string | undefined
  limit: number
}>

/** A page of the subscribers in scope, masked. */
export async function listSubscribers(unit: Unit, query: ListQuery) {
  const { branchId, status, endsFrom, endsTo } = query
  await readBranch(unit, branchId)
  const order = orderBy(query.sort, SORTS, 'contractEnd')
  const today = dayOf(unit.now)
  const typed = query.search?.trim()
  const units = query.unit === undefined ? null : await subtreeOf(unit, query.unit)
  const search = typed ? await searchOf(unit, { branchId, units }, typed) : undefined
  const filter = {
    ...{ branchId, units, status, endsFrom, endsTo, search },
    lapsedOn: query.lapsed === 'true' ? today : undefined,
    notLapsedOn: query.lapsed === 'false' ? today : undefined,
  }
  const after = readCursor(query.cursor)
  const cards = await selectCardPage(unit, filter, { order, after, limit: query.limit })
  const value = VALUES[order.column.sql] ?? ((card: Card) => card.subscriberId)
  const page = pageOfRows(cards, query.limit, (card) => ({
    value: value(card),
    id: card.subscriberId,
  }))
  const names = await unitNames(unit, branchId)
  return {
    rows: page.rows.map((card) => rowOf(unit, card, names)),
    next: page.next,
    total: await countCards(unit, filter),
    asOf: await selectAsOf(unit, branchId),
  }
}

/** Where a row stands in each order; must agree with the SQL of `SORTS`. */
const VALUES: Readonly<Record<string, (card: Card) => string | number>> = {
  [SORTS.contractEnd.sql]: (card) => card.contractEnd ?? '9999-12-31',
  [SORTS.subscriberId.sql]: (card) => card.subscriberId,
  [SORTS.name.sql]: (card) => card.nameInitials ?? '',
  [SORTS.monthlyFeeFen.sql]: (card) => card.monthlyFeeFen ?? 0,
  [SORTS.arrearsFen.sql]: (card) => card.arrearsFen ?? 0,
}

/** A subscriber as a list shows it: masked. */
export function rowOf(unit: Unit, card: Card, units: UnitNames) {
  const { name, phone } = calledBy(unit.keys, card)
  return {
    subscriberId: card.subscriberId,
    householdId: card.householdId,
    name: maskName(name),
    phone: maskPhone(phone),
    address: maskAddress(card.address),
    unitId: card.unitId,
    unitName: units.get(card.unitId)?.name ?? card.unitId,
    status: card.status as SubscriberStatus,
    product: card.product,
    plan: card.plan,
    monthlyFeeFen: card.monthlyFeeFen,
    contractEnd: card.contractEnd,
    arrearsFen: card.arrearsFen,
    tenureMonths: card.tenureMonths,
  }
}
type SubscriberStatus =
  | 'active'
  | 'suspended_by_user'
  | 'suspended_for_arrears'
  | 'pending'
  | 'terminated'

/** Digits are the end of a number or an id, letters the sounds of a name, all else a name or an address. */
async function searchOf(
  unit: Unit,
  of: Readonly<{ branchId: string; units: readonly string[] | null }>,
  text: string,
): Promise<Search> {
  const { branchId } = of
  if (/^\d{4,}$/.test(text)) return searchOfDigits(unit, of, text)
  if (/^[a-z]{2,8}$/i.test(text)) return { kind: 'initials', id: text, sounds: text.toLowerCase() }
  if (/^[\x21-\x7e]+$/.test(text)) return { kind: 'id', id: text }
  const places = placesNamed(await placesOf(unit, branchId), text)
  if (places.length > 0) return { kind: 'place', text, places }
  if (/^\p{Script=Han}{2,4}$/u.test(text))
    return { kind: 'name', tokens: nameTokens(unit.keys, branchId, text) }
  return { kind: 'text', text }
}

/** Four digits are looked up; of more, those whose last four agree are opened and compared. */
async function searchOfDigits(
  unit: Unit,
  of: Readonly<{ branchId: string; units: readonly string[] | null }>,
  text: string,
): Promise<Search> {
  const tokens = numberTokens(unit.keys, of.branchId, text)
  if (text.length === 4) return { kind: 'number', id: text, tokens }
  const alike = await selectByNumber(unit, { ...of, tokens })
  const found = alike.filter((card) => calledBy(unit.keys, card).phone?.endsWith(text))
  return { kind: 'ids', ids: [text, ...found.map((card) => card.subscriberId)] }
}

/**
 * The places at which an address with this text in it can be: those whose name is in the text, or
 * has the text in it, and what lies below them.
 */
function placesNamed(places: readonly PlaceOf[], text: string): string[] {
  const named = places.filter(({ name }) => {
    const called = name.replace(/(?:村民委员会|村委会|居民委员会|居委会)$/, '')
    return called.length > 1 && (text.includes(called) || called.includes(text))
  })
  const below = new Set(named.map((each) => each.divisionCode))
  return places
    .filter(
      ({ divisionCode, townCode }) =>
        below.has(divisionCode) ||
        below.has(divisionCode.split('-')[0] ?? '') ||
        (townCode !== null && below.has(townCode)),
    )
    .map((each) => each.divisionCode)
}
