import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auction, type Market } from './auction.ts'

/** A market told as one line of `[place, value]` for each bidder. */
function marketOf(wishes: readonly (readonly (readonly [number, number])[])[], capacity: number[]) {
  const all = wishes.flat()
  let end = 0
  return {
    from: Int32Array.from([0, ...wishes.map((some) => (end += some.length))]),
    place: Int32Array.from(all, ([place]) => place),
    value: Float64Array.from(all, ([, value]) => value),
    capacity: Int32Array.from(capacity),
  } satisfies Market
}

const markets = fc.integer({ min: 1, max: 4 }).chain((places) =>
  fc.record({
    wishes: fc.array(
      fc.uniqueArray(
        fc.tuple(fc.integer({ min: 0, max: places - 1 }), fc.integer({ min: 0, max: 12 })),
        { selector: ([place]) => place },
      ),
      { maxLength: 6 },
    ),
    capacity: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: places, maxLength: places }),
  }),
)

/** Tries every division there is. */
function mostOf(
  [first, ...others]: readonly (readonly (readonly [number, number])[])[],
  room: readonly number[],
): number {
  if (!first) return 0
  return Math.max(
    mostOf(others, room),
    ...first
      .filter(([place]) => (room[place] ?? 0) > 0)
      .map(
        ([place, value]) =>
          value +
          mostOf(
            others,
            room.map((seats, other) => (other === place ? seats - 1 : seats)),
          ),
      ),
  )
}

test('nothing is worth more than what the auction finds', () => {
  fc.assert(
    fc.property(markets, ({ wishes, capacity }) => {
      const { value, bound } = auction(marketOf(wishes, capacity), { within: 0 })
      expect(value).toBe(mostOf(wishes, capacity))
      expect(bound).toBeGreaterThanOrEqual(value - 1e-9)
    }),
    { numRuns: 400 },
  )
})

test('no place is overfull, and everybody goes where he or she wished to', () => {
  fc.assert(
    fc.property(markets, fc.double({ min: 0, max: 0.5, noNaN: true }), (market, within) => {
      const { wishes, capacity } = market
      const { placeOf, value, bound } = auction(marketOf(wishes, capacity), { within })
      const taken = capacity.map(() => 0)
      let sum = 0
      for (const [bidder, place] of placeOf.entries()) {
        if (place < 0) continue
        taken[place] = (taken[place] ?? 0) + 1
        const wish = wishes[bidder]?.find(([there]) => there === place)
        expect(wish).toBeDefined()
        sum += wish?.[1] ?? 0
      }
      for (const [place, some] of taken.entries())
        expect(some).toBeLessThanOrEqual(capacity[place] ?? 0)
      expect(value).toBe(sum)
      expect(value).toBeGreaterThanOrEqual((1 - within) * bound - 1e-9)
    }),
  )
})

test('of equals the first wins, and the same market is divided the same', () => {
  const equals = marketOf(
    [
      [
        [1, 5],
        [0, 5],
      ],
      [[0, 5]],
      [[0, 5]],
    ],
    [1, 1],
  )
  const { placeOf } = auction(equals)
  expect([...placeOf]).toEqual([...auction(equals).placeOf])
  expect(placeOf[0]).toBe(1)
  expect(placeOf.filter((place) => place === 0)).toHaveLength(1)
})

test('where many want the one seat, whoever gains most has it', () => {
  const wishes = Array.from({ length: 200 }, (_, bidder) => [[0, 1_000 + bidder] as const])
  const { placeOf, value } = auction(marketOf(wishes, [1]), { within: 0 })
  expect(placeOf[199]).toBe(0)
  expect(value).toBe(1_199)
})

test('an empty place costs nothing, however dear a full one is', () => {
  // With prices kept from coarser steps the second place could end empty and still cost something.
  const wishes = [
    [
      [0, 100],
      [1, 99],
    ],
    [
      [0, 100],
      [1, 1],
    ],
  ] as const
  const { value, bound } = auction(marketOf(wishes, [1, 5]), { within: 0 })
  expect(value).toBe(199)
  expect(bound).toBeLessThan(200)
})

test.each([
  { of: 'nobody', market: marketOf([], [3]) },
  { of: 'somebody without a wish', market: marketOf([[]], [3]) },
  { of: 'nothing that is worth anything', market: marketOf([[[0, 0]]], [3]) },
  { of: 'no room at all', market: marketOf([[[0, 7]]], [0]) },
])('a market of $of is worth nothing', ({ market }) => {
  expect(auction(market)).toMatchObject({ value: 0, bound: 0 })
  expect(auction(market).placeOf.every((place) => place === -1)).toBe(true)
})
