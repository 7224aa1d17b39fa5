import { expect, test } from 'vitest'
import { BaseSearch, readSearch, writeSearch } from './paths.ts'

test('ids made of digits stay text on the way through the address', () => {
  const search = { unit: '370686', search: '0042 号', sort: '-contractEnd' }
  expect(readSearch(writeSearch(search))).toEqual(search)
})

test('what is not said does not stand in the address', () => {
  expect(writeSearch({ unit: undefined, cursor: null, search: '' })).toBe('')
})

test('an address that somebody typed wrong opens the page without what cannot be read', () => {
  expect(
    BaseSearch.parse({
      status: 'gone',
      endsFrom: 'soon',
      endsTo: '2026-02-31',
      page: '-1',
      unit: 'x',
    }),
  ).toEqual({})
})
