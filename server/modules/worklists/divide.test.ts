import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawing } from '#platform/optimise/drawing.ts'
import { type Divisible, divideAmong, type Taker } from './divide.ts'

/** A task of a village, told as `V3`; `number` is its id, its place on the route and its priority. */
const task = (place: string, number: number): Divisible => ({
  taskId: `t${String(number).padStart(3, '0')}`,
  ...{ town: 'T', place, priority: 1000 - number, route: number },
})
const taker = (staffId: string, capacity: number, held: readonly string[] = []): Taker => ({
  ...{ staffId, capacity },
  held: held.map((place) => ({ town: 'T', place })),
})
const placesOf = (tasks: readonly Divisible[], who: ReadonlyMap<string, string>, staffId: string) =>
  tasks.filter(({ taskId }) => who.get(taskId) === staffId).map(({ place }) => place)

test('villages that can stay whole do, though the route runs through them in another order', () => {
  const tasks = ['A', 'A', 'A', 'A', 'B', 'B', 'B', 'C', 'C', 'D'].map(task)
  const who = divideAmong(tasks, [taker('s1', 20), taker('s2', 20)])
  expect(placesOf(tasks, who, 's1')).toEqual(['A', 'A', 'A', 'A', 'D'])
  expect(placesOf(tasks, who, 's2')).toEqual(['B', 'B', 'B', 'C', 'C'])
})

test('a village goes to whoever goes there anyway', () => {
  const tasks = ['A', 'A', 'B', 'B', 'C', 'C'].map(task)
  const crew = [taker('s1', 9, ['C']), taker('s2', 9, ['A']), taker('s3', 9, ['B'])]
  const who = divideAmong(tasks, crew)
  expect(placesOf(tasks, who, 's1')).toEqual(['C', 'C'])
  expect(placesOf(tasks, who, 's2')).toEqual(['A', 'A'])
  expect(placesOf(tasks, who, 's3')).toEqual(['B', 'B'])
})

test('where there is not room for all, those of the lowest priority stay with nobody', () => {
  const tasks = ['A', 'B', 'A', 'B', 'A'].map(task)
  const who = divideAmong(tasks, [taker('s1', 3, ['A', 'A']), taker('s2', 2)])
  expect([...who.keys()].sort()).toEqual(['t000', 't001', 't002'])
  expect(placesOf(tasks, who, 's1')).toHaveLength(1)
  expect(placesOf(tasks, who, 's2')).toHaveLength(2)
})

const villages = fc.integer({ min: 0, max: 5 }).map((village) => `V${village}`)
const crews = fc.uniqueArray(
  fc.record({
    staffId: fc.integer({ min: 0, max: 5 }).map((number) => `s${number}`),
    free: fc.integer({ min: 0, max: 12 }),
    held: fc.array(villages, { maxLength: 4 }),
  }),
  { selector: ({ staffId }) => staffId, maxLength: 5 },
)

test('nobody has more than capacity, and nobody has two tasks more for it than another with room', () => {
  fc.assert(
    fc.property(fc.array(villages, { maxLength: 30 }), crews, (places, crew) => {
      const tasks = places.map(task)
      const takers = crew.map(({ staffId, free, held }) => taker(staffId, held.length + free, held))
      const who = divideAmong(tasks, takers)
      const loads = takers.map((one) => ({
        load: one.held.length + placesOf(tasks, who, one.staffId).length,
        given: placesOf(tasks, who, one.staffId).length,
        capacity: one.capacity,
      }))
      const room = crew.reduce((sum, { free }) => sum + free, 0)
      expect(who.size).toBe(Math.min(tasks.length, room))
      for (const one of loads) {
        expect(one.load).toBeLessThanOrEqual(one.capacity)
        for (const other of loads)
          if (one.given > 0 && other.load < other.capacity)
            expect(one.load / one.capacity).toBeLessThanOrEqual((other.load + 1) / other.capacity)
      }
      expect(divideAmong(tasks.toReversed(), takers.toReversed()), 'in whatever order').toEqual(who)
    }),
  )
})

/** To how many villages people go who had nothing there. */
function tripsOf(
  tasks: readonly Divisible[],
  takers: readonly Taker[],
  who: ReadonlyMap<string, string>,
): number {
  const trips = takers.flatMap(({ staffId, held }) => {
    const had = new Set(held.map(({ place }) => place))
    return [...new Set(placesOf(tasks, who, staffId))].filter((place) => !had.has(place))
  })
  return trips.length
}

test('with the same loads people go to a sixth fewer villages than in pieces of the route', () => {
  let [ours, pieces] = [0, 0]
  for (let seed = 1; seed <= 100; seed++) {
    const { tasks, takers } = drawCrew(seed)
    const who = divideAmong(tasks, takers)
    const along = tasks.toSorted((a, b) => a.route - b.route)
    const inPieces = new Map<string, string>()
    let from = 0
    for (const { staffId } of takers) {
      const to = from + placesOf(tasks, who, staffId).length
      for (const { taskId } of along.slice(from, to)) inPieces.set(taskId, staffId)
      from = to
    }
    const [trips, tripsInPieces] = [who, inPieces].map((one) => tripsOf(tasks, takers, one))
    expect(trips ?? 0).toBeLessThanOrEqual(tripsInPieces ?? 0)
    ours += trips ?? 0
    pieces += tripsInPieces ?? 0
  }
  expect(ours).toBeLessThan((pieces * 5) / 6)
})

/** Villages of unlike size, and a crew of two to six who are in some of them already. */
function drawCrew(seed: number) {
  const draw = drawing(seed)
  const upTo = (most: number) => Math.floor(draw() * most)
  const some = 6 + upTo(8)
  const tasks = Array.from({ length: 20 + upTo(60) }, (_, number) => {
    const village = Math.floor(some * draw() ** 1.7)
    return { ...task(`V${village}`, number), route: village * 1000 + number }
  })
  const crew = 2 + upTo(5)
  const takers = Array.from({ length: crew }, (_, number) =>
    taker(
      `s${number}`,
      Math.ceil(tasks.length / crew) + 8,
      Array.from({ length: upTo(6) }, () => `V${upTo(some + 6)}`),
    ),
  )
  return { tasks, takers }
}
