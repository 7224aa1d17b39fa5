import type { z } from 'zod'
import type { listSweeps as contract } from '#contract/lapsed.ts'
import { namePeople, readBranch, subtreeOf, unitNames, unitsWhere } from '#people'
import { type Day, dayOf } from '#platform/day.ts'
import { orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import type { Unit } from '#platform/unit.ts'
import { errandsOf } from '#worklists'
import { placeName, placesByCode } from './places.ts'
import { sayLeftOut } from './sweep.ts'
import { type SweepRow, selectSweepPage } from './sweep-store.ts'

const SORTS = { onDay: { sql: 'sweep.on_day', type: 'date' } } as const

/** A page of the sweeps in scope, those to come first, each with how far it got. */
export async function listSweeps(
  unit: Unit,
  of: Readonly<{ branchId: string }> & z.output<typeof contract.query>,
) {
  const { branchId, from, to } = of
  await readBranch(unit, branchId)
  const order = orderBy(of.sort, SORTS, '-onDay')
  const after = readCursor(of.cursor, order.column.type)
  const units = of.unit === undefined ? null : await subtreeOf(unit, of.unit)
  const filter = { branchId, units, from, to }
  const { rows, total } = await selectSweepPage(unit, filter, { order, after, limit: of.limit })
  const page = pageOfRows(rows, of.limit, ({ onDay, sweepId }) => ({ value: onDay, id: sweepId }))
  return { rows: await viewSweeps(unit, branchId, page.rows), next: page.next, total }
}

/** Sweeps with names, and with what the actor may do. */
export async function viewSweeps(unit: Unit, branchId: string, rows: readonly SweepRow[]) {
  const places = await placesByCode(unit, branchId)
  const units = await unitNames(unit, branchId)
  const nameOf = await namePeople(
    unit,
    rows.flatMap(({ staffId, plannedBy }) => [staffId, plannedBy]),
  )
  const errands = rows.map(({ sweepId }) => sweepId)
  const counts = await errandsOf(unit, { branchId, errands })
  const mayPlanAt = new Set(await unitsWhere(unit, 'sweep:plan'))
  const crewOf = (unitId: string) => {
    const name = units.get(unitId)?.name ?? unitId
    return { zh: `${name}班组`, en: `Crew of ${name}` }
  }
  return rows.map((row) => {
    const state = stateOf(row, dayOf(unit.now))
    const isOpen = state === 'planned' || state === 'today'
    const { sweepId, onDay, purpose, staffId, crewId, members, toAsk, toWake, asked, wonBack } = row
    return {
      ...{ sweepId, onDay, purpose, state, members, toAsk, toWake, asked, wonBack },
      visits: { ...(counts.get(sweepId) ?? { met: 0, notMet: 0, left: 0 }) },
      place: row.placeCode,
      placeName: placeName(places, row.placeCode) ?? row.placeCode,
      goes: {
        ...{ staffId, unitId: crewId },
        name: staffId === null ? crewOf(crewId ?? '') : nameOf(staffId),
      },
      leftOut: sayLeftOut(row.leftOut),
      plannedAt: row.plannedAt.toISOString(),
      plannedByName: nameOf(row.plannedBy),
      can: isOpen && mayPlanAt.has(row.unitId) ? (['call-off'] as 'call-off'[]) : [],
    }
  })
}

function stateOf(
  { calledOffAt, onDay }: SweepRow,
  today: Day,
): 'planned' | 'today' | 'past' | 'called-off' {
  if (calledOffAt !== null) return 'called-off'
  if (onDay < today) return 'past'
  return onDay === today ? 'today' : 'planned'
}
