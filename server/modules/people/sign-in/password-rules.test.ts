import { expect, test } from 'vitest'
import { leastLength, refuseWeak } from './password-rules.ts'

const WEI = {
  account: 'wgzhang',
  name: '张伟',
  phone: '13806381234',
  unitName: '翠屏片区',
  roles: ['micro_seller'],
} as const

const codeOf = (password: string, bearer: Parameters<typeof refuseWeak>[1] = WEI) => {
  try {
    refuseWeak(password, bearer)
    return null
  } catch (refusal) {
    return (refusal as { code: string }).code
  }
}

test.each([
  { password: 'short-one', code: 'password-too-short', because: 'nine characters are too few' },
  { password: '一二三四五六七八九', code: 'password-too-short', because: 'so are nine in Chinese' },
  { password: 'aaaaaaaaaaaa', code: 'password-too-weak', because: 'it is one character' },
  { password: 'abcdefghijkl', code: 'password-too-weak', because: 'it runs up the alphabet' },
  { password: '9876543210', code: 'password-too-weak', because: 'it runs down' },
  { password: '8305917264', code: 'password-too-weak', because: 'digits alone are soon counted' },
  { password: '138 0638 5678', code: 'password-too-weak', because: 'so is a phone number' },
  { password: 'k7Gx!k7Gx!k7Gx!', code: 'password-too-weak', because: 'it repeats itself' },
  { password: 'Password2026', code: 'password-too-weak', because: 'a common word and a year' },
  { password: 'P@ssw0rd!!!!', code: 'password-too-weak', because: 'look-alikes hide nothing' },
  { password: 'ｐａｓｓｗｏｒｄ２０２６', code: 'password-too-weak', because: 'nor does width' },
  { password: 'qwertyuiop123', code: 'password-too-weak', because: 'it walks over the keyboard' },
  { password: '1qaz2wsx3edc', code: 'password-too-weak', because: 'so it does in columns' },
  { password: 'woaini5201314', code: 'password-too-weak', because: 'everybody loves somebody' },
  { password: 'liqiang19880808', code: 'password-too-weak', because: 'a name and a birthday' },
  { password: 'huawei-xiaomi', code: 'password-too-weak', because: 'two common words are common' },
  {
    password: 'ShouWang@2026',
    code: 'password-too-weak',
    because: 'it is the name of the product',
  },
  { password: 'wgzhang-tulip', code: 'password-personal', because: 'the account is known' },
  { password: 'wgzh4ng-tulip', code: 'password-personal', because: 'also with look-alikes' },
  { password: 'tulip张伟tulips', code: 'password-personal', because: 'so is the name' },
  {
    password: 'tulip-ZhangWei-!',
    code: 'password-personal',
    because: 'and the name as it is typed',
  },
  { password: 'tulip-381234-xy', code: 'password-personal', because: 'and the phone number' },
  {
    password: 'cuiping-tulip-7',
    code: 'password-personal',
    because: 'and the unit as it is typed',
  },
  { password: '翠屏片区-tulip', code: 'password-personal', because: 'and the unit' },
  { password: 'a word for the first day', code: null, because: 'several words are good' },
  { password: '秋天-Harvest-2026', code: null, because: 'nobody guesses that' },
  { password: 'tulip-5678-bench', code: null, because: 'digits may be in it' },
])('$password: $because', ({ password, code }) => {
  expect(
    codeOf(password, { ...WEI, unitName: password.includes('cuiping') ? '翠屏' : '翠屏片区' }),
  ).toBe(code)
})

test('administrators and auditors take two characters more', () => {
  const password = 'k7Gx!mPa9w'
  expect(codeOf(password)).toBeNull()
  for (const role of ['administrator', 'auditor'] as const) {
    expect(codeOf(password, { ...WEI, roles: [role] })).toBe('password-too-short')
    expect(leastLength(['micro_seller', role])).toBe(12)
  }
})

test('a short account is in many passwords by chance, and does no harm there', () => {
  expect(codeOf('tulip-li-bench', { ...WEI, account: 'li' })).toBeNull()
})
