import { readBranch, subtreeOf, type UnitNames, unitNames } from '#people'
import { dayOf } from '#platform/day.ts'
import { orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import type { Unit } from '#platform/unit.ts'
import { calledBy } from '../identity/identity.ts'
import type { Card } from './card-store.ts'
import { countCards, selectAsOf, selectCardPage } from './list-store.ts'
import { maskAddress, maskName, maskPhone } from './mask.ts'
import { openMark, sealMark } from './name-mark.ts'
import { searchOf } from './seek.ts'

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
  const byName = order.column === SORTS.name
  const mark = readCursor(query.cursor, order.column.type)
  const after = mark && byName ? openMark(unit, branchId, mark) : mark
  const cards = await selectCardPage(unit, filter, { order, after, limit: query.limit })
  const value = VALUES[order.column.sql] ?? ((card: Card) => card.subscriberId)
  const page = pageOfRows(cards, query.limit, (card) => {
    const last = { value: value(card), id: card.subscriberId }
    return byName ? sealMark(unit, branchId, last) : last
  })
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
