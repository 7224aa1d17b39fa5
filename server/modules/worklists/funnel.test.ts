import { expect, test } from 'vitest'
import { below, linesBelow, topUnits } from './funnel.ts'
import type { Load, Tally } from './plan.ts'

const unit = (unitId: string, parentId: string, kind: 'branch' | 'zone' | 'hall' | 'grid') =>
  [unitId, { unitId, parentId, kind, name: `${unitId} 名` }] as const
const units = new Map([
  unit('B', '3706', 'branch'),
  unit('Z1', 'B', 'zone'),
  unit('H1', 'Z1', 'hall'),
  unit('G1', 'H1', 'grid'),
  unit('G2', 'H1', 'grid'),
  unit('Z2', 'B', 'zone'),
])
const all = { units, inScope: new Set(units.keys()) }
const tally = (unitId: string, outcome: Tally['outcome'], count: number): Tally => ({
  unitId,
  campaign: 'renewal-due',
  outcome,
  reason: outcome === 'unassigned' ? 'no_capacity' : '',
  count,
})
const load = (staffId: string, unitId: string, touchpoint: Load['touchpoint']): Load => ({
  staffId,
  unitId,
  touchpoint,
  capacity: 10,
  load: 1,
  peersMean: null,
  forcedBy: null,
})

test('the lines below a unit add up to the unit, what lies in no child stands by itself', () => {
  const tallies = [
    tally('G1', 'assigned', 3),
    tally('G2', 'unassigned', 2),
    tally('B', 'unassigned', 1),
    tally('G1', 'base', 50),
  ]
  const loads = [load('p', 'G1', 'door'), load('p', 'G1', 'call_out'), load('q', 'H1', 'hall')]
  const lines = linesBelow(all, 'B', tallies, loads)
  expect(
    lines.map((line) => [line.unitId, line.candidates, line.assigned, line.unassigned]),
  ).toEqual([
    ['Z1', 5, 3, 2],
    ['B', 1, 0, 1],
  ])
  expect(lines[0]?.people).toBe(2)
})

test('a hall begins its view at itself, a person of two grids at both of them', () => {
  expect(topUnits({ units, inScope: new Set(['H1', 'G1', 'G2']) }, 'B')).toEqual(['H1'])
  expect(topUnits({ units, inScope: new Set(['G2', 'G1']) }, 'B')).toEqual(['G1', 'G2'])
})

test('below a unit is the unit itself and everything under it', () => {
  expect([...below(units, 'Z1')].sort()).toEqual(['G1', 'G2', 'H1', 'Z1'])
})
