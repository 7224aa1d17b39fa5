import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../branch.ts'
import { countsOf } from './fuzz-runs.ts'
import { junkText, junkValue, spoilt } from './junk.ts'
import { openWorld, type World } from './world.ts'

type Field = Readonly<{
  field: string
  type: string
  operators: readonly string[]
  values: readonly Readonly<{ value: string | number | boolean }>[] | null
}>

let world: World
let who: Person
let fields: readonly Field[]
beforeAll(async () => {
  world = await openWorld()
  who = await world.hire({ roles: ['administrator'] })
  const { body } = await world.get('/branches/370686/fields', who)
  fields = (body as { fields: Field[] }).fields
}, 120_000)
afterAll(() => world.close(), 120_000)

const counts = countsOf({ short: 300, full: 10_000 })
const count = (conditions: unknown) =>
  counts.tried(() => world.post('/branches/370686/segments/count', who, { conditions }))

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })

/** A value that the type takes. */
function scalarOf({ type, values }: Field): fc.Arbitrary<unknown> {
  if (values && values.length > 0) return fc.constantFrom(...values.map(({ value }) => value))
  if (type === 'date') return day
  if (type === 'bool') return fc.boolean()
  if (type === 'text' || type === 'code') return text
  return fc.integer({ min: -1_000_000, max: 1_000_000 })
}

function leafOf(field: Field): fc.Arbitrary<unknown> {
  const one = scalarOf(field)
  return fc.constantFrom(...field.operators).chain((op) => {
    const of = { field: field.field, op }
    if (/^(is_|known|unknown|before_today)/.test(op)) return fc.constant(of)
    if (op === 'in' || op === 'not_in')
      return fc.array(one, { minLength: 1, maxLength: 5 }).map((value) => ({ ...of, value }))
    if (op === 'range') return fc.tuple(one, one).map((value) => ({ ...of, value }))
    if (op.endsWith('_days'))
      return fc.integer({ min: 0, max: 900 }).map((value) => ({ ...of, value }))
    return one.map((value) => ({ ...of, value }))
  })
}

function treesOf(known: readonly Field[]): fc.Arbitrary<unknown> {
  const leaf = fc.constantFrom(...known).chain(leafOf)
  return fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((all) => ({ all })),
      fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((any) => ({ any })),
      tie('tree').map((not) => ({ not })),
    ),
  })).tree
}

test('a condition of fields as they are is counted, or refused with its reason', {
  timeout: counts.timeout,
}, async () => {
  let counted = 0
  await fc.assert(
    fc.asyncProperty(treesOf(fields), async (conditions) => {
      const { status, body } = await count(conditions)
      expect([200, 422], JSON.stringify(body)).toContain(status)
      if (status !== 200) return
      counted += 1
      const { count: found, base } = body as { count: number; base: number }
      expect(found).toBeLessThanOrEqual(base)
    }),
    counts.of(1),
  )
  expect(counted, 'most of them are counted').toBeGreaterThan(counts.of(1).numRuns / 3)
})

test('a condition selects as many as it and its opposite leave unknown', {
  timeout: counts.timeout,
}, async () => {
  await fc.assert(
    fc.asyncProperty(treesOf(fields), async (tree) => {
      const [yes, no] = [await count(tree), await count({ not: tree })]
      expect(no.status).toBe(yes.status)
      if (yes.status !== 200) return
      const found = [yes.body, no.body] as { count: number; base: number }[]
      expect((found[0]?.count ?? 0) + (found[1]?.count ?? 0)).toBeLessThanOrEqual(
        found[0]?.base ?? 0,
      )
    }),
    counts.of(0.25),
  )
})

test('a condition that nobody should write is refused', { timeout: counts.timeout }, async () => {
  const hostile = fc.oneof(
    treesOf(fields).chain(spoilt),
    junkValue,
    fc.record({
      field: fc.oneof(junkText, fc.constantFrom(...fields.map((each) => each.field))),
      op: junkText,
      value: junkValue,
    }),
    fc.integer({ min: 1, max: 60 }).map((levels) => {
      let tree: unknown = { field: 'status', op: 'eq', value: 'active' }
      for (let level = 0; level < levels; level++) tree = { not: tree }
      return tree
    }),
    fc.integer({ min: 100, max: 3000 }).map((many) => ({
      any: Array.from({ length: many }, () => ({ field: 'status', op: 'known' })),
    })),
  )
  await fc.assert(
    fc.asyncProperty(hostile, async (conditions) => {
      const { status, body } = await count(conditions)
      expect(status, JSON.stringify(body).slice(0, 300)).toBeLessThan(500)
    }),
    counts.of(1),
  )
})
