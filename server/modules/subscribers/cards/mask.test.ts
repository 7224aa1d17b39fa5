import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MaskedAddress, MaskedId, MaskedName, MaskedPhone } from '#contract/personal.ts'
import { maskAddress, maskFreely, maskName, maskPhone } from './mask.ts'

test('whatever is delivered, its mask fits the type that may leave, and what is whole does not', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[王国村0-9号楼单元室*\- ]{0,24}$/),
  )
  fc.assert(
    fc.property(text, (value) => {
      expect(MaskedName.safeParse(maskName(value)).success).toBe(true)
      expect(MaskedPhone.safeParse(maskPhone(value)).success).toBe(true)
      expect(MaskedAddress.safeParse(maskAddress(value)).success).toBe(true)
      expect(MaskedId.safeParse(maskFreely(value)).success).toBe(true)
    }),
    { seed: 20261122, numRuns: 2000 },
  )
  expect(MaskedName.safeParse('王某三').success).toBe(false)
  expect(MaskedPhone.safeParse('10000123456').success).toBe(false)
  expect(MaskedAddress.safeParse('国路夼村12号').success).toBe(false)
  expect(MaskedId.safeParse('370686000000000000').success).toBe(false)
})

test.each([
  { name: '王某三', masked: '王**', because: 'the surname stays' },
  { name: '欧阳某', masked: '欧阳*', because: 'some surnames have two characters' },
  { name: '王', masked: '王*', because: 'nobody learns how long a name is not' },
  {
    name: '栖霞果业有限公司',
    masked: '栖霞******',
    because: 'a firm is no person, but still a customer',
  },
  { name: '𠀀某一', masked: '𠀀**', because: 'a rare character is one character' },
])('$name is shown as $masked: $because', ({ name, masked }) => {
  expect(maskName(name)).toBe(masked)
})

test.each([
  { phone: '10000123456', masked: '100****3456' },
  { phone: '5212345', masked: '*****45' },
  { phone: '1', masked: '*' },
  { phone: '053512345', masked: '0535***45' },
  { phone: '01087654321', masked: '010******21' },
  { phone: '+8610000123456', masked: '100****3456' },
  { phone: '86754321', masked: '******21' },
])('the number $phone is shown as $masked', ({ phone, masked }) => {
  expect(maskPhone(phone)).toBe(masked)
})

test.each([
  { address: '桃村镇国路夼村12号', masked: '桃村镇国路夼村**' },
  { address: '翠屏街道翠亭花园3号楼2单元501室', masked: '翠屏街道翠亭花园3号楼****' },
  { address: '翠屏街道翠亭花园三号楼二单元五〇一室', masked: '翠屏街道翠亭花园三号楼****' },
  { address: '翠屏街道翠亭花园３号楼２单元', masked: '翠屏街道翠亭花园３号楼****' },
  { address: '2单元3号楼501', masked: '****' },
  { address: '12号', masked: '****' },
  { address: '村头老王家隔壁', masked: '村头老****' },
])('the address $address is shown as $masked', ({ address, masked }) => {
  expect(maskAddress(address)).toBe(masked)
})

test('what is not delivered is not masked either', () => {
  expect([maskName(null), maskPhone(null), maskAddress(null)]).toEqual([null, null, null])
})

test('of a value that nobody knows and that is as short as a name, only the first letter stays', () => {
  expect(['王某三', '王三', '是'].map(maskFreely)).toEqual(['王**', '王*', '是'])
})

test('of a value that nobody knows, the first two letters and the shape stay', () => {
  expect(maskFreely('1.38E+10')).toBe('1.***+**')
})
