import { subtreeOf } from '#people'
import type { Day } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { readerOf } from '../policy.ts'
import { selectVisit, selectVisitIds, selectVisits, type VisitRow } from './visit-store.ts'

/**
 * Whose visits are shown: the own ones wherever they were, else those that the actor reads, below one
 * unit and of one person if asked.
 */
export type VisitsShown = Readonly<
  { own: true } | { own: false; unit?: string | undefined; person?: string | undefined }
>

/**
 * What was told at doors on a day. `shown` are the numbers of the results that are shown; `visits`
 * are all of the day by the same people, wherever they were, by which those are judged, so that it
 * does not depend on who looks.
 */
export async function visitsOn(
  unit: Unit,
  works: Works,
  of: Readonly<{ branchId: string; day: Day; shown: VisitsShown }>,
): Promise<Readonly<{ visits: VisitRow[]; shown: ReadonlySet<string> }>> {
  const { branchId, day, shown } = of
  const everything = { branchId, day, unitIds: null, reader: null }
  const all = (staffIds: readonly string[]) =>
    onBehalfOf(unit, works.system, (house) => selectVisits(house, { ...everything, staffIds }))
  if (shown.own) {
    const visits = await all([unit.actor.id])
    return { visits, shown: new Set(visits.map(({ resultId }) => resultId)) }
  }
  const found = await selectVisitIds(unit, {
    ...{ branchId, day, reader: await readerOf(unit) },
    unitIds: shown.unit === undefined ? null : await subtreeOf(unit, shown.unit),
    staffIds: shown.person === undefined ? null : [shown.person],
  })
  const staffIds = [...new Set(found.map(({ staffId }) => staffId))]
  return {
    visits: staffIds.length === 0 ? [] : await all(staffIds),
    shown: new Set(found.map(({ resultId }) => resultId)),
  }
}

/**
 * A visit that is the actor’s own, or that the actor reads. @throws Refusal `result-unknown`
 */
export async function visitOf(
  unit: Unit,
  works: Works,
  of: Readonly<{ branchId: string; resultId: string }>,
): Promise<VisitRow> {
  const reader = await readerOf(unit)
  const seen = await selectVisit(unit, of)
  const visit = seen ?? (await onBehalfOf(unit, works.system, (house) => selectVisit(house, of)))
  const isOwn = visit?.staffId === unit.actor.id
  const isRead =
    seen !== undefined &&
    (reader === null ||
      reader.unitIds.includes(seen.unitId) ||
      reader.unitIds.includes(seen.staffUnitId))
  if (!visit || !(isOwn || isRead))
    throw new Refusal('not-found', 'result-unknown', { result: of.resultId })
  return visit
}
