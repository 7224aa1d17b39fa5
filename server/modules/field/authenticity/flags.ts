import type { VisitFlag } from '#contract/visits.ts'
import { metres, middleOf, type Point } from './distance.ts'

/** A visit as somebody told it; `place` is the village, null where none is known. */
export type VisitTold = Readonly<{
  resultId: string
  staffId: string
  place: string | null
  /** When the card was opened. */
  startedAt: Date | null
  at: Date
  /** By how many minutes the clock of the device was corrected; null: it was right. */
  clockMinutes: number | null
  position: (Point & Readonly<{ accuracyM: number; at: Date }>) | null
  /** Whether a position was told that was of no use, or that is erased: none is missing then. */
  isPositionKnownOf: boolean
  /** The days on which its photos were used before. */
  photosUsedOn: readonly string[]
}>

/** The middle of the positions that one person told of a place. */
export type Middle = Point & Readonly<{ place: string; staffId: string }>

export type Flag = Readonly<{ code: VisitFlag; values: Readonly<Record<string, string | number>> }>

/** Opening the card, knocking and telling who is not at home takes longer than this, in seconds. */
const SHORT_S = 20
/** From the middle of a village to its farthest houses, in metres, beyond what positions are off. */
const VILLAGE_M = 3_000
/** Faster than anybody drives here on a country road, in km/h. */
const FAST_KMH = 120
/** A position that jumps by less, in metres, is the weather, not a way. */
const JUMP_M = 2_000
/** For how long a way is looked for: within it nobody gets out of a county, in milliseconds. */
const WAY_MS = 30 * 60_000
/** Three doors of one staircase can be told in a minute; more cannot be gone to. */
const MANY = 4
const MINUTE_MS = 60_000
/** A clock that a network sets is right; by so many minutes it is only off when somebody set it. */
const CLOCK_MINUTES = 60

/**
 * What a manager may want to look at, by result; nothing else follows from it. The visits are all of a
 * day by these people, in any order. A position is held against the middle of what the others told of
 * the place, so nobody is judged by the own ones; where nobody else was there, it is not judged. One
 * is missing where the person let it be recorded with another visit of the day.
 */
export function flagsOf(
  visits: readonly VisitTold[],
  middles: readonly Middle[],
): ReadonlyMap<string, readonly Flag[]> {
  const flags = new Map<string, Flag[]>()
  const say = ({ resultId }: VisitTold, code: VisitFlag, values: Flag['values']) => {
    flags.set(resultId, [...(flags.get(resultId) ?? []), { code, values }])
  }
  const byPlace = Map.groupBy(middles, ({ place }) => place)
  const ways = new Map<string, Way>()
  const crowds = new Map<string, number>()
  const placed = new Set<string>()
  for (const [staffId, own] of Map.groupBy(visits, (visit) => visit.staffId)) {
    if (own.some(({ position }) => position !== null)) placed.add(staffId)
    for (const [visit, way] of waysOf(own)) ways.set(visit.resultId, way)
    for (const [visit, count] of crowdsOf(own)) crowds.set(visit.resultId, count)
  }
  for (const visit of visits) {
    const { staffId, position, startedAt, at, clockMinutes, photosUsedOn } = visit
    const away = metresAway(visit, byPlace)
    if (position && away !== null && away - position.accuracyM > VILLAGE_M)
      say(visit, 'visit-far-away', {
        ...{ km: Math.round(away / 100) / 10, accuracyM: Math.round(position.accuracyM) },
      })
    const way = ways.get(visit.resultId)
    if (way) say(visit, 'way-impossible', way)
    if (photosUsedOn.length > 0)
      say(visit, 'photo-used-before', {
        photos: photosUsedOn.length,
        on: photosUsedOn.toSorted()[0] ?? '',
      })
    const seconds = startedAt && Math.max(0, Math.floor((+at - +startedAt) / 1000))
    if (seconds !== null && seconds < SHORT_S) say(visit, 'visit-too-short', { seconds })
    const count = crowds.get(visit.resultId)
    if (count !== undefined) say(visit, 'visits-too-many', { count })
    if (position === null && !visit.isPositionKnownOf && placed.has(staffId))
      say(visit, 'position-missing', {})
    if (clockMinutes !== null && clockMinutes >= CLOCK_MINUTES)
      say(visit, 'clock-corrected', { minutes: clockMinutes })
  }
  return flags
}

/** How far, in metres, a visit was told from where the others stood; null where that is not known. */
export function metresAway(
  { position, place, staffId }: Pick<VisitTold, 'position' | 'place' | 'staffId'>,
  middles: ReadonlyMap<string, readonly Middle[]>,
): number | null {
  const others = (place === null ? [] : (middles.get(place) ?? [])).filter(
    (middle) => middle.staffId !== staffId,
  )
  return position && others.length > 0 ? Math.round(metres(position, middleOf(others))) : null
}

type Way = Readonly<{ km: number; seconds: number; kmh: number }>

/** Who came faster than anybody drives, from any visit of the half hour before: the fastest way. */
function waysOf(own: readonly VisitTold[]): [VisitTold, Way][] {
  const placed = own
    .flatMap((visit) => (visit.position ? [{ visit, position: visit.position }] : []))
    .toSorted((a, b) => +a.position.at - +b.position.at || byId(a.visit, b.visit))
  return placed.flatMap(({ visit, position }, nth): [VisitTold, Way][] => {
    let fastest: Way | undefined
    for (let before = nth - 1; before >= 0; before -= 1) {
      const other = placed[before]?.position
      if (!other || +position.at - +other.at > WAY_MS) break
      const way = wayBetween(other, position)
      if (way && way.kmh > FAST_KMH && (!fastest || way.kmh > fastest.kmh)) fastest = way
    }
    return fastest ? [[visit, fastest]] : []
  })
}

/** The way that lies between two positions however vague they are; none where it is a jump. */
function wayBetween(
  from: NonNullable<VisitTold['position']>,
  to: NonNullable<VisitTold['position']>,
): Way | undefined {
  const way = metres(from, to) - from.accuracyM - to.accuracyM
  if (way < JUMP_M) return undefined
  const seconds = Math.max(1, Math.round((+to.at - +from.at) / 1000))
  return { km: Math.floor(way / 100) / 10, seconds, kmh: Math.round((way / seconds) * 3.6) }
}

/** The fourth of a minute, and whatever follows in it. */
function crowdsOf(own: readonly VisitTold[]): [VisitTold, number][] {
  const inTime = own.toSorted((a, b) => +a.at - +b.at || byId(a, b))
  const found: [VisitTold, number][] = []
  let from = 0
  for (const [to, visit] of inTime.entries()) {
    while (+visit.at - +(inTime[from] as VisitTold).at >= MINUTE_MS) from += 1
    if (to - from + 1 >= MANY) found.push([visit, to - from + 1])
  }
  return found
}

const byId = (a: VisitTold, b: VisitTold) => (a.resultId < b.resultId ? -1 : 1)
