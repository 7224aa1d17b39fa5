import { expect, test } from 'vitest'
import { rollUp, topOf } from './expiry.ts'

const UNITS = new Map(
  [
    ['B', '3706'],
    ['Z1', 'B'],
    ['H1', 'Z1'],
    ['G1', 'H1'],
    ['G2', 'H1'],
    ['Z2', 'B'],
  ].map(([unitId = '', parentId = '']) => [unitId, { unitId, parentId }]),
)
const ends = (unitId: string, ending: number, lapsed = 0) => ({ unitId, ending, lapsed })

test('grids count for the zone above them, and what has no grid for the branch itself', () => {
  const lines = [ends('G1', 3, 1), ends('B', 2), ends('G2', 4), ends('Z2', 1)]
  expect(rollUp(UNITS, 'B', lines)).toEqual([ends('B', 2), ends('Z1', 7, 1), ends('Z2', 1)])
})

test('seen from a hall, the lines are its grids', () => {
  expect(rollUp(UNITS, 'H1', [ends('G1', 3), ends('G2', 4)])).toEqual([
    ends('G1', 3),
    ends('G2', 4),
  ])
})

test.each([
  { scope: ['B', 'Z1', 'H1', 'G1'], top: 'B', because: 'the branch sees itself' },
  { scope: ['H1', 'G1', 'G2'], top: 'H1', because: 'a hall is the top of its own' },
  { scope: ['G1', 'Z2'], top: 'B', because: 'two posts have only the branch in common' },
])('a view begins at $top: $because', ({ scope, top }) => {
  expect(topOf(UNITS, new Set(scope), 'B')).toBe(top)
})
