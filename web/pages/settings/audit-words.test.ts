import { expect, test } from 'vitest'
import { aboutText, valueLines } from './audit-words.ts'

test('an entry is told in both languages, without what was left empty', () => {
  const lines = valueLines('staff.changed', {
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

test('what stands in codes is told in words, by what was done', () => {
  const consent = valueLines('consent.recorded', { subject: 'port-out', answer: 'no' })
  expect(consent.map(({ name, value }) => `${name.zh} ${value.zh}`)).toEqual([
    '事项 携号转网',
    '答复 拒收',
  ])
  const seen = valueLines('personal.unmasked', { fields: 'name phone', ownTask: false })
  expect(seen.map(({ name, value }) => `${name.zh} ${value.zh}`)).toEqual([
    '字段 姓名、号码',
    '本人任务 否',
  ])
  const again = valueLines('job.tried-again', { job: 'publish', tries: 1 })
  expect(again.map(({ name, value }) => `${name.zh} ${value.zh}`)).toEqual([
    '后台任务 发布计划',
    '已执行次数 1',
  ])
  const linked = valueLines('identity.linked', { subject: 'zhang.min' })
  expect(linked).toMatchObject([{ name: { zh: '主帐号' }, value: { zh: 'zhang.min' } }])
})

test('what has no word yet is shown as it was recorded', () => {
  expect(valueLines('portrait.read', { weather: 'rain' })).toEqual([
    { name: { zh: 'weather', en: 'weather' }, value: { zh: 'rain', en: 'rain' } },
  ])
  expect(aboutText({ kind: 'staff', id: 'S1' })).toEqual({ zh: '人员 S1', en: 'Person S1' })
  expect(aboutText(null)).toEqual({ zh: '–', en: '–' })
})
