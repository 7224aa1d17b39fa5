import { expect, test } from 'vitest'
import { commonPasswords } from './common-passwords.ts'

test('the common passwords are those that the script makes', async () => {
  const file = '../server/modules/people/sign-in/common-passwords.txt'
  await expect(commonPasswords()).toMatchFileSnapshot(file)
})

test('what is tried first is among them', () => {
  const words = new Set(commonPasswords().split('\n'))
  expect(words.size).toBeGreaterThan(5000)
  for (const word of ['password', '123456', 'qwertyuiop', '1qaz2wsx', 'woaini', 'zhangwei', '1988'])
    expect(words, word).toContain(word)
})
