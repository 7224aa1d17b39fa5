import { expect, test } from 'vitest'
import { orderVisits, unlikeDoors } from './order-of-visits.ts'

const DOOR = 0
const CALL = 3
const DEMAND = {
  crew: Int32Array.of(0, 0, 0, 0, 0),
  wish: Uint16Array.of(0, 0, 1, 0, 0),
  route: Int32Array.of(10, 40, 30, 20, 0),
  wishes: [['door', 'call_out'] as const, ['door'] as const],
  skills: [null, null],
}
const ASSIGNMENT = {
  person: Int32Array.of(0, 0, 0, 1, -1),
  touchpoint: Int8Array.of(DOOR, CALL, DOOR, DOOR, -1),
}

test('a day goes from door to door along the route, then the calls are made', () => {
  expect([...orderVisits(DEMAND, ASSIGNMENT)]).toEqual([1, 3, 2, 1, 0])
})

test('a door that is open in the morning alone comes before one of the evening', () => {
  const windows = [
    { opens: 1080, closes: 1230 },
    { opens: 390, closes: 510 },
  ]
  const unlike = unlikeDoors(DEMAND, ASSIGNMENT, windows)
  expect([...unlike.keys()], 'the other person has one window').toEqual([0, 2])
  const doors = new Map(
    [...unlike].map(([i, window]) => {
      const where = { town: 'T', place: 'V', building: null }
      return [i, { ...where, ...window, route: DEMAND.route[i] ?? 0 }]
    }),
  )
  expect([...orderVisits(DEMAND, ASSIGNMENT, doors)]).toEqual([2, 3, 1, 1, 0])
})
