import { HANDS_ON } from './crews.ts'
import { orderDoors } from './order-doors.ts'
import type { TaskRow } from './task.ts'

type Listed = Pick<
  TaskRow,
  'day' | 'touchpoint' | 'visitOrder' | 'townName' | 'placeName' | 'windowStart' | 'windowEnd'
>

const MINUTE_MS = 60_000
const OUTSIDE = 0

/**
 * One person’s tasks of a day in the order in which to do them: what is overdue (of an earlier day
 * than the others) first, the oldest before all; then doors, installations, the hall and calls. Doors that no plan put into the order
 * of visits (a promise of that day, another attempt, somebody else’s work) are visited with their
 * village or, failing that, with their town, unless their window wants otherwise. A list that is as
 * a plan left it stays so.
 */
export function inOrderOfDay<T extends Listed>(tasks: readonly T[]): T[] {
  const day =
    tasks
      .map((task) => task.day)
      .sort()
      .at(-1) ?? ''
  const overdue = tasks.filter((task) => task.day < day)
  const ofTheDay = tasks.filter((task) => task.day >= day)
  return [
    ...overdue.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : byVisit(a, b))),
    ...HANDS_ON.flatMap((touchpoint) => {
      const some = ofTheDay.filter((task) => task.touchpoint === touchpoint).toSorted(byVisit)
      return touchpoint === 'door' ? woven(some) : some
    }),
  ]
}

const byVisit = (a: Listed, b: Listed) => a.visitOrder - b.visitOrder

function woven<T extends Listed>(doors: readonly T[]): T[] {
  const places = new Set(doors.map(({ visitOrder }) => visitOrder))
  if (places.size === doors.length && !places.has(OUTSIDE)) return [...doors]
  const route = routesOf(doors)
  return orderDoors(
    doors.map(({ townName, placeName, windowStart, windowEnd }, i) => ({
      ...{ town: townName, place: placeName, building: null, route: route[i] ?? 0 },
      opens: new Date(windowStart).getTime() / MINUTE_MS,
      closes: new Date(windowEnd).getTime() / MINUTE_MS,
    })),
  ).flatMap((i) => doors[i] ?? [])
}

/** Where each door stands on the way: villages, and towns, where the first of them is visited. */
function routesOf(doors: readonly Listed[]): number[] {
  const first = (among: readonly Listed[]) =>
    Math.min(...among.flatMap(({ visitOrder }) => (visitOrder === OUTSIDE ? [] : visitOrder)))
  const towns = Map.groupBy(doors, ({ townName }) => townName)
  const places = Map.groupBy(doors, ({ townName, placeName }) => `${townName}|${placeName}`)
  const keys = doors.map((door, i) => [
    first(towns.get(door.townName) ?? []),
    door.townName ?? '',
    first(places.get(`${door.townName}|${door.placeName}`) ?? []),
    door.placeName ?? '',
    door.visitOrder,
    i,
  ])
  const along = [...doors.keys()].sort((a, b) => compare(keys[a] ?? [], keys[b] ?? []))
  const route: number[] = []
  for (const [place, i] of along.entries()) route[i] = place
  return route
}

/** Part by part: the first that differs decides. */
function compare(one: readonly (number | string)[], other: readonly (number | string)[]): number {
  const place = one.findIndex((part, i) => part !== other[i])
  const [a = 0, b = 0] = [one[place], other[place]]
  return a < b ? -1 : a > b ? 1 : 0
}
