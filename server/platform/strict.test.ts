import { expect, test } from 'vitest'
import { z } from 'zod'
import { innerOf, namesAt, strictly } from './strict.ts'

type Tree = { all: Tree[] } | { not: Tree } | { field: string }
const Tree: z.ZodType<Tree> = z.lazy(() =>
  z.union([
    z.object({ all: z.array(Tree) }),
    z.object({ not: Tree }),
    z.object({ field: z.string() }),
  ]),
)

test('a schema that stands for another one holds it once, also after it has been used', () => {
  const before = innerOf(Tree)
  expect(Tree.safeParse({ all: [{ field: 'a' }] }).success).toBe(true)
  expect(innerOf(Tree)).toEqual(before)
  expect(before).toHaveLength(1)
})

test('the names at a place far down in a tree are told', () => {
  const path = Array.from({ length: 30 }, () => ['all', 0]).flat()
  expect(namesAt(Tree, path)).toEqual(['all', 'not', 'field'])
  expect(namesAt(Tree, [...path, 'not', 'not'])).toEqual(['all', 'not', 'field'])
  expect(namesAt(Tree, [...path, 'field', 'more'])).toEqual([])
})

test('a tree made strict refuses a member that it does not name, at every level', () => {
  const strict = strictly(z.object({ tree: Tree }))
  const tree = { all: [{ not: { field: 'a' } }] }
  expect(strict.safeParse({ tree }).success).toBe(true)
  for (const extra of [
    { tree, more: 1 },
    { tree: { ...tree, more: 1 } },
    { tree: { all: [{ not: { field: 'a' }, more: 1 }] } },
    { tree: { all: [{ not: { field: 'a', more: 1 } }] } },
  ])
    expect(strict.safeParse(extra).success, JSON.stringify(extra)).toBe(false)
})
