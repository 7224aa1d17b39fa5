import { randomBytes, randomUUID } from 'node:crypto'
import { dayOf } from '#platform/day.ts'
import { sha256Hex } from '#platform/hash.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { actionsOf, type Role } from '../roles.ts'
import { selectRolesOf } from '../staff/post-store.ts'
import { selectPerson } from '../staff/staff-store.ts'
import { FORGOTTEN_AFTER_MS } from './attempts.ts'
import { isGuard } from './password-rules.ts'
import {
  completeSession,
  type Due,
  deleteEnded,
  insertSession,
  type SessionRow,
  selectSession,
  touchSession,
} from './session-store.ts'

/** A session ends after so long without a call: sooner for who watches over others. */
export const IDLE_MS = 12 * 3_600_000
export const IDLE_OF_GUARDS_MS = 30 * 60_000
/** At the latest it ends so long after it began. */
export const LONGEST_MS = 7 * 24 * 3_600_000
/** So long may the second factor take. */
export const HALF_OPEN_MS = 10 * 60_000
/** Calls within a minute of the last one noted are not noted again. */
const NOTED_EVERY_MS = 60_000

export const idleMs = (roles: readonly Role[]): number =>
  isGuard(roles) ? IDLE_OF_GUARDS_MS : IDLE_MS

type PersonActor = Extract<Actor, { kind: 'person' }>
export type Session = Readonly<{ token: string; actor: PersonActor; due: Due | null; endsAt: Date }>
/** From where somebody calls: an address, and what the browser says of itself. */
export type From = Readonly<{ address: string | null; device: string | null }>

/**
 * Opens a session for a person who has a post today, in a unit of the system. Whoever calls has
 * made sure of the person. The token leaves the house once; only its hash is kept. Until what is
 * `due` has been done the session opens nothing else.
 */
export async function openSession(
  unit: Unit,
  staffId: string,
  { address = null, device = null, due = null }: Partial<From & { due: Due | null }> = {},
): Promise<Session> {
  const person = await selectPerson(unit, staffId, dayOf(unit.now))
  if (!person) throw new Refusal('not-found', 'staff-unknown', { staff: staffId })
  const roles = await selectRolesOf(unit, staffId)
  const token = randomBytes(32).toString('base64url')
  const ticket = randomUUID()
  const lasts = due === 'second-factor' ? HALF_OPEN_MS : LONGEST_MS
  const endsAt = new Date(unit.now.getTime() + lasts)
  await deleteEnded(unit, new Date(unit.now.getTime() - FORGOTTEN_AFTER_MS))
  await insertSession(unit, {
    ...{ sessionId: randomUUID(), tokenSha256: sha256Hex(token), ticket, staffId },
    ...{ address, device, due, endsAt, idleSeconds: idleMs(roles) / 1000 },
  })
  return { token, actor: personOf(staffId, ticket, roles), due, endsAt }
}

/**
 * Goes on with a session that waited for the second factor alone, under another token; what the
 * provider gave for it stays with it. @throws Refusal `not-signed-in` when it has ended meanwhile.
 */
export async function goOnWith(unit: Unit, half: Current): Promise<Session> {
  const token = randomBytes(32).toString('base64url')
  const endsAt = new Date(unit.now.getTime() + LONGEST_MS)
  const { sessionId, actor } = half
  if (!(await completeSession(unit, { sessionId, tokenSha256: sha256Hex(token), endsAt })))
    throw new Refusal('unauthenticated', 'not-signed-in')
  return { token, actor, due: null, endsAt }
}

/** An open session with its person, whatever is due. */
export type Current = Omit<SessionRow, 'ticket'> & Readonly<{ actor: PersonActor }>

/** The session a token belongs to; undefined when it has ended, or the post or the roles have. */
export async function sessionOf(works: Works, token: string): Promise<Current | undefined> {
  const tokenSha256 = sha256Hex(token)
  return works.run(works.system, async (unit) => {
    const session = await selectSession(unit, tokenSha256)
    if (!session || isOver(session, unit.now)) return undefined
    if (unit.now.getTime() - session.seenAt.getTime() >= NOTED_EVERY_MS)
      await touchSession(unit, tokenSha256)
    const { ticket, ...known } = session
    return { ...known, actor: personOf(session.staffId, ticket, session.roles) }
  })
}

/**
 * The person a token belongs to; undefined when the session has ended.
 * @throws Refusal `second-factor-due`, `password-change-due`, `enrolment-due` until that is done.
 */
export async function actorOf(works: Works, token: string): Promise<PersonActor | undefined> {
  const session = await sessionOf(works, token)
  if (session?.due) throw refusalOf(session.due)
  return session?.actor
}

export const refusalOf = (due: Due): Refusal =>
  due === 'second-factor'
    ? new Refusal('unauthenticated', 'second-factor-due')
    : new Refusal('forbidden', `${due}-due`)

const isOver = ({ seenAt, endsAt, idleSeconds }: SessionRow, now: Date) =>
  now >= endsAt || now.getTime() - seenAt.getTime() >= idleSeconds * 1000

const personOf = (id: string, ticket: string, roles: readonly Role[]): PersonActor => ({
  kind: 'person',
  id,
  ticket,
  can: actionsOf(roles),
})
