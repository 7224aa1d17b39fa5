import { expect, test } from 'vitest'
import { nest } from './nest.ts'

const node = (id: string, parentId: string | null) => ({ id, parentId, name: id })

test('units hang under their parents, in the order they came, wherever the parent stands', () => {
  const tree = nest([node('grid', 'hall'), node('hall', 'branch'), node('branch', null)])
  expect(tree.map(({ value }) => value)).toEqual(['branch'])
  expect(tree[0]?.children[0]?.children[0]?.value).toBe('grid')
})

test('a unit whose parent is out of sight stands on top', () => {
  expect(nest([node('hall', 'unseen')]).map(({ value }) => value)).toEqual(['hall'])
})
