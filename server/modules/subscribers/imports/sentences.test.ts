import { expect, test } from 'vitest'
import { columnOf } from '../columns/catalogue.ts'
import { called, reasonOf, shownValue } from './sentences.ts'

test('a column is named in the language of the sentence', () => {
  const values = {
    ...called(columnOf('tenure_months')?.label, 'tenure_months'),
    value: 'x',
    row: 3,
  }
  const { text } = reasonOf({ code: 'number-unreadable', values })
  expect(text.zh).toContain('在网时长')
  expect(text.en).toContain(columnOf('tenure_months')?.label.en)
  expect(text.en).not.toContain('在网时长')
})

test('days of ours are said as people say them, delivered ones stay as delivered', () => {
  const values = {
    latest: '2026-11-21',
    date: '2026-11-20',
    value: '2026-11-20',
    column: 'x',
    row: 1,
  }
  const { text } = reasonOf({ code: 'earlier-day', values })
  expect(text.zh).toContain('2026年11月21日')
  expect(text.en).toContain('20 Nov 2026')
  expect(reasonOf({ code: 'number-unreadable', values }).text.en).toContain('2026-11-20')
})

test('a long value that is shown shortened has no half of a sign in it', () => {
  const value = `${'a'.repeat(59)}🎉${'b'.repeat(9)}`
  for (const column of [undefined, columnOf('tenure_months')])
    expect(shownValue(column, value).isWellFormed()).toBe(true)
})
