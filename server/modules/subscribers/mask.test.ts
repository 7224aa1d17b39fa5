import { expect, test } from 'vitest'
import { maskAddress, maskFreely, maskName, maskPhone } from './mask.ts'

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
  { phone: '1', masked: '*1' },
])('the number $phone is shown as $masked', ({ phone, masked }) => {
  expect(maskPhone(phone)).toBe(masked)
})

test.each([
  { address: '桃村镇国路夼村12号', masked: '桃村镇国路夼村**' },
  { address: '翠屏街道翠亭花园3号楼2单元501室', masked: '翠屏街道翠亭花园3号楼****' },
  { address: '村头老王家隔壁', masked: '村头老****' },
])('the address $address is shown as $masked', ({ address, masked }) => {
  expect(maskAddress(address)).toBe(masked)
})

test('what is not delivered is not masked either', () => {
  expect([maskName(null), maskPhone(null), maskAddress(null)]).toEqual([null, null, null])
})

test('of a value that nobody knows, the first two letters and the shape stay', () => {
  expect(maskFreely('1.38E+10')).toBe('1.***+**')
})
