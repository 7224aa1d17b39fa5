import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Condition, Operator } from '#contract/campaigns.ts'
import {
  arityOf,
  type Branch,
  changed,
  conditionOf,
  type Leaf,
  leavesOf,
  plant,
  sizeOf,
  withField,
  withOperator,
  without,
  withPart,
  wrapped,
} from './condition-tree.ts'

const ACTIVE = { field: 'status', op: 'eq', value: 'active' } as const
const ENDS = { field: 'contract_end', op: 'within_days', value: 30 } as const
const RENEWAL: Condition = {
  all: [ACTIVE, ENDS, { not: { any: [{ field: 'is_port_in', op: 'is_true' }] } }],
}

test('a condition that is opened and not touched says the same when it is saved', () => {
  expect(conditionOf(plant(RENEWAL))).toEqual(RENEWAL)
})

test('two negations of one thing are none', () => {
  expect(conditionOf(plant({ all: [{ not: { not: ACTIVE } }] }))).toEqual({ all: [ACTIVE] })
})

test('a single comparison stands in a branch, so that another can be put beside it', () => {
  expect(conditionOf(plant(ACTIVE))).toEqual({ all: [ACTIVE] })
})

test('a comparison without its value makes the whole unfinished, and nobody is counted by it', () => {
  const root = withPart(plant(RENEWAL), 1, 'leaf')
  expect(conditionOf(root)).toBeUndefined()
  const added = leavesOf(root).at(-1) as Leaf
  const finished = changed(root, added.id, () => ({
    ...added,
    field: 'arrears_fee',
    op: 'gt',
    value: 0,
  }))
  expect(conditionOf(finished)).toEqual({
    all: [...(RENEWAL as { all: Condition[] }).all, { field: 'arrears_fee', op: 'gt', value: 0 }],
  })
})

test.each([
  { value: [10, 5], because: 'a range that ends before it begins selects nobody' },
  { value: [5, 5], because: 'its end is outside, so an equal one is empty' },
  { value: [5], because: 'a range has two ends' },
])('a range of $value is unfinished: $because', ({ value }) => {
  const leaf: Leaf = { kind: 'leaf', id: 1, negated: false, field: 'age', op: 'range', value }
  expect(conditionOf(leaf)).toBeUndefined()
})

test('a group that is removed goes with everything in it', () => {
  const root = plant({ all: [ACTIVE, { any: [ENDS, ENDS] }] })
  const group = root.parts[1] as Branch
  expect(conditionOf(without(root, group.id))).toEqual({ all: [ACTIVE] })
})

test('a comparison put into a group of its own means what it meant', () => {
  const root = plant({ all: [ACTIVE, ENDS] })
  const first = root.parts[0] as Leaf
  expect(conditionOf(wrapped(root, first.id))).toEqual({ all: [{ any: [ACTIVE] }, ENDS] })
  expect(wrapped(root, root.id)).toBe(root)
})

test('a negation counts as a level and as a node, as the server counts it', () => {
  expect(sizeOf(plant({ all: [ACTIVE, { not: { any: [ENDS] } }] }))).toEqual({
    levels: 4,
    nodes: 5,
  })
})

test('another field is compared in its usual way and asks for its value anew', () => {
  const leaf = plant(ENDS).parts[0] as Leaf
  const kind = { field: 'is_lapsed', type: 'bool', operators: ['is_true', 'is_false', 'known'] }
  expect(withField(leaf, kind)).toMatchObject({
    field: 'is_lapsed',
    op: 'is_true',
    value: undefined,
  })
})

test.each([
  {
    from: 'eq',
    value: 'active',
    to: 'in',
    kept: ['active'],
    because: 'one value is a list of one',
  },
  { from: 'in', value: ['a', 'b'], to: 'eq', kept: 'a', because: 'the first of the list is kept' },
  { from: 'gte', value: 98_00, to: 'lt', kept: 98_00, because: 'both take one value' },
  { from: 'within_days', value: 30, to: 'gte', kept: undefined, because: 'days are no day' },
  { from: 'eq', value: 'active', to: 'known', kept: undefined, because: 'it takes no value' },
] as const)('$from $value becomes $to $kept: $because', ({ from, value, to, kept }) => {
  const leaf = { kind: 'leaf', id: 1, negated: false, field: 'x', op: from, value } as Leaf
  expect(withOperator(leaf, to)).toMatchObject({ op: to })
  expect(withOperator(leaf, to).value).toEqual(kept)
})

const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...Operator.options).map((op): Condition => {
      const arity = arityOf(op)
      if (arity === 'none') return { field: 'f', op }
      const value = { one: 7, two: [1, 2], some: ['a', 'b'] }[arity]
      return { field: 'f', op, value }
    }),
    fc.array(tie('node'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('node'), { maxLength: 3 }).map((any) => ({ any })),
    tie('node').map((not) => ({ not })),
  ),
})).node

test('what comes out of the editor is a condition, and opening it again changes nothing', () => {
  fc.assert(
    fc.property(anyCondition, (condition) => {
      const said = conditionOf(plant(condition))
      expect(said).toBeDefined()
      expect(Condition.safeParse(said).success).toBe(true)
      expect(conditionOf(plant(said as Condition))).toEqual(said)
    }),
  )
})

test('every node of a tree has an id of its own, also after parts were added', () => {
  fc.assert(
    fc.property(anyCondition, fc.nat(), (condition, place) => {
      const root = plant(condition)
      const ids = (node: Branch | Leaf): number[] =>
        node.kind === 'leaf' ? [node.id] : [node.id, ...node.parts.flatMap(ids)]
      const known = ids(root)
      const grown = withPart(root, known[place % known.length] ?? root.id, 'branch')
      expect(new Set(ids(grown)).size).toBe(ids(grown).length)
    }),
  )
})
