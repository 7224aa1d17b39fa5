import { expect, test } from 'vitest'
import { aboutText, valueLines } from './audit-words.ts'

test('an entry is told in both languages, without what was left empty', () => {
  const lines = valueLines({
    roles: 'hall_clerk auditor',
    unitId: 'H01',
    agency: null,
    forced: true,
  })
  expect(lines).toEqual([
    { name: { zh: '岗位', en: 'roles' }, value: { zh: '营业员、审计', en: 'Hall clerk, Auditor' } },
    { name: { zh: '单位', en: 'unit' }, value: { zh: 'H01', en: 'H01' } },
    { name: { zh: '强制理由', en: 'forced because' }, value: { zh: '是', en: 'yes' } },
  ])
})

test('what has no word yet is shown as it was recorded', () => {
  expect(valueLines({ weather: 'rain' })).toEqual([
    { name: { zh: 'weather', en: 'weather' }, value: { zh: 'rain', en: 'rain' } },
  ])
  expect(aboutText({ kind: 'staff', id: 'S1' })).toEqual({ zh: '人员 S1', en: 'Person S1' })
  expect(aboutText(null)).toEqual({ zh: '–', en: '–' })
})
