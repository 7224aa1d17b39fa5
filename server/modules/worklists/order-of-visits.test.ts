import { expect, test } from 'vitest'
import { orderVisits } from './order-of-visits.ts'

const DOOR = 0
const CALL = 3

test('a day goes from door to door along the route, then the calls are made', () => {
  const demand = {
    crew: Int32Array.of(0, 0, 0, 0, 0),
    wish: Uint16Array.of(0, 0, 0, 0, 0),
    route: Int32Array.of(40, 10, 30, 20, 0),
    wishes: [['door', 'call_out'] as const],
  }
  const person = Int32Array.of(0, 0, 0, 1, -1)
  const touchpoint = Int8Array.of(DOOR, CALL, DOOR, DOOR, -1)
  expect([...orderVisits(demand, { person, touchpoint })]).toEqual([2, 3, 1, 1, 0])
})
