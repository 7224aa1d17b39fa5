import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Keys, Sealer } from '#platform/keys.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { SECOND_FACTORS } from '../sealed-texts.ts'
import { countAttempt } from './count-attempt.ts'
import { hashPassword, matches } from './passwords.ts'
import {
  type SecondFactor,
  selectRecoveryCodes,
  selectSealed,
  selectSecondFactor,
  takeRecoveryCode,
  takeStep,
} from './second-factor-store.ts'
import { forgiveAttempts } from './sign-in-store.ts'

/** RFC 6238 as every authenticator app has it. */
const STEP_SECONDS = 30
const DIGITS = 6
/** Clocks may differ by so many steps. */
const WINDOW = 1
const SECRET_BYTES = 20
const RECOVERY_CODES = 10
const ISSUER = 'Gridkeeper'

const sealerOf = (keys: Keys): Sealer => keys.sealerFor(SECOND_FACTORS)

const totpOf = (secret: Secret, account = '') =>
  new TOTP({ issuer: ISSUER, label: account, digits: DIGITS, period: STEP_SECONDS, secret })

/** A new secret: as an app takes it, and sealed for its person. */
export function makeSecret(keys: Keys, of: Readonly<{ staffId: string; account: string }>) {
  const secret = new Secret({ size: SECRET_BYTES })
  return {
    secret: secret.base32,
    uri: totpOf(secret, of.account).toString(),
    sealed: sealerOf(keys).seal(secret.base32, of.staffId),
  }
}

/** The time step that a code belongs to, one step early or late included; null for a wrong one. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime()
  const delta = totpOf(Secret.fromBase32(secret)).validate({
    ...{ token: code, timestamp, window: WINDOW },
  })
  return delta === null ? null : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta
}

const isTotp = (code: string) => /^\d{6}$/.test(code)

/**
 * Looks at a code of a person: of the authenticator app, or a recovery code. The attempt is counted
 * first, and what was right works no second time, however many come at once.
 * @throws Refusal `sign-in-too-often`, `sign-in-locked`, `second-factor-unreadable`.
 */
export async function checkCode(
  works: Works,
  staffId: string,
  given: string,
): Promise<'totp' | 'recovery' | null> {
  const code = given.replaceAll(/\s/g, '')
  const factor = await works.run(works.system, async (unit) => {
    await countAttempt(unit, 'factor', staffId)
    return selectSecondFactor(unit, staffId)
  })
  if (!factor?.confirmedAt) return null
  const by = isTotp(code)
    ? await works.run(works.system, (unit) => takeTotp(unit, works.keys, { staffId, code, factor }))
    : await checkRecovery(works, staffId, code)
  if (by) await works.run(works.system, (unit) => forgiveAttempts(unit, 'factor', staffId))
  return by
}

/** Takes a code of the app; null for one that is wrong or was taken before. */
export async function takeTotp(
  unit: Unit,
  keys: Keys,
  { staffId, code, factor }: Readonly<{ staffId: string; code: string; factor: SecondFactor }>,
): Promise<'totp' | null> {
  const { sealed } = factor
  const secret = sealerOf(keys).open(sealed, staffId)
  if (secret === undefined) throw new Refusal('conflict', 'second-factor-unreadable')
  const step = stepOf(secret, code, unit.now)
  return step !== null && (await takeStep(unit, { staffId, sealed, step })) ? 'totp' : null
}

async function checkRecovery(
  works: Works,
  staffId: string,
  code: string,
): Promise<'recovery' | null> {
  const codes = await works.run(works.system, (unit) => selectRecoveryCodes(unit, staffId))
  for (const { place, hash } of codes) {
    if (!(await matches(hash, plain(code)))) continue
    const first = await works.run(works.system, (unit) => takeRecoveryCode(unit, staffId, place))
    return first ? 'recovery' : null
  }
  return null
}

/** Without characters that are taken for one another. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const CODE_LETTERS = 10
const plain = (code: string) => code.toLowerCase().replaceAll(/[^a-z\d]/g, '')

/** Ten codes of 49 bits such as `abcde-fgh23`, and their hashes. */
export async function makeRecoveryCodes(): Promise<
  Readonly<{ codes: readonly string[]; hashes: readonly string[] }>
> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from({ length: CODE_LETTERS }, () => LETTERS[randomInt(LETTERS.length)])
    return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`
  })
  return { codes, hashes: await Promise.all(codes.map((code) => hashPassword(plain(code)))) }
}

/** How many second factors were sealed under a key that is not held: nobody can use them. */
export async function countUnreadable(unit: Unit, keys: Keys): Promise<number> {
  return (await selectSealed(unit)).filter((sealed) => !keys.holds(sealed)).length
}
