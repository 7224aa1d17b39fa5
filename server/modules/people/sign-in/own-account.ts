import { Refusal } from '#platform/refusal.ts'
import type { Works } from '#platform/works.ts'
import { auditSession } from '../audited.ts'
import { readPerson } from '../staff/staff.ts'
import { countAttempt } from './count-attempt.ts'
import { checkCode, makeRecoveryCodes, makeSecret, takeTotp } from './second-factor.ts'
import {
  deleteSecondFactor,
  insertSecondFactor,
  replaceRecoveryCodes,
  selectNeedsFactor,
  selectRecoveryCodes,
  selectSecondFactor,
} from './second-factor-store.ts'
import { deleteSessions, selectSessionsOf } from './session-store.ts'
import { type Current, openSession, type Session } from './sessions.ts'
import { confirmPassword, dueOf } from './sign-in.ts'
import { forgiveAttempts, selectCredential } from './sign-in-store.ts'

/** What a person sees of the own account. */
export function readAccount(works: Works, { staffId, sessionId }: Current) {
  return works.run(works.system, async (unit) => {
    const person = await readPerson(unit, staffId)
    const credential = await selectCredential(unit, staffId)
    const factor = await selectSecondFactor(unit, staffId)
    const codes = await selectRecoveryCodes(unit, staffId)
    const sessions = await selectSessionsOf(unit, staffId)
    return {
      account: person.account ?? '',
      extension: person.extension,
      passwordSetAt: credential?.setAt ?? null,
      secondFactor: factor?.confirmedAt
        ? { since: factor.confirmedAt, recoveryCodes: codes.length }
        : null,
      secondFactorRequired: await selectNeedsFactor(unit, staffId),
      sessions: sessions.map((each) => ({ ...each, current: each.sessionId === sessionId })),
    }
  })
}

/** Ends one of the person’s other sessions. @throws Refusal `session-unknown`. */
export async function endSession(works: Works, current: Current, sessionId: string): Promise<void> {
  const ended =
    sessionId === current.sessionId ? 0 : await endSessions(works, current, { only: sessionId })
  if (ended === 0) throw new Refusal('not-found', 'session-unknown')
}

/** Ends all of the person’s sessions but this one; how many. */
export const endOtherSessions = (works: Works, current: Current): Promise<number> =>
  endSessions(works, current, { but: current.sessionId })

function endSessions(
  works: Works,
  current: Current,
  which: Readonly<{ only?: string; but?: string }>,
): Promise<number> {
  const { staffId, address } = current
  return works.run(works.system, async (unit) => {
    const { account } = await readPerson(unit, staffId)
    const ended = await deleteSessions(unit, staffId, which)
    const who = { account: account ?? staffId, staffId, address }
    if (ended > 0) await auditSession(unit, 'session.ended', who)
    return ended
  })
}

/**
 * Begins a second factor, which is in force once a code has confirmed it.
 * @throws Refusal as `confirmPassword`, and `second-factor-set-up`.
 */
export async function beginSecondFactor(
  works: Works,
  current: Current,
  password: string,
): Promise<Readonly<{ secret: string; uri: string }>> {
  const { account, staffId } = await confirmPassword(works, current, password)
  const { secret, uri, sealed } = makeSecret(works.keys, { staffId, account })
  const begun = await works.run(works.system, (unit) =>
    insertSecondFactor(unit, { staffId, sealed }),
  )
  if (!begun) throw new Refusal('conflict', 'second-factor-set-up')
  return { secret, uri }
}

/**
 * Puts a second factor in force by its first code. All sessions end, since they were opened without
 * it, and the own one goes on under another token.
 * @throws Refusal `second-factor-missing`, `second-factor-wrong`, `second-factor-unreadable`,
 * `sign-in-too-often`, `sign-in-locked`.
 */
export async function confirmSecondFactor(
  works: Works,
  current: Current,
  code: string,
): Promise<Readonly<{ session: Session; recoveryCodes: readonly string[] }>> {
  const { staffId, address, device } = current
  const factor = await works.run(works.system, async (unit) => {
    const begun = await selectSecondFactor(unit, staffId)
    if (!begun || begun.confirmedAt) throw new Refusal('conflict', 'second-factor-missing')
    await countAttempt(unit, 'factor', staffId)
    return begun
  })
  const { codes, hashes } = await makeRecoveryCodes()
  const taken = { staffId, code: code.replaceAll(/\s/g, ''), factor }
  return works.run(works.system, async (unit) => {
    if (!(await takeTotp(unit, works.keys, taken)))
      throw new Refusal('invalid', 'second-factor-wrong')
    await forgiveAttempts(unit, 'factor', staffId)
    await replaceRecoveryCodes(unit, staffId, hashes)
    await deleteSessions(unit, staffId)
    const { account } = await readPerson(unit, staffId)
    const who = { account: account ?? staffId, staffId, address }
    await auditSession(unit, 'second-factor.enrolled', who)
    const due = await dueOf(unit, staffId, false)
    const session = await openSession(unit, staffId, { address, device, due })
    return { session, recoveryCodes: codes }
  })
}

/**
 * Takes the own second factor away, by the password and a code.
 * @throws Refusal as `confirmPassword` and `checkCode`; `second-factor-missing`,
 * `second-factor-wrong`, `second-factor-required` where a role takes one.
 */
export async function removeSecondFactor(
  works: Works,
  current: Current,
  { password, code }: Readonly<{ password: string; code: string }>,
): Promise<void> {
  const { staffId } = current
  await works.run(works.system, async (unit) => {
    if (!(await selectSecondFactor(unit, staffId))?.confirmedAt)
      throw new Refusal('conflict', 'second-factor-missing')
    if (await selectNeedsFactor(unit, staffId))
      throw new Refusal('forbidden', 'second-factor-required')
  })
  const who = await confirmPassword(works, current, password)
  if (!(await checkCode(works, staffId, code))) throw new Refusal('invalid', 'second-factor-wrong')
  await works.run(works.system, async (unit) => {
    await deleteSecondFactor(unit, staffId)
    await auditSession(unit, 'second-factor.removed', who)
  })
}
