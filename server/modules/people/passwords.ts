import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { updatePassword } from './sign-in-store.ts'

/** argon2id with 19 MiB and two passes, as OWASP asks at least; about 25 ms here. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const hashPassword = (password: string): Promise<string> => hash(spell(password), COST)

/** A hash that no password has, for accounts that do not exist: they take as long to refuse. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$Z3JpZGtlZXBlci1ub2JvZHk$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

export async function matches(held: string | null | undefined, password: string): Promise<boolean> {
  const same = await verify(held ?? NOBODY, spell(password))
  return same && held !== null && held !== undefined
}

/** The same characters typed on two keyboards are the same password. */
const spell = (password: string) => password.normalize('NFKC')

const COMMON = ['password', 'qwertyuiop', 'gridkeeper', '1234567890', '0987654321', 'iloveyou']

/** @throws Refusal `password-too-weak` for one that is guessed first. */
export function refuseWeak(password: string, account: string | null): void {
  const text = spell(password).toLowerCase()
  const varied = new Set(text).size >= 5
  const named = account !== null && account.length >= 4 && text.includes(account)
  if ([...text].length < 10 || !varied || named || COMMON.includes(text) || isRun(text))
    throw new Refusal('invalid', 'password-too-weak')
}

const isRun = (text: string) =>
  [...text].every((char, at, all) => {
    const step = at === 0 ? 1 : (char.codePointAt(0) ?? 0) - (all[at - 1]?.codePointAt(0) ?? 0)
    return Math.abs(step) === 1
  })

/**
 * Sets the password of a person: by the person, by an administrator who has the person in scope, or
 * by the system. The person’s other sessions end.
 */
export async function setPassword(
  unit: Unit,
  staffId: string,
  password: string,
  account: string | null = null,
): Promise<void> {
  refuseWeak(password, account)
  if (!(await updatePassword(unit, staffId, await hashPassword(password))))
    throw new Refusal('forbidden', 'not-allowed', { action: 'staff:passwords' })
}
