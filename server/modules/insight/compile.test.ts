import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openLake } from '#platform/duckdb/lake.ts'
import { checkCondition } from './check.ts'
import { compileCount, compileSelections } from './compile.ts'
import type { Condition } from './condition.ts'
import { truthOf } from './explain.ts'
import { type Field, type FieldType, OPERATORS_OF } from './field.ts'

const DAY = '2026-11-21'
const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-compile-'))
const lake = await openLake({ folder, allowed: [], threads: 1, memoryMb: 200 })
const session = await lake.session()
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await lake[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const field = (name: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  field: name,
  label: { zh: name, en: name },
  group: 'B',
  type,
  unit: null,
  values: null,
  source: 'own',
  operators: OPERATORS_OF[type],
  delivered: true,
  ...more,
})
const FIELDS = [
  field('plan', 'text'),
  field('custom_返乡"标识', 'code'),
  field('tenure', 'int'),
  field('fee', 'fen'),
  field('hours', 'number'),
  field('away', 'bool'),
  field('ends', 'date'),
  field('seen', 'date', { instant: true }),
  field('billed', 'month'),
  field('absent', 'int', { delivered: false }),
]
const fields = new Map(FIELDS.map((each) => [each.field, each]))

const days = fc.integer({ min: -60, max: 60 }).map((n) => {
  return new Date(Date.parse(DAY) + n * 86_400_000).toISOString().slice(0, 10)
})
const VALUES: Record<FieldType, fc.Arbitrary<string | number | boolean>> = {
  text: fc.constantFrom('98', '169', '宽带98', "o'clock", '%', ''),
  code: fc.constantFrom('是', '否'),
  int: fc.integer({ min: 0, max: 4 }),
  fen: fc.constantFrom(0, 9800, 16900),
  number: fc.constantFrom(0, 0.5, 1.25, 3),
  bool: fc.boolean(),
  date: days,
  month: fc.constantFrom('2026-09', '2026-10', '2026-11'),
}

const leaf: fc.Arbitrary<Condition> = fc
  .constantFrom(...FIELDS)
  .chain(({ field, type, operators }) =>
    fc.constantFrom(...operators).chain((op): fc.Arbitrary<Condition> => {
      const value = VALUES[type]
      if (['is_true', 'is_false', 'known', 'unknown', 'before_today'].includes(op))
        return fc.constant({ field, op })
      if (op === 'within_days' || op === 'older_than_days')
        return fc.integer({ min: 0, max: 70 }).map((n) => ({ field, op, value: n }))
      if (op === 'in' || op === 'not_in')
        return fc
          .array(value, { minLength: 1, maxLength: 3 })
          .map((list) => ({ field, op, value: list }))
      if (op === 'range') return fc.tuple(value, value).map((pair) => ({ field, op, value: pair }))
      return value.map((one) => ({ field, op, value: one }))
    }),
  )
const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }).map((all): Condition => ({ all })),
    fc.array(tie('tree'), { maxLength: 3 }).map((any): Condition => ({ any })),
    tie('tree').map((not): Condition => ({ not })),
  ),
}))

const orNull = (type: FieldType) => fc.option(VALUES[type], { freq: 3 })
const row = fc.record({
  plan: orNull('text'),
  'custom_返乡"标识': orNull('code'),
  tenure: orNull('int'),
  fee: orNull('fen'),
  hours: orNull('number'),
  away: orNull('bool'),
  ends: orNull('date'),
  seen: orNull('date').map((day) => day && `${day}T15:30:00.000Z`),
  billed: orNull('month'),
})

/** Thirty subscribers of all kinds, the same on every run, as a table and as plain rows. */
const rows = fc.sample(row, { numRuns: 30, seed: 7 })
await session.run(`create table published.base_own (subscriber_id varchar, household_id varchar, household_key ubigint,
  plan varchar, "custom_返乡""标识" varchar, tenure bigint, fee bigint, hours double, away boolean,
  ends date, seen timestamp, billed varchar, absent bigint)`)
for (const [nth, each] of rows.entries())
  await session.run(
    `insert into published.base_own values ($id, $home, hash($home::varchar), $plan, $custom, $tenure, $fee, $hours,
       $away, $ends::date, $seen::timestamp, $billed, 1)`,
    {
      ...{ id: String(nth), home: String(nth % 7), plan: each.plan as string },
      ...{ custom: each['custom_返乡"标识'] as string, tenure: each.tenure as number },
      ...{ fee: each.fee as number, hours: each.hours as number, away: each.away as boolean },
      ...{ ends: each.ends as string, seen: (each.seen || null) as string },
      billed: each.billed as string,
    },
  )

const chosenBy = (condition: Condition) =>
  rows.flatMap((each, nth) =>
    truthOf(condition, { row: each, fields, day: DAY }) === true ? [String(nth)] : [],
  )

test('the lake selects exactly those of whom the condition is true, and never the unknown', async () => {
  await fc.assert(
    fc.asyncProperty(tree, async (condition) => {
      checkCondition(condition, fields)
      const { sql, bound } = compileSelections([{ condition, choices: [null] }], {
        fields,
        day: DAY,
      })
      await session.run(sql, bound)
      const found = await session.rows<{ id: string }>(
        'select subscriber_id as id from work.selected order by subscriber_id::integer',
      )
      expect(found.map(({ id }) => id)).toEqual(chosenBy(condition))
      const count = compileCount(condition, { fields, day: DAY, unitIds: null })
      const [counted] = await session.rows(count.sql, count.bound)
      expect(counted).toMatchObject({ count: found.length })
    }),
    { numRuns: 300 },
  )
})

test('nobody is selected for what is not known, under “not” neither', async () => {
  const old: Condition = { field: 'absent', op: 'gt', value: 1 }
  expect(chosenBy(old)).toEqual([])
  expect(chosenBy({ not: old })).toEqual([])
  const { sql, bound } = compileCount({ not: old }, { fields, day: DAY, unitIds: null })
  expect(await session.rows(sql, bound)).toEqual([{ count: 0, households: 0 }])
})

test('the first choice that fits is taken, and none if none fits', async () => {
  const condition: Condition = { field: 'fee', op: 'known' }
  const choices: Condition[] = [
    { field: 'fee', op: 'eq', value: 9800 },
    { field: 'fee', op: 'gte', value: 9800 },
  ]
  const { sql, bound } = compileSelections([{ condition, choices }], { fields, day: DAY })
  await session.run(sql, bound)
  const found = await session.rows<{ id: string; choice: number | null }>(
    'select subscriber_id as id, choice from work.selected',
  )
  const expected = rows.flatMap(({ fee }, nth) =>
    fee === null ? [] : [{ id: String(nth), choice: { 0: null, 9800: 0, 16900: 1 }[fee as 0] }],
  )
  const byId = (a: { id: string }, b: { id: string }) => Number(a.id) - Number(b.id)
  expect(found.toSorted(byId)).toEqual(expected)
})

test('a value is bound and never becomes a part of the statement', () => {
  const plan = `'; drop table published.base_own; --`
  const { sql, bound } = compileCount(
    { field: 'plan', op: 'eq', value: plan },
    { fields, day: DAY, unitIds: null },
  )
  expect(sql).not.toContain('drop')
  expect(Object.values(bound)).toContain(plan)
})
