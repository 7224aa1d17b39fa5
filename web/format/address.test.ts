import { expect, test } from 'vitest'
import { sharedLead, shortAddress } from './address.ts'

const QIXIA = '山东省烟台市栖霞市'

test.each([
  {
    addresses: [`${QIXIA}桃村镇国路夼村**`, null, `${QIXIA}翠屏街道3号楼****`],
    lead: QIXIA,
    because: 'one county has one lead',
  },
  {
    addresses: [`${QIXIA}桃村镇**`, '山东省烟台市招远市罗峰街道**'],
    lead: '山东省烟台市',
    because: 'two counties share their city',
  },
  {
    addresses: [`${QIXIA}桃村镇**`, '江苏省南京市玄武区珠江路**'],
    lead: '',
    because: 'two provinces share nothing',
  },
  {
    addresses: ['桃村镇城区路**', '桃村镇城区路**'],
    lead: '',
    because: 'a town is no county',
  },
  {
    addresses: [`${QIXIA}桃村镇**`, '****'],
    lead: QIXIA,
    because: 'a masked address says nothing of where it is',
  },
  {
    addresses: ['北京市海淀区中关村大街**', '北京市海淀区学院路**'],
    lead: '北京市海淀区',
    because: 'a municipality has no province',
  },
  {
    addresses: ['内蒙古自治区锡林郭勒盟镶黄旗新宝拉格镇**'],
    lead: '内蒙古自治区锡林郭勒盟镶黄旗',
    because: 'leagues and banners are levels as well',
  },
  {
    addresses: [
      ...[`${QIXIA}桃村镇**`, `${QIXIA}官道镇**`, `${QIXIA}观里镇**`],
      '烟台栖霞市桃村镇**',
    ],
    lead: QIXIA,
    because: 'one line may be written otherwise',
  },
  { addresses: [null], lead: '', because: 'there is no address' },
])('$addresses share “$lead”: $because', ({ addresses, lead }) => {
  expect(sharedLead(addresses)).toBe(lead)
})

test('a line shows what its address adds', () => {
  expect(shortAddress(`${QIXIA}桃村镇国路夼村**`, QIXIA)).toBe('桃村镇国路夼村**')
  expect(shortAddress('****', QIXIA)).toBe('****')
  expect(shortAddress(QIXIA, QIXIA), 'never nothing').toBe(QIXIA)
  expect(shortAddress(null, QIXIA)).toBe('–')
})
