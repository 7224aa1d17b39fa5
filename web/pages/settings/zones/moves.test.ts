import { expect, test } from 'vitest'
import type { Unit } from '../../../place.ts'
import { freeZoneId, movesOf, NOTHING_DRAWN, parentsFor, unitsOfBranch } from './moves.ts'

const unit = (
  unitId: string,
  parentId: string | null,
  kind: Unit['kind'],
  inScope = true,
): Unit => ({
  ...{ unitId, parentId, kind, name: unitId, inScope, staff: 0, places: 0 },
  ...{ divisionCode: null, headStaffId: null, headName: null },
  ...{ validFrom: '2020-01-01', validTo: null },
})
const UNITS = [
  unit('C', null, 'city', false),
  unit('B', 'C', 'branch'),
  ...[unit('B-Z1', 'B', 'zone'), unit('B-Z2', 'B', 'zone')],
  ...[unit('H1', 'B-Z1', 'hall'), unit('G1', 'H1', 'grid'), unit('X', 'C', 'branch')],
]

test('what is put back where it was is no step; zones open before and close after the moves', () => {
  const opened = [{ unitId: 'B-Z3', name: '南片区' }]
  expect(movesOf({ to: { H1: 'B-Z1' }, opened: [], closed: [] }, UNITS)).toEqual([])
  const draft = { to: { H1: 'B-Z3', G1: 'H1' }, opened, closed: ['B-Z1'] }
  expect(movesOf(draft, UNITS)).toEqual([
    { kind: 'open', unitId: 'B-Z3', name: '南片区' },
    { kind: 'move', unitId: 'H1', parentId: 'B-Z3' },
    { kind: 'close', unitId: 'B-Z1' },
  ])
})

test('a hall goes to a zone or the branch, to one that opens, never to one that closes', () => {
  const opened = [{ unitId: 'B-Z3', name: '南片区' }]
  const inside = unitsOfBranch(UNITS, 'B')
  const ids = (draft: typeof NOTHING_DRAWN) =>
    parentsFor('hall', inside, draft).map(({ unitId }) => unitId)
  expect(ids(NOTHING_DRAWN)).toEqual(['B', 'B-Z1', 'B-Z2'])
  expect(ids({ to: {}, opened, closed: ['B-Z2'] })).toEqual(['B', 'B-Z1', 'B-Z3'])
})

test('another branch is not drawn here, and a new zone gets the first free number', () => {
  expect(unitsOfBranch(UNITS, 'B').map(({ unitId }) => unitId)).not.toContain('X')
  expect(freeZoneId('B', ['B-Z1', 'B-Z3'])).toBe('B-Z2')
})
