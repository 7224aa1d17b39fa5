import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Door, orderDoors } from './order-doors.ts'

const at = (hour: number) => hour * 60
const ALL_DAY = { opens: at(8), closes: at(20) }
const MORNING = { opens: at(6.5), closes: at(8.5) }
const EVENING = { opens: at(18), closes: at(20.5) }

/** Doors named `town village building`, in order of the route as they are told. */
const doorsOf = (told: readonly (readonly [string, Pick<Door, 'opens' | 'closes'>])[]): Door[] =>
  told.map(([where, window], route) => {
    const [town = '', place = '', building = null] = where.split(' ')
    return { town, place, building, route, ...window }
  })

test('where all have one window one goes along the route', () => {
  const doors = doorsOf([
    ['T1 V1', EVENING],
    ['T2 V1', EVENING],
    ['T1 V2', EVENING],
  ]).map((door, place) => ({ ...door, route: (place * 2) % 3 }))
  expect(orderDoors(doors)).toEqual([0, 2, 1])
})

test('who is at home in the early morning comes before who is in the evening, each along the route', () => {
  const doors = doorsOf([
    ['T1 V1', EVENING],
    ['T1 V1', EVENING],
    ['T1 V2', EVENING],
    ['T2 V3', MORNING],
    ['T2 V4', MORNING],
  ])
  expect(orderDoors(doors)).toEqual([3, 4, 0, 1, 2])
})

test('who is at home all day is met on the way, in the village where one is anyway', () => {
  const doors = doorsOf([
    ['T1 V1', MORNING],
    ['T1 V2', EVENING],
    ['T2 V3', MORNING],
    ['T2 V3', ALL_DAY],
    ['T2 V4', ALL_DAY],
  ])
  expect(orderDoors(doors)).toEqual([0, 2, 3, 4, 1])
})

test('the doors of a building and a window stay in the order of entrances and floors', () => {
  const building = ['T1 V1 1', 'T1 V1 1', 'T1 V1 1', 'T1 V1 2', 'T1 V1 2'] as const
  const doors = doorsOf([
    ...building.map((where) => [where, EVENING] as const),
    ['T1 V2 1', MORNING],
    ['T1 V1 1', MORNING],
  ])
  const order = orderDoors(doors)
  expect(order.slice(0, 2).sort()).toEqual([5, 6])
  expect(order.filter((door) => door < 3)).toEqual([0, 1, 2])
  expect(order.filter((door) => door === 3 || door === 4)).toEqual([3, 4])
})

const doors = fc.array(
  fc.record({
    town: fc.constantFrom('T1', 'T2', null),
    place: fc.constantFrom('V1', 'V2', 'V3', null),
    building: fc.constantFrom('1', '2', null),
    window: fc.constantFrom(MORNING, EVENING, ALL_DAY),
  }),
  { maxLength: 25 },
)

test('nobody is forgotten or met twice, and the same list is put in the same order', () => {
  fc.assert(
    fc.property(doors, (told) => {
      const day = told.map(({ window, ...where }, route) => ({ ...where, ...window, route }))
      const order = orderDoors(day)
      expect(order.toSorted((a, b) => a - b)).toEqual([...day.keys()])
      expect(orderDoors(day)).toEqual(order)
    }),
    { numRuns: 40 },
  )
})
