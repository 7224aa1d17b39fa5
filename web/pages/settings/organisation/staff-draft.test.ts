import { expect, test } from 'vitest'
import { bodyOf, daysOf, draftOf, gapsOf, newPerson, type Person } from './staff-draft.ts'

const SELLER: Person = {
  staffId: 'S1001',
  name: '王示例',
  phone: null,
  account: 's1001',
  roles: ['micro_seller'],
  unitId: 'G1',
  unitName: '翠屏一网格',
  skills: [],
  capacity: { door: 24, call_out: 10, hall: 0, installer: 0 },
  days: '1234567',
  validFrom: '2026-01-01',
  validTo: null,
  agency: null,
  extension: null,
}

test('a change of a person holds from the chosen day on and leaves the rest as it is', () => {
  const { staffId: _, unitName: __, ...rest } = SELLER
  expect(bodyOf(draftOf(SELLER, '2026-11-22'))).toEqual({ ...rest, validFrom: '2026-11-22' })
})

test('somebody new lacks an id, a name and a role', () => {
  const gaps = gapsOf(newPerson('G1', '2026-11-22'))
  expect(Object.keys(gaps)).toEqual(['staffId', 'name', 'roles'])
  expect(bodyOf(newPerson('G1', '2026-11-22'))).toBeUndefined()
})

test.each([
  { change: { days: '' }, at: 'days', because: 'who never works gets no task' },
  { change: { account: 'x' }, at: 'account', because: 'the account is too short' },
  { change: { extension: '80-1' }, at: 'extension', because: 'a telephone has digits' },
  { change: { validTo: '2026-11-21' }, at: 'validTo', because: 'it would end before it begins' },
  {
    change: { capacity: { ...SELLER.capacity, door: null } },
    at: 'door',
    because: 'an emptied capacity is not zero',
  },
])('$at is a gap: $because', ({ change, at }) => {
  expect(Object.keys(gapsOf({ ...draftOf(SELLER, '2026-11-22'), ...change }))).toEqual([at])
})

test('weekdays are written from Monday on, each once', () => {
  expect(daysOf(['7', 1, '1', '3'])).toBe('137')
})
