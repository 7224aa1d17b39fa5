import { addDays, type Day, dayOf } from '#platform/day.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { stoodAt, type VisitRow, type VisitsShown, visitsOn } from '#worklists'
import { type Flag, flagsOf, type Middle, metresAway, type VisitTold } from './flags.ts'
import { type PhotoSeen, photosOn } from './photos.ts'

/** A visit with something to look at. */
export type Flagged = Readonly<{
  visit: VisitRow
  flags: readonly Flag[]
  /** In metres, from where others stood; null where that is not known. */
  away: number | null
  photos: readonly PhotoSeen[]
}>

/** How many visits somebody told, and what is to be looked at of them. */
export type FlaggedVisits = Readonly<{ told: ReadonlyMap<string, number>; flagged: Flagged[] }>

/** Houses stay where they are: what others told of a village in the last days says where it is. */
const STOOD_DAYS = 90

/**
 * The visits of some days with something to look at. Each day is judged by itself, by all that its
 * people told on it and by what everybody knows today of villages and photos, so a visit has the same
 * flags whoever looks and whichever days are asked for.
 */
export async function flaggedVisits(
  unit: Unit,
  works: Works,
  of: Readonly<{ branchId: string; from: Day; to: Day; shown: VisitsShown }>,
): Promise<FlaggedVisits> {
  const { branchId, shown } = of
  const since = addDays(dayOf(unit.now), -STOOD_DAYS)
  const stood = await onBehalfOf(unit, works.system, (house) => stoodAt(house, { branchId, since }))
  const middles = stood.map((each): Middle => ({ ...each, place: villageOf(each) ?? '' }))
  const byPlace = Map.groupBy(middles, ({ place }) => place)
  const told = new Map<string, number>()
  const flagged: Flagged[] = []
  for (let day = of.from; day <= of.to; day = addDays(day, 1)) {
    const known = await visitsOn(unit, works, { branchId, day, shown })
    if (known.visits.length === 0) continue
    const photos = await onBehalfOf(unit, works.system, (house) =>
      photosOn(house, { branchId, day, visits: known.visits }),
    )
    const photosOf = ({ resultId }: VisitRow) => photos.get(resultId) ?? []
    const all = known.visits.map((visit) => ({ visit, told: toldOf(visit, photosOf(visit)) }))
    const flags = flagsOf(
      all.map((each) => each.told),
      middles,
    )
    for (const each of all.filter(({ visit }) => known.shown.has(visit.resultId))) {
      const { resultId, staffId } = each.visit
      told.set(staffId, (told.get(staffId) ?? 0) + 1)
      const own = flags.get(resultId)
      const away = own ? metresAway(each.told, byPlace) : null
      if (own) flagged.push({ visit: each.visit, flags: own, away, photos: photosOf(each.visit) })
    }
  }
  return { told, flagged }
}

function toldOf(visit: VisitRow, photos: readonly PhotoSeen[]): VisitTold {
  const { latitude, longitude, accuracyM, positionedAt, isPositionVoid, isErased } = visit
  return {
    ...{ resultId: visit.resultId, staffId: visit.staffId, place: villageOf(visit) },
    ...{ startedAt: visit.startedAt, at: visit.at, clockMinutes: visit.clockMinutes },
    position:
      latitude === null || longitude === null
        ? null
        : { latitude, longitude, accuracyM: accuracyM ?? 0, at: positionedAt ?? visit.at },
    isPositionKnownOf: isPositionVoid || isErased,
    photosUsedOn: photos.flatMap(({ usedOn }) => (usedOn === null ? [] : [usedOn])),
  }
}

/** The village of a visit, as one text; null where none is known. */
const villageOf = ({ unitId, town, place }: Pick<VisitRow, 'unitId' | 'town' | 'place'>) =>
  place === null ? null : JSON.stringify([unitId, town, place])
