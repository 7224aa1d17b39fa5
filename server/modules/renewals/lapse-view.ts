import { namePeople, type UnitNames } from '#people'
import type { Unit } from '#platform/unit.ts'
import { type Card, calledBy, maskAddress, maskName, maskPhone, readCards } from '#subscribers'
import { doubtsOf } from './lapse.ts'
import type { LapseRow } from './lapsed-store.ts'
import { type Places, placeName } from './places.ts'

type Around = Readonly<{
  branchId: string
  units: UnitNames
  places: Places
  asOf: string | null
  today: string
}>

/** Lines of the register as lists show them: masked, with the names of units, places and people. */
export async function viewLapses(unit: Unit, rows: readonly LapseRow[], around: Around) {
  const ids = rows.map(({ subscriberId }) => subscriberId)
  const cards = await readCards(unit, around.branchId, ids)
  const nameOf = await namePeople(
    unit,
    rows.map(({ askedBy }) => askedBy),
  )
  return rows.map((row) => ({
    lapseId: row.lapseId,
    subscriberId: row.subscriberId,
    ...maskedOf(unit, cards.get(row.subscriberId)),
    unitId: row.unitId,
    unitName: around.units.get(row.unitId)?.name ?? row.unitId,
    place: row.placeCode,
    placeName: placeName(around.places, row.placeCode),
    status: row.status as Status,
    contractEnd: row.contractEnd,
    plan: row.plan,
    product: row.product,
    monthlyFeeFen: row.monthlyFeeFen,
    standing: row.standing,
    told: toldOf(row, nameOf),
    wonBack: wonBackOf(row),
    over: overOf(row),
    nextSweepOn:
      row.nextSweepOn !== null && row.nextSweepOn >= around.today ? row.nextSweepOn : null,
    doubts: doubtsOf(row, around.asOf),
  }))
}
type Status = 'active' | 'suspended_by_user' | 'suspended_for_arrears' | 'pending' | 'terminated'

/** Whoever has gone from the extract has no name any more. */
function maskedOf(unit: Unit, card: Card | undefined) {
  if (!card) return { name: null, phone: null, address: null }
  const { name, phone } = calledBy(unit.keys, card)
  return { name: maskName(name), phone: maskPhone(phone), address: maskAddress(card.address) }
}

function toldOf(row: LapseRow, nameOf: (id: string) => Readonly<{ zh: string; en: string }>) {
  const { reason, askedAt, askedBy } = row
  if (reason === null || askedAt === null || askedBy === null) return null
  const detail = row.reasonDetail as never // of the list of details, as the contract checks
  return { reason, detail, askedAt: askedAt.toISOString(), askedByName: nameOf(askedBy) }
}

/** What a later extract says outweighs a receipt. */
function wonBackOf({ closedAs, closedOn, renewedTo, paidOn }: LapseRow) {
  if (closedAs === 'renewed' && closedOn !== null)
    return { by: 'extract' as const, on: closedOn, until: renewedTo }
  return paidOn === null ? null : { by: 'payment' as const, on: paidOn, until: null }
}

const overOf = ({ closedAs }: LapseRow) => (closedAs === 'renewed' ? null : closedAs)
