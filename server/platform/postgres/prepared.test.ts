import { expect, test } from 'vitest'
import { statementName } from './prepared.ts'

test('a statement is prepared from its third time on, under one name', () => {
  const text = 'select $1 as asked_three_times'
  expect([statementName(text), statementName(text)]).toEqual([undefined, undefined])
  const name = statementName(text)
  expect(name).toMatch(/^gridkeeper_\d+$/)
  expect(statementName(text)).toBe(name)
})

test('a page of a list is planned for what it is asked for', () => {
  const text = 'select name from people.staff order by name limit $1'
  for (let nth = 0; nth < 5; nth++) expect(statementName(text)).toBeUndefined()
})

test('connections keep no more statements than there is memory for', () => {
  const names = new Set<string>()
  for (let nth = 0; nth < 1_000; nth++)
    for (let time = 0; time < 4; time++) {
      const name = statementName(`select ${nth} as many`)
      if (name) names.add(name)
    }
  expect(names.size).toBeLessThanOrEqual(300)
  expect(names.size).toBeGreaterThan(200)
})
