import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roundsOf } from './budget.ts'
import { orderStops } from './stop-order.ts'
import { costOf, timesOf, type Way } from './way.ts'

const STAY = 8
const SEARCH = { seed: 1, budget: roundsOf(20) }

type Door = Readonly<{ x: number; y: number; opens: number; closes: number }>

/** A way past doors, a step a minute; `blocks` as told, or each door for itself. */
function wayOf(doors: readonly Door[], blocks = doors.map((_, door) => [door])): Way {
  const size = doors.length
  return {
    ...{ size, blocks, start: 0 },
    travel: Float64Array.from({ length: size * size }, (_, way) => {
      const [a, b] = [doors[Math.floor(way / size)], doors[way % size]]
      return a && b ? Math.abs(a.x - b.x) + Math.abs(a.y - b.y) : Number.NaN
    }),
    stay: new Float64Array(size).fill(STAY),
    opens: Float64Array.from(doors, ({ opens }) => opens),
    closes: Float64Array.from(doors, ({ closes }) => closes),
  }
}

/** Every order there is. */
function* ordersOf(items: readonly number[]): Generator<number[]> {
  if (items.length === 0) yield []
  for (const [place, first] of items.entries())
    for (const rest of ordersOf(items.toSpliced(place, 1))) yield [first, ...rest]
}

const step = fc.integer({ min: 0, max: 30 })
const doors = fc.array(
  fc
    .record({ x: step, y: step, opens: fc.integer({ min: 0, max: 90 }), long: step })
    .map(({ x, y, opens, long }) => ({ x, y, opens, closes: opens + long })),
  { maxLength: 6 },
)

test('of up to six doors no order is better, or is by next to nothing', () => {
  fc.assert(
    fc.property(doors, (some) => {
      const way = wayOf(some)
      const { blocks, ...times } = orderStops(way, SEARCH)
      expect(blocks.toSorted((a, b) => a - b)).toEqual([...some.keys()])
      expect(times).toEqual(timesOf(way, blocks))
      const least = Math.min(...[...ordersOf([...some.keys()])].map((order) => costOf(way, order)))
      expect(costOf(way, blocks)).toBeLessThanOrEqual(least * 1.02)
    }),
    { numRuns: 60, seed: 4 },
  )
})

test('whoever is at home in the evening alone is met then, though the house is passed at noon', () => {
  const always = { opens: 0, closes: 600 }
  const way = wayOf([
    { x: 0, y: 0, ...always },
    { x: 10, y: 0, opens: 300, closes: 420 },
    { x: 20, y: 0, ...always },
    { x: 30, y: 0, ...always },
  ])
  const { blocks, late } = orderStops(way, SEARCH)
  expect(blocks.at(-1)).toBe(1)
  expect(late).toBe(0)
})

test('the doors of a block are gone through as they stand, whatever lies between', () => {
  const always = { opens: 0, closes: 600 }
  const line = [0, 20, 10, 30].map((x) => ({ x, y: 0, ...always }))
  const { travel, blocks } = orderStops(wayOf(line, [[0, 1], [2], [3]]), SEARCH)
  expect(blocks).toEqual([1, 0, 2])
  expect(travel).toBe(10 + 20 + 10) // from 10 back to 0, on to 20 past where it began, and to 30
})

test('an order is never worse than the one that was given', () => {
  fc.assert(
    fc.property(doors, (some) => {
      const way = wayOf(some)
      const { blocks } = orderStops(way, { seed: 1, budget: roundsOf(0) })
      expect(costOf(way, blocks)).toBeLessThanOrEqual(costOf(way, [...some.keys()]) + 1e-6)
    }),
  )
})
