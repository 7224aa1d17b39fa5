import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flagsOf, type Middle, type VisitTold } from './flags.ts'

const NINE = Date.parse('2026-11-21T01:00:00Z')
const at = (seconds: number) => new Date(NINE + seconds * 1000)
const VILLAGE = { latitude: 37.3, longitude: 120.8 }
const NO_POSITION = { position: null }
let made = 0
const placed = (seconds: number, latitude = VILLAGE.latitude, accuracyM = 20) => ({
  position: { ...VILLAGE, latitude, accuracyM, at: at(seconds) },
})
/** A visit that gives nobody anything to look at, at a second of the day. */
function visit(seconds: number, told: Partial<VisitTold> = {}): VisitTold {
  made += 1
  return {
    ...{ resultId: `r${String(made).padStart(6, '0')}`, staffId: 'a', place: 'v' },
    ...{ startedAt: at(seconds - 300), at: at(seconds), clockMinutes: null },
    ...{ isPositionKnownOf: false, photosUsedOn: [], ...placed(seconds), ...told },
  }
}
const OTHERS: Middle[] = ['b', 'c'].map((staffId) => ({ place: 'v', staffId, ...VILLAGE }))
const flags = (visits: readonly VisitTold[], middles: readonly Middle[] = []) =>
  Object.fromEntries(flagsOf(visits, middles))

test('ordinary visits give nothing to look at', () => {
  expect(
    flags(
      [0, 400, 800, 1300].map((seconds) => visit(seconds)),
      OTHERS,
    ),
  ).toEqual({})
})

test('a position is held against where the others stood, and never against the own', () => {
  const far = visit(0, placed(0, 37.4, 50))
  expect(flags([far], OTHERS)).toEqual({
    [far.resultId]: [{ code: 'visit-far-away', values: { km: 11.1, accuracyM: 50 } }],
  })
  const own = OTHERS.map((each) => ({ ...each, staffId: 'a' }))
  expect(flags([far], own)).toEqual({})
  expect(flags([far])).toEqual({})
  expect(flags([visit(0, { ...placed(0, 37.4), place: null })], OTHERS)).toEqual({})
})

test('what a position may be off is counted in its favour', () => {
  const off = (accuracyM: number) => flags([visit(0, placed(0, 37.33, accuracyM))], OTHERS)
  expect(Object.keys(off(330))).toHaveLength(1)
  expect(off(340)).toEqual({})
})

test('one of many who stood elsewhere does not move the middle of a village', () => {
  const stray = { place: 'v', staffId: 'd', latitude: 10, longitude: 10 }
  expect(flags([visit(0)], [...OTHERS, stray])).toEqual({})
})

test('less than twenty seconds from card to result is short, twenty are not', () => {
  const short = visit(100, { startedAt: at(81) })
  const others = [visit(400, { startedAt: at(380) }), visit(900, { startedAt: null })]
  expect(flags([short, ...others])).toEqual({
    [short.resultId]: [{ code: 'visit-too-short', values: { seconds: 19 } }],
  })
})

test('photos that were used before are told with the first day', () => {
  const again = visit(0, { photosUsedOn: ['2026-11-12', '2026-11-03'] })
  expect(flags([again])).toEqual({
    [again.resultId]: [{ code: 'photo-used-before', values: { photos: 2, on: '2026-11-03' } }],
  })
})

test('twenty-two kilometres take ten minutes at least; eleven and more are a way', () => {
  const there = (seconds: number, staffId = 'a') =>
    visit(seconds, { ...placed(seconds, 37.5), staffId })
  const fast = there(600)
  expect(flags([visit(0), fast])).toEqual({
    [fast.resultId]: [{ code: 'way-impossible', values: { km: 22.1, seconds: 600, kmh: 133 } }],
  })
  expect(flags([visit(0), there(670)])).toEqual({})
  expect(flags([visit(0), there(100, 'b')])).toEqual({})
})

test('of several ways the fastest is told, and a jump of a position is none', () => {
  const [start, between] = [visit(0), visit(300, placed(300, 37.31))]
  const there = visit(400, placed(400, 37.5))
  expect(flags([start, between, there])).toEqual({
    [there.resultId]: [{ code: 'way-impossible', values: { km: 21, seconds: 100, kmh: 759 } }],
  })
  expect(flags([visit(0), visit(30, placed(30, 37.317))])).toEqual({})
})

test('the way is judged by when the positions were found, not by when results were told', () => {
  const found = visit(1800, placed(0))
  expect(flags([found, visit(1830, placed(1830, 37.5))])).toEqual({})
})

test('the fourth result of a minute is too many', () => {
  const crowd = [0, 15, 30, 59, 60].map((seconds) => visit(seconds))
  expect(flags(crowd)).toEqual({
    [crowd[3]?.resultId ?? '']: [{ code: 'visits-too-many', values: { count: 4 } }],
    [crowd[4]?.resultId ?? '']: [{ code: 'visits-too-many', values: { count: 4 } }],
  })
})

test('a position is missing where its person let others be recorded that day', () => {
  const [with_, without] = [visit(0), visit(900, NO_POSITION)]
  expect(flags([with_, without])).toEqual({
    [without.resultId]: [{ code: 'position-missing', values: {} }],
  })
  expect(flags([without, visit(0, NO_POSITION)])).toEqual({})
  expect(flags([with_, visit(900, { ...NO_POSITION, isPositionKnownOf: true })])).toEqual({})
  expect(flags([visit(0, { staffId: 'b' }), without])).toEqual({})
})

test('a clock that was an hour off is told, one that was a little off is not', () => {
  const wrong = visit(0, { clockMinutes: 60 })
  expect(flags([wrong, visit(900, { clockMinutes: 59 })])).toEqual({
    [wrong.resultId]: [{ code: 'clock-corrected', values: { minutes: 60 } }],
  })
})

const Visit = fc
  .record({
    seconds: fc.integer({ min: 0, max: 2_000 }),
    took: fc.integer({ min: 0, max: 60 }),
    north: fc.option(fc.double({ min: 37, max: 37.6, noNaN: true })),
    accuracyM: fc.integer({ min: 0, max: 5_000 }),
    clockMinutes: fc.option(fc.integer({ min: 2, max: 200 })),
    staffId: fc.constantFrom('a', 'b'),
    photosUsedOn: fc.subarray(['2026-11-01', '2026-11-02']),
  })
  .map(({ seconds, took, north, accuracyM, ...told }) =>
    visit(seconds, {
      ...{ ...told, startedAt: at(seconds - took) },
      ...(north === null ? NO_POSITION : placed(seconds, north, accuracyM)),
    }),
  )
const Day = fc.array(Visit, { minLength: 1, maxLength: 25 })
const codesOf = (of: ReturnType<typeof flags>) =>
  Object.entries(of).flatMap(([id, own]) => own.map(({ code }) => `${id} ${code}`))

test('flags depend neither on the order in which visits are looked at nor on the hour', () => {
  const shuffled = Day.chain((day) =>
    fc.record({
      day: fc.constant(day),
      other: fc.shuffledSubarray(day, { minLength: day.length }),
      hour: fc.integer({ min: -24, max: 24 }),
    }),
  )
  let told = 0
  fc.assert(
    fc.property(shuffled, ({ day, other, hour }) => {
      const usual = flags(day, OTHERS)
      told += codesOf(usual).length
      expect(flags(other, OTHERS)).toEqual(usual)
      const moved = (instant: Date) => new Date(+instant + hour * 3_600_000)
      const later = other.map((each) => ({
        ...{ ...each, at: moved(each.at), startedAt: each.startedAt && moved(each.startedAt) },
        position: each.position && { ...each.position, at: moved(each.position.at) },
      }))
      expect(flags(later, OTHERS)).toEqual(usual)
    }),
    { numRuns: 300, seed: 4 },
  )
  expect(told).toBeGreaterThan(1_000)
})

test('a visit less, or a vaguer position, never adds a flag', () => {
  fc.assert(
    fc.property(Day, fc.nat(), fc.integer({ min: 0, max: 9_000 }), (day, nth, vaguer) => {
      const before = new Set(codesOf(flags(day, OTHERS)))
      const added = (visits: readonly VisitTold[]) =>
        codesOf(flags(visits, OTHERS)).filter((code) => !before.has(code))
      const chosen = day[nth % day.length] as VisitTold
      expect(added(day.filter((each) => each !== chosen))).toEqual([])
      const { position } = chosen
      const vague = position && { ...position, accuracyM: position.accuracyM + vaguer }
      const changed = { ...chosen, position: vague }
      expect(added(day.map((each) => (each === chosen ? changed : each)))).toEqual([])
    }),
    { numRuns: 300, seed: 5 },
  )
})

test('what one person tells gives nobody else a flag', () => {
  fc.assert(
    fc.property(Day, (day) => {
      const own = day.filter(({ staffId }) => staffId === 'a')
      const others = day.filter(({ staffId }) => staffId !== 'a')
      expect({ ...flags(own, OTHERS), ...flags(others, OTHERS) }).toEqual(flags(day, OTHERS))
    }),
    { numRuns: 200, seed: 6 },
  )
})

test('a day of 1,500 visits, all of one person in one minute, is still judged', () => {
  const day = Array.from({ length: 1_500 }, (_, nth) => visit(nth % 60))
  expect(Object.keys(flags(day, OTHERS)).length).toBeGreaterThan(1_400)
})
