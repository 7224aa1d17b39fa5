import { expect, test } from 'vitest'
import {
  LICENCES_FILE,
  licencesPage,
  lockedPackages,
  notAllowed,
  readLockfile,
} from './licences.ts'

test('every locked package stands under a licence of the list', () => {
  expect(notAllowed(readLockfile())).toEqual([])
})

test('docs/licences.md is what the lockfile says', async () => {
  await expect(licencesPage(readLockfile())).toMatchFileSnapshot(LICENCES_FILE)
})

test.each([
  { license: 'GPL-3.0-only', because: 'it asks for more than its text' },
  { license: 'MIT AND GPL-2.0-only', because: 'one of what holds together asks for more' },
  { license: 'SEE LICENSE IN license.txt', because: 'nobody has read it' },
  { license: undefined, because: 'it does not say' },
])('a package under $license is refused: $because', ({ license }) => {
  const text = JSON.stringify({ packages: { 'node_modules/odd': { version: '1.0.0', license } } })
  expect(notAllowed(lockedPackages(text))).toEqual([`odd@1.0.0: ${license ?? 'not stated'}`])
})

test('of a choice one is enough', () => {
  const packages = { 'node_modules/odd': { version: '1.0.0', license: '(MIT OR GPL-3.0-only)' } }
  expect(notAllowed(lockedPackages(JSON.stringify({ packages })))).toEqual([])
})
