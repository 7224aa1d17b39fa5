import type { z } from 'zod'
import type { listLapsed as contract, readLapsedPlaces } from '#contract/lapsed.ts'
import { readBranch, subtreeOf, unitNames } from '#people'
import { addDays, dayOf } from '#platform/day.ts'
import { orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { keepRegister } from './keep-register.ts'
import { viewLapses } from './lapse-view.ts'
import { type LapseRow, type PlaceSum, selectLapsePage, selectPlaceSums } from './lapsed-store.ts'
import { placeAmong, placeName, placesByCode, rangeOf } from './places.ts'

const SORTS = {
  contractEnd: { sql: 'lapsed.contract_end', type: 'date' },
  monthlyFeeFen: { sql: 'lapsed.fee_fen', type: 'integer' },
} as const
const SORTED: Readonly<Record<string, (row: LapseRow) => string | number>> = {
  [SORTS.contractEnd.sql]: (row) => row.contractEnd,
  [SORTS.monthlyFeeFen.sql]: (row) => row.monthlyFeeFen ?? 0,
}

type InBranch = Readonly<{ branchId: string }>
const unitsOf = async (unit: Unit, unitId: string | undefined) =>
  unitId === undefined ? null : await subtreeOf(unit, unitId)

/** A page of the register, of those in scope, masked; who lapsed last comes first. */
export async function listLapsed(
  unit: Unit,
  works: Works,
  of: InBranch & z.output<typeof contract.query>,
) {
  const { branchId } = of
  await readBranch(unit, branchId)
  const order = orderBy(of.sort, SORTS, '-contractEnd')
  const after = readCursor(of.cursor, order.column.type)
  const { asOf } = await keepRegister(unit, works, branchId)
  const { standing, known, reason, endedFrom, endedTo, sweep } = of
  const filter = {
    ...{ branchId, units: await unitsOf(unit, of.unit), standing, known, reason },
    ...{ endedFrom, endedTo, sweep, place: of.place === undefined ? undefined : rangeOf(of.place) },
  }
  const { rows, total } = await selectLapsePage(unit, filter, { order, after, limit: of.limit })
  const value = SORTED[order.column.sql] ?? (() => '')
  const page = pageOfRows(rows, of.limit, (row) => ({ value: value(row), id: row.lapseId }))
  const units = await unitNames(unit, branchId)
  const places = await placesByCode(unit, branchId)
  const around = { branchId, units, places, asOf, today: dayOf(unit.now) }
  return { rows: await viewLapses(unit, page.rows, around), next: page.next, total, asOf }
}

/** Who was won back counts for so many days. */
const WON_BACK_DAYS = 90

/**
 * The lapsed by village, or by building within one, those with most first: how many were asked,
 * of how many the reason is known, and how many were won back lately.
 * @throws Refusal `lapsed-place-unknown`
 */
export async function listLapsedPlaces(
  unit: Unit,
  works: Works,
  of: InBranch & z.output<typeof readLapsedPlaces.query>,
) {
  const { branchId, within } = of
  await readBranch(unit, branchId)
  const places = await placesByCode(unit, branchId)
  if (within !== undefined) placeAmong(places, within)
  const { asOf } = await keepRegister(unit, works, branchId)
  const today = dayOf(unit.now)
  const wonBackSince = addDays(today, -WON_BACK_DAYS)
  const sums = await selectPlaceSums(unit, {
    ...{ branchId, units: await unitsOf(unit, of.unit), wonBackSince, today },
    within: within === undefined ? null : rangeOf(within),
  })
  return {
    ...{ asOf, wonBackSince, sum: sumOf(sums) },
    within:
      within === undefined
        ? null
        : { place: within, placeName: placeName(places, within) ?? within },
    places: sums.map((line) => ({
      ...line,
      placeName: placeName(places, line.place),
      town: line.place === null ? null : (places.get(line.place)?.townName ?? null),
      hasBuildings: within === undefined && line.hasBuildings,
    })),
  }
}

function sumOf(lines: readonly PlaceSum[]) {
  const add = (of: (line: PlaceSum) => number) => lines.reduce((sum, line) => sum + of(line), 0)
  return {
    lapsed: add(({ lapsed }) => lapsed),
    asked: add(({ asked }) => asked),
    known: add(({ known }) => known),
    wonBack: add(({ wonBack }) => wonBack),
    monthlyFeeFen: add(({ monthlyFeeFen }) => monthlyFeeFen),
  }
}
