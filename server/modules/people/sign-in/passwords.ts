import { hash, verify } from '@node-rs/argon2'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { selectUnit } from '../organisation/unit-store.ts'
import { selectRolesOf } from '../staff/post-store.ts'
import { selectPerson } from '../staff/staff-store.ts'
import { refuseWeak, spell } from './password-rules.ts'
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

/** A password that somebody else gave opens nothing after so long. */
export const GIVEN_FOR_MS = 72 * 3_600_000

/**
 * Sets the password of a person: by an administrator who has the person in scope, or by the system,
 * `by` the person unless it says otherwise. One that is `given` has to be changed at the next
 * sign-in, within 72 hours. The person’s other sessions end.
 * @throws Refusal `password-too-short`, `password-too-weak`, `password-personal`, `not-allowed`.
 */
export async function setPassword(
  unit: Unit,
  staffId: string,
  password: string,
  { given = false, by = unit.actor.id }: Readonly<{ given?: boolean; by?: string }> = {},
): Promise<void> {
  const day = dayOf(unit.now)
  const person = await selectPerson(unit, staffId, day)
  const own = person && (await selectUnit(unit, person.unitId, day))
  refuseWeak(password, {
    account: person?.account ?? null,
    name: person?.name ?? '',
    phone: person?.phone ?? null,
    unitName: own?.name ?? '',
    roles: [...(person?.roles ?? []), ...(await selectRolesOf(unit, staffId))],
  })
  const hashed = await hashPassword(password)
  const expiresAt = given ? new Date(unit.now.getTime() + GIVEN_FOR_MS) : null
  if (!(await updatePassword(unit, { staffId, hash: hashed, by, given, expiresAt })))
    throw new Refusal('forbidden', 'not-allowed', { action: 'staff:passwords' })
}
