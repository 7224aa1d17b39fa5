import { pinyin } from 'pinyin-pro'
import { Refusal } from '#platform/refusal.ts'
import type { Role } from '../roles.ts'
import { isCommon, lettersOf } from './common-passwords.ts'

/** Whose password it is to be: what others know of the person is guessed first. */
export type Bearer = Readonly<{
  account: string | null
  name: string
  phone: string | null
  unitName: string
  roles: readonly Role[]
}>

const LEAST = 10
/** Of those who watch over the others, or may set their passwords. */
const LEAST_OF_GUARDS = 12
/** Digits of a phone number in a row that give it away. */
const PHONE_DIGITS = 6

/** The same characters typed on two keyboards are the same password. */
export const spell = (password: string): string => password.normalize('NFKC')

/** Whether a role watches over others: its passwords are longer, its sessions shorter. */
export const isGuard = (roles: readonly Role[]): boolean =>
  roles.includes('administrator') || roles.includes('auditor')

export const leastLength = (roles: readonly Role[]): number =>
  isGuard(roles) ? LEAST_OF_GUARDS : LEAST

/**
 * Refuses a password that is guessed first.
 * @throws Refusal `password-too-short`, `password-too-weak`, `password-personal`.
 */
export function refuseWeak(password: string, bearer: Bearer): void {
  const text = spell(password).toLowerCase()
  const least = leastLength(bearer.roles)
  if ([...text].length < least) throw new Refusal('invalid', 'password-too-short', { least })
  if (isMonotonous(text) || isCommon(text)) throw new Refusal('invalid', 'password-too-weak')
  if (isPersonal(text, bearer)) throw new Refusal('invalid', 'password-personal')
}

/** Digits alone, few different characters, one word again and again, or a run such as `abcdefghij`. */
function isMonotonous(text: string): boolean {
  const few = new Set(text).size < 5
  const digits = /^[\d\s.+-]*$/.test(text)
  const repeated = /^(.{1,8})\1+$/u.test(text)
  return few || digits || repeated || isRun(text)
}

const isRun = (text: string) =>
  [...text].every((char, at, all) => {
    const step = at === 0 ? 1 : (char.codePointAt(0) ?? 0) - (all[at - 1]?.codePointAt(0) ?? 0)
    return Math.abs(step) === 1
  })

function isPersonal(text: string, { account, name, phone, unitName }: Bearer): boolean {
  const letters = lettersOf(text)
  const known = [account ?? '', ...spellings(name), ...spellings(unitName)]
    .map((word) => spell(word).toLowerCase())
    .filter((word) => isTelling(word))
  if (known.some((word) => text.includes(word) || holds(letters, lettersOf(word)))) return true
  const digits = (phone ?? '').replaceAll(/\D/g, '')
  const given = text.replaceAll(/\D/g, '')
  for (let at = 0; at + PHONE_DIGITS <= digits.length; at++)
    if (given.includes(digits.slice(at, at + PHONE_DIGITS))) return true
  return false
}

/** Too short a word is in any password by chance; two Chinese characters are not. */
const isTelling = (word: string) => [...word].length >= 4 || /^\p{Script=Han}{2,}/u.test(word)
const holds = (text: string, word: string) => word.length >= 4 && text.includes(word)

/** A Chinese name as it is written, and as it is typed. */
const spellings = (name: string): string[] => [
  name,
  pinyin(name, { toneType: 'none', type: 'array', nonZh: 'removed' }).join(''),
]
