import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { normaliseAccount } from './accounts.ts'
import { countOneMore, FREE_FAILURES, waitMs } from './attempts.ts'
import { auditSession } from './audited.ts'
import { hashPassword, matches, refuseWeak } from './passwords.ts'
import { abilities } from './policy.ts'
import { isRole } from './roles.ts'
import { openSession, type Session } from './sessions.ts'
import {
  type AttemptKind,
  closeOwnSession,
  forgiveAttempts,
  lockAttempts,
  selectCredential,
  selectHash,
  updateAttempts,
  updatePassword,
} from './sign-in-store.ts'
import { readPerson } from './staff.ts'
import { selectAbove, selectBranches } from './store.ts'
import { readUnit } from './units.ts'

export type SignIn = Readonly<{ account: string; password: string; address: string }>

/**
 * Opens a session for an account and its password. The attempt is counted before the password is
 * looked at, so that attempts sent at once cost as much as those sent one by one, and takes as long
 * for an account that does not exist. @throws Refusal `sign-in-failed`, `sign-in-too-often`.
 */
export async function signIn(works: Works, given: SignIn): Promise<Session> {
  const account = normaliseAccount(given.account)
  const credential = await works.run(works.system, async (unit) => {
    await count(unit, 'account', account)
    await count(unit, 'address', given.address)
    return selectCredential(unit, account)
  })
  const right = await matches(credential?.hash, given.password)
  const who = { account, staffId: credential?.staffId ?? null, address: given.address }
  if (!right || !credential) {
    await works.run(works.system, (unit) => auditSession(unit, 'session.refused', who))
    throw new Refusal('unauthenticated', 'sign-in-failed')
  }
  return works.run(works.system, async (unit) => {
    await forgiveAttempts(unit, account, given.address)
    await auditSession(unit, 'session.opened', who)
    return openSession(unit, credential.staffId, given.address)
  })
}

/** Counts an attempt. @throws Refusal `sign-in-too-often` while its key has to wait. */
async function count(unit: Unit, kind: AttemptKind, key: string): Promise<void> {
  const attempts = await lockAttempts(unit, kind, key)
  const wait = waitMs(attempts, FREE_FAILURES[kind], unit.now)
  if (wait > 0)
    throw new Refusal('too-many', 'sign-in-too-often', { seconds: Math.ceil(wait / 1000) })
  await updateAttempts(unit, { kind, key, failures: countOneMore(attempts, unit.now) })
}

/** Ends the session; told by the system, for the ticket is gone by then. */
export async function signOut(works: Works, actor: Actor): Promise<void> {
  const { account } = await works.run(actor, (unit) => readPerson(unit, actor.id))
  await works.run(actor, closeOwnSession)
  const who = { account: account ?? actor.id, staffId: actor.id, address: null }
  await works.run(works.system, (unit) => auditSession(unit, 'session.closed', who))
}

/**
 * Changes the own password; the other sessions end. A wrong current one counts like a failed
 * sign-in. @throws Refusal `sign-in-failed`, `sign-in-too-often`, `password-too-weak`.
 */
export async function changePassword(
  works: Works,
  actor: Actor,
  { current, next }: Readonly<{ current: string; next: string }>,
): Promise<void> {
  const { account, held } = await works.run(actor, async (unit) => ({
    account: (await readPerson(unit, actor.id)).account ?? actor.id,
    held: await selectHash(unit, actor.id),
  }))
  await works.run(works.system, (unit) => count(unit, 'account', account))
  const who = { account, staffId: actor.id, address: null }
  if (!(await matches(held, current))) {
    await works.run(works.system, (unit) => auditSession(unit, 'session.refused', who))
    throw new Refusal('forbidden', 'sign-in-failed')
  }
  refuseWeak(next, account)
  const hash = await hashPassword(next)
  await works.run(actor, (unit) => updatePassword(unit, actor.id, hash))
  await works.run(works.system, async (unit) => {
    await forgiveAttempts(unit, account, null)
    await auditSession(unit, 'password.changed', who)
  })
}

/** Who the actor is, where in the tree, and what may be done. */
export async function whoAmI(unit: Unit) {
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
    today: dayOf(unit.now),
  }
}
