import { auction } from '#platform/optimise/auction.ts'
import { order } from './crews.ts'
import { Heap } from './heap.ts'

/** A task that is to go to one of a crew. Tasks of one place are best done by one person. */
export type Divisible = Readonly<{
  taskId: string
  town: string | null
  place: string | null
  priority: number
  /** Where it stands on the way through the branch, or on the list it comes from. */
  route: number
}>

/** Somebody who can take tasks: up to `capacity` of them, `held` beforehand. */
export type Taker = Readonly<{
  staffId: string
  capacity: number
  held: readonly Readonly<{ town: string | null; place: string | null }>[]
}>

/** Whole numbers, so that the auction finds the best division there is. */
const WORTH = { any: 10_000, place: 1_000, town: 100 }
const ROUNDS = 4

/**
 * Divides tasks among a crew; who takes each task, by id. Whoever is least loaded for his or her
 * capacity takes the next one, so loads are as even as can be; where there is less room than tasks,
 * those of the lowest priority stay with nobody and are missing from the answer.
 *
 * Within those numbers villages stay whole as far as they can: a task is worth more at whoever has
 * neighbours of the same place (or at least of the town), be it from before or by this division,
 * and an auction finds the division that is worth most. It begins once with consecutive pieces of
 * the route and once with whole villages, the largest first, and the division stands that sends
 * people to the fewest villages where they have nothing else to do. Same input, same output.
 */
export function divideAmong(
  tasks: readonly Divisible[],
  takers: readonly Taker[],
): ReadonlyMap<string, string> {
  const crew = takers.toSorted((a, b) => order(a.staffId, b.staffId))
  const shares = sharesOf(crew, tasks.length)
  const room = shares.reduce((sum, share) => sum + share, 0)
  const taken = tasks
    .toSorted((a, b) => b.priority - a.priority || order(a.taskId, b.taskId))
    .slice(0, room)
    .sort((a, b) => a.route - b.route || order(a.taskId, b.taskId))
  const found = [inPieces(taken, shares), byVillages(taken, crew, shares)]
    .flatMap((start) => settled(taken, crew, shares, start))
    .reduce((best, other) =>
      tripsOf(taken, crew, other) < tripsOf(taken, crew, best) ? other : best,
    )
  return new Map(taken.map(({ taskId }, i) => [taskId, crew[found[i] ?? 0]?.staffId ?? '']))
}

/** The place of the taker of each task. */
type Division = readonly number[]

/** How many tasks each takes: the next goes to whoever is then least loaded, ties by id. */
function sharesOf(crew: readonly Taker[], tasks: number): number[] {
  const shares = crew.map(() => 0)
  const loadOf = (taker: number) => (shares[taker] ?? 0) + (crew[taker]?.held.length ?? 0)
  const capacityOf = (taker: number) => crew[taker]?.capacity ?? 0
  const hasRoom = (taker: number) => loadOf(taker) < capacityOf(taker)
  const next = new Heap<number>(
    (a, b) => (loadOf(a) + 1) * capacityOf(b) - (loadOf(b) + 1) * capacityOf(a) || a - b,
    [...crew.keys()].filter(hasRoom),
  )
  for (let left = tasks; left > 0; left--) {
    const taker = next.pop()
    if (taker === undefined) break
    shares[taker] = (shares[taker] ?? 0) + 1
    if (hasRoom(taker)) next.push(taker)
  }
  return shares
}

function inPieces(tasks: readonly Divisible[], shares: readonly number[]): Division {
  const along = shares.flatMap((share, taker) => Array.from({ length: share }, () => taker))
  return tasks.map((_, i) => along[i] ?? 0)
}

/** Villages from the largest: to whoever is there anyway, else where it fits best, else in parts. */
function byVillages(
  tasks: readonly Divisible[],
  crew: readonly Taker[],
  shares: readonly number[],
): Division {
  const left = [...shares]
  const division = tasks.map(() => 0)
  const villages = Map.groupBy(tasks.keys(), (i) => placeOf(tasks[i]))
  const largest = [...villages.values()].sort((a, b) => b.length - a.length)
  for (const village of largest) {
    const isThere = (taker: number) =>
      crew[taker]?.held.some((task) => placeOf(task) === placeOf(tasks[village[0] ?? 0]))
    while (village.length > 0) {
      const fits = (taker: number) => (left[taker] ?? 0) >= village.length
      const [taker = 0] = [...crew.keys()]
        .filter((one) => (left[one] ?? 0) > 0)
        .sort(
          (a, b) =>
            Number(isThere(b)) - Number(isThere(a)) ||
            Number(fits(b)) - Number(fits(a)) ||
            // The tightest fit leaves the larger rooms to larger villages.
            (fits(a) ? 1 : -1) * ((left[a] ?? 0) - (left[b] ?? 0)) ||
            a - b,
        )
      const part = village.splice(0, left[taker] ?? 0)
      for (const i of part) division[i] = taker
      left[taker] = (left[taker] ?? 0) - part.length
    }
  }
  return division
}

/** A division and what auctions make of it, each with the neighbours that the last one gave. */
function settled(
  tasks: readonly Divisible[],
  crew: readonly Taker[],
  shares: readonly number[],
  start: Division,
): Division[] {
  const divisions = [start]
  for (let round = 0; round < ROUNDS && tasks.length > 0; round++) {
    const last = divisions.at(-1) ?? start
    const next = auctioned(tasks, crew, shares, last)
    if (next.every((taker, i) => taker === last[i])) break
    divisions.push(next)
  }
  return divisions
}

function auctioned(
  tasks: readonly Divisible[],
  crew: readonly Taker[],
  shares: readonly number[],
  last: Division,
): Division {
  const near = crew.map(({ held }, taker) => {
    const all = [...held, ...tasks.filter((_, i) => last[i] === taker)]
    return { place: countBy(all, placeOf), town: countBy(all, ({ town }) => town) }
  })
  const most = {
    place: Math.max(1, ...near.flatMap(({ place }) => [...place.values()])),
    town: Math.max(1, ...near.flatMap(({ town }) => [...town.values()])),
  }
  const value = tasks.flatMap((task) =>
    near.map(({ place, town }) => {
      const villagers = (place.get(placeOf(task)) ?? 0) / most.place
      const others = (town.get(task.town) ?? 0) / most.town
      return Math.round(WORTH.any + WORTH.place * villagers + WORTH.town * others)
    }),
  )
  const { placeOf: takerOf } = auction(
    {
      from: Int32Array.from({ length: tasks.length + 1 }, (_, i) => i * crew.length),
      place: Int32Array.from(value, (_, k) => k % crew.length),
      value: Float64Array.from(value),
      capacity: Int32Array.from(shares),
    },
    { within: 0 },
  )
  return [...takerOf]
}

/** To how many villages people go who have nothing there beforehand. */
function tripsOf(tasks: readonly Divisible[], crew: readonly Taker[], division: Division): number {
  const there = crew.map(({ held }) => new Set(held.map(placeOf)))
  const before = there.reduce((sum, { size }) => sum + size, 0)
  for (const [i, taker] of division.entries()) there[taker]?.add(placeOf(tasks[i]))
  return there.reduce((sum, { size }) => sum + size, 0) - before
}

/** What a place is told apart by: names of villages are unique within a town alone. */
const placeOf = (task: Readonly<{ town: string | null; place: string | null }> | undefined) =>
  `${task?.town ?? ''}|${task?.place ?? ''}`

function countBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}
