import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readAs, readingOf, remapped, renamed } from './profile-text.ts'

const PROFILE = `# the county's extract
name: county
kind: subscribers
columns:
  - source: 用户编号
    target: subscriber_id
  - source: 月租
    target: plan_monthly_fee
    unit: 元
`

test('a column becomes another standard column, and what belonged to the first meaning goes', () => {
  const { columns } = parse(remapped(PROFILE, '月租', { target: 'bill_fee' }))
  expect(columns).toContainEqual({ source: '月租', target: 'bill_fee' })
})

test('a standard column has one source: the one before it is left out', () => {
  const { columns } = parse(remapped(PROFILE, '套餐月费', { target: 'plan_monthly_fee' }))
  expect(columns).toEqual([
    { source: '用户编号', target: 'subscriber_id' },
    { source: '月租', ignore: true },
    { source: '套餐月费', target: 'plan_monthly_fee' },
  ])
})

test('a column of the branch’s own gets a name without signs', () => {
  const { columns } = parse(remapped(PROFILE, '返乡 (春节)', { custom: true }))
  expect(columns).toContainEqual({ source: '返乡 (春节)', custom: '返乡_春节_' })
})

test('comments and everything else of the profile stay when it is renamed', () => {
  const text = renamed(PROFILE, 'qixia-2026')
  expect(text).toContain("# the county's extract")
  expect(parse(text)).toEqual({ ...parse(PROFILE), name: 'qixia-2026' })
})

test('an encoding and a delimiter that were chosen stand in the profile, and go again', () => {
  const chosen = readAs(PROFILE, { encoding: 'gb18030', delimiter: '\t' })
  expect(parse(chosen).file).toEqual({ encoding: 'gb18030', delimiter: '\t' })
  expect(readingOf(chosen)).toEqual({ encoding: 'gb18030', delimiter: '\t' })
  expect(chosen).toContain("# the county's extract")
  const half = readAs(chosen, { encoding: null })
  expect(parse(half).file).toEqual({ delimiter: '\t' })
  expect(parse(readAs(half, { delimiter: null }))).toEqual(parse(PROFILE))
})

test('one of both may be chosen where the profile said nothing, or no more than nonsense', () => {
  const chosen = { encoding: null, delimiter: '|' }
  expect(parse(readAs(PROFILE, chosen)).file).toEqual({ delimiter: '|' })
  expect(parse(readAs(`file: 3\n${PROFILE}`, chosen)).file).toEqual({ delimiter: '|' })
  expect(readingOf(`file: 3\n${PROFILE}`)).toEqual({ encoding: null, delimiter: null })
})

test('a profile that says nothing of it is left as it is written', () => {
  expect(readAs(PROFILE, { encoding: null, delimiter: null })).toBe(PROFILE)
  expect(readingOf(PROFILE)).toEqual({ encoding: null, delimiter: null })
})
