import { expect, test } from 'vitest'
import type { Unit } from '../../../place.ts'
import { findBranch, fitsBelow, idsIn, kindsBelow, treeOf } from './unit-tree.ts'

function unit(unitId: string, parentId: string | null, more: Partial<Unit> = {}): Unit {
  return {
    unitId,
    parentId,
    kind: 'grid',
    name: unitId,
    divisionCode: null,
    headStaffId: null,
    headName: null,
    validFrom: '2026-01-01',
    validTo: null,
    staff: 0,
    places: 0,
    inScope: true,
    ...more,
  }
}

const COUNTY = [
  unit('branch', 'city', { staff: 5 }),
  unit('zone', 'branch', { staff: 1 }),
  unit('hall-2', 'zone', { staff: 4, places: 1 }),
  unit('hall-1', 'zone', { staff: 3 }),
  unit('grid', 'hall-1', { staff: 6, places: 40 }),
]

test('people and places of a unit and all below it add up', () => {
  const roots = treeOf(COUNTY)
  expect(roots).toHaveLength(1)
  expect(roots[0]).toMatchObject({ staffInAll: 19, placesInAll: 41 })
  expect(findBranch(roots, 'hall-1')).toMatchObject({ staffInAll: 9, placesInAll: 40 })
})

test('units of one parent keep the order in which the server lists them', () => {
  const zone = findBranch(treeOf(COUNTY), 'zone')
  expect(zone?.children.map((child) => child.unit.unitId)).toEqual(['hall-2', 'hall-1'])
})

test('a unit whose parent is out of sight is shown all the same', () => {
  const roots = treeOf([unit('alone', 'gone')])
  expect(roots.map((root) => root.unit.unitId)).toEqual(['alone'])
})

test('a unit cannot be moved below itself', () => {
  const zone = findBranch(treeOf(COUNTY), 'zone')
  expect(zone && idsIn(zone)).toEqual(['zone', 'hall-2', 'hall-1', 'grid'])
})

test.each([
  { kind: 'hall', parent: 'zone', children: ['grid'], fits: true, because: 'the levels go down' },
  { kind: 'grid', parent: 'branch', children: [], fits: true, because: 'levels may be left out' },
  {
    kind: 'zone',
    parent: 'hall',
    children: [],
    fits: false,
    because: 'they are never turned round',
  },
  { kind: 'hall', parent: 'hall', children: [], fits: false, because: 'a hall has no halls' },
  {
    kind: 'grid',
    parent: 'hall',
    children: ['grid'],
    fits: false,
    because: 'its own grids would be',
  },
] as const)('a $kind below a $parent: $fits, for $because', ({ kind, parent, children, fits }) => {
  expect(fitsBelow(kind, parent, [...children])).toBe(fits)
})

test('a grid has nothing below it', () => {
  expect(kindsBelow('grid')).toEqual([])
})
