import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { auditSession } from '../audited.ts'
import { selectAbove, selectBranches } from '../organisation/unit-store.ts'
import { readUnit } from '../organisation/units.ts'
import { abilities } from '../policy.ts'
import { isRole } from '../roles.ts'
import { isOfProvider } from '../single-sign-on/oidc-store.ts'
import { normaliseAccount } from '../staff/accounts.ts'
import { readPerson } from '../staff/staff.ts'
import { countAttempt } from './count-attempt.ts'
import { matches, setPassword } from './passwords.ts'
import { checkCode } from './second-factor.ts'
import { selectNeedsFactor, selectSecondFactor } from './second-factor-store.ts'
import { type Due, deleteSessions } from './session-store.ts'
import { type Current, type From, goOnWith, openSession, type Session } from './sessions.ts'
import {
  addFailure,
  type Credential,
  forgiveAttempts,
  forgiveOne,
  type LastSignIn,
  replaceLastSignIn,
  selectCredential,
  selectHolder,
} from './sign-in-store.ts'

/** A sign-in that went as far as it can: `before` is told once nothing but formalities is due. */
export type SignedIn = Readonly<{ session: Session; before: LastSignIn | null }>

/**
 * Opens a session for an account and its password. The attempt is counted before the password is
 * looked at, and takes as long for an account that does not exist.
 * @throws Refusal `sign-in-failed`, `sign-in-too-often`, `sign-in-locked`, `password-expired`.
 */
export async function signIn(
  works: Works,
  given: From & Readonly<{ account: string; password: string; address: string }>,
): Promise<SignedIn> {
  const account = normaliseAccount(given.account)
  const held = await works.run(works.system, async (unit) => {
    await countAttempt(unit, 'account', account)
    await countAttempt(unit, 'address', given.address)
    const staffId = (await selectHolder(unit, account)) ?? null
    return { staffId, credential: await selectCredential(unit, staffId) }
  })
  const { staffId, credential } = held
  const who = { account, staffId, address: given.address }
  const right = await matches(credential?.hash, given.password)
  if (!right || !credential || staffId === null) throw await refused(works, who, 'sign-in-failed')
  const signedIn = await works.run(works.system, async (unit) => {
    await forgiveAttempts(unit, 'account', account)
    await forgiveOne(unit, given.address)
    if (credential.expiresAt && credential.expiresAt <= unit.now) return undefined
    const factor = await selectSecondFactor(unit, staffId)
    if (!factor?.confirmedAt) return finish(unit, { ...who, staffId }, given, credential)
    const due = 'second-factor'
    return { session: await openSession(unit, staffId, { ...fromOf(given), due }), before: null }
  })
  if (!signedIn) throw await refused(works, who, 'password-expired')
  return signedIn
}

/**
 * The second step: a code of the second factor, or a recovery code. The half-open session gives way
 * to one with another token; one that the provider opened goes on, so that it may still end it.
 * @throws Refusal `second-factor-wrong`, `second-factor-unreadable`, `sign-in-too-often`,
 * `sign-in-locked`, `not-signed-in` without a session that waits for a code.
 */
export async function giveSecondFactor(
  works: Works,
  half: Current | undefined,
  given: From & Readonly<{ code: string }>,
): Promise<SignedIn> {
  if (half?.due !== 'second-factor') throw new Refusal('unauthenticated', 'not-signed-in')
  const { staffId } = half
  const known = await works.run(works.system, async (unit) => ({
    account: (await readPerson(unit, staffId)).account ?? staffId,
    credential: await selectCredential(unit, staffId),
    isOfProvider: await isOfProvider(unit, half.actor.ticket),
  }))
  const { credential } = known
  const who = { account: known.account, staffId, address: given.address }
  const right = await checkCode(works, staffId, given.code)
  if (!right || !(credential || known.isOfProvider))
    throw await refused(works, who, 'second-factor-wrong')
  return works.run(works.system, async (unit) => {
    if (known.isOfProvider) {
      if (right === 'recovery') await auditSession(unit, 'second-factor.recovered', who)
      return opened(unit, who, given, await goOnWith(unit, half))
    }
    if (!credential || (await deleteSessions(unit, staffId, { only: half.sessionId })) === 0)
      throw new Refusal('unauthenticated', 'not-signed-in')
    if (right === 'recovery') await auditSession(unit, 'second-factor.recovered', who)
    return finish(unit, who, given, credential)
  })
}

type Who = Readonly<{ account: string; staffId: string; address: string | null }>

/** Opens the session of somebody who has proved to be who they are, and says what is still due. */
async function finish(unit: Unit, who: Who, from: From, credential: Credential): Promise<SignedIn> {
  const { staffId } = who
  const due = await dueOf(unit, staffId, credential.given)
  return opened(unit, who, from, await openSession(unit, staffId, { ...fromOf(from), due }))
}

/** Notes that somebody signed in, and tells the sign-in before. */
async function opened(unit: Unit, who: Who, from: From, session: Session): Promise<SignedIn> {
  const before = await replaceLastSignIn(unit, who.staffId, fromOf(from))
  await auditSession(unit, 'session.opened', who)
  return { session, before }
}

/** What has to be done after the sign-in, first things first. */
export async function dueOf(unit: Unit, staffId: string, given: boolean): Promise<Due | null> {
  if (given) return 'password-change'
  const factor = await selectSecondFactor(unit, staffId)
  return !factor?.confirmedAt && (await selectNeedsFactor(unit, staffId)) ? 'enrolment' : null
}

const fromOf = ({ address, device }: From): From => ({ address, device })

type Refused = 'sign-in-failed' | 'password-expired' | 'second-factor-wrong'

/** Notes a refused attempt; the same for an account that there is and one that there is not. */
async function refused(
  works: Works,
  who: Readonly<{ account: string; staffId: string | null; address: string | null }>,
  code: Refused,
): Promise<Refusal> {
  await works.run(works.system, async (unit) => {
    await addFailure(unit, who.staffId)
    await auditSession(unit, 'session.refused', who, code)
  })
  return new Refusal('unauthenticated', code)
}

/** Ends the session, half open or not. */
export async function signOut(works: Works, { staffId, sessionId }: Current): Promise<void> {
  await works.run(works.system, async (unit) => {
    const { account } = await readPerson(unit, staffId)
    await deleteSessions(unit, staffId, { only: sessionId })
    const who = { account: account ?? staffId, staffId, address: null }
    await auditSession(unit, 'session.closed', who)
  })
}

/**
 * Makes sure that whoever sits at an open session knows the password. A wrong one counts like a
 * failed sign-in.
 * @throws Refusal `sign-in-failed`, `sign-in-too-often`, `sign-in-locked`.
 */
export async function confirmPassword(
  works: Works,
  { staffId, address }: Current,
  password: string,
): Promise<Who> {
  const held = await works.run(works.system, async (unit) => {
    const account = (await readPerson(unit, staffId)).account ?? staffId
    await countAttempt(unit, 'account', account)
    return { account, credential: await selectCredential(unit, staffId) }
  })
  const who = { account: held.account, staffId, address }
  if (!(await matches(held.credential?.hash, password))) {
    await refused(works, who, 'sign-in-failed')
    throw new Refusal('forbidden', 'sign-in-failed')
  }
  await works.run(works.system, (unit) => forgiveAttempts(unit, 'account', who.account))
  return who
}

/**
 * Changes the own password. All sessions end, and the own one goes on under another token.
 * @throws Refusal as `confirmPassword` and `setPassword`, and `password-unchanged`.
 */
export async function changePassword(
  works: Works,
  current: Current,
  { current: old, next }: Readonly<{ current: string; next: string }>,
): Promise<Session> {
  const who = await confirmPassword(works, current, old)
  if (old === next) throw new Refusal('invalid', 'password-unchanged')
  const { staffId } = current
  return works.run(works.system, async (unit) => {
    await setPassword(unit, staffId, next, { by: staffId })
    await auditSession(unit, 'password.changed', who)
    const due = await dueOf(unit, staffId, false)
    return openSession(unit, staffId, { ...fromOf(current), due })
  })
}

/** Who the actor is, where in the tree, and what may be done, where calls are connected or not. */
export async function whoAmI(
  unit: Unit,
  due: Exclude<Due, 'second-factor'> | null,
  connectsCalls: boolean,
) {
  const person = await readPerson(unit, unit.actor.id)
  const own = await readUnit(unit, person.unitId)
  const path = [own, ...(await selectAbove(unit, own.unitId))]
  const place = ({ unitId, name, kind }: typeof own) => ({ unitId, name, kind })
  return {
    staffId: person.staffId,
    name: person.name,
    account: person.account ?? '',
    roles: person.roles.filter(isRole),
    unit: place(own),
    path: path.map(place).reverse(),
    branchId: path.find(({ kind }) => kind === 'branch')?.unitId ?? null,
    branches: (await selectBranches(unit, dayOf(unit.now))).map(place),
    can: abilities(unit.actor),
    canCall: connectsCalls && person.extension !== null,
    today: dayOf(unit.now),
    due,
  }
}
