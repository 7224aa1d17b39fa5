import { randomBytes, randomUUID } from 'node:crypto'
import { dayOf } from '#platform/day.ts'
import { sha256Hex } from '#platform/hash.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { FORGOTTEN_AFTER_MS } from './attempts.ts'
import { actionsOf, type Role } from './roles.ts'
import {
  deleteEnded,
  insertSession,
  type SessionRow,
  selectSession,
  touchSession,
} from './sign-in-store.ts'
import { selectPerson } from './staff-store.ts'

/** A session ends after so long without a call, and at the latest so long after it began. */
export const IDLE_MS = 12 * 3_600_000
export const LONGEST_MS = 7 * 24 * 3_600_000
/** Calls within a minute of the last one noted are not noted again. */
const NOTED_EVERY_MS = 60_000

type PersonActor = Extract<Actor, { kind: 'person' }>
export type Session = Readonly<{ token: string; actor: PersonActor }>

/**
 * Opens a session for a person who has a post today, in a unit of the system. Whoever calls has
 * made sure of the person. The token leaves the house once; only its hash is kept.
 */
export async function openSession(
  unit: Unit,
  staffId: string,
  address: string | null = null,
): Promise<Session> {
  const person = await selectPerson(unit, staffId, dayOf(unit.now))
  if (!person) throw new Refusal('not-found', 'staff-unknown', { staff: staffId })
  const token = randomBytes(32).toString('base64url')
  const ticket = randomUUID()
  const endsAt = new Date(unit.now.getTime() + LONGEST_MS)
  const before = (ms: number) => new Date(unit.now.getTime() - ms)
  await deleteEnded(unit, {
    idleSince: before(IDLE_MS),
    attemptedBefore: before(FORGOTTEN_AFTER_MS),
  })
  await insertSession(unit, { tokenSha256: sha256Hex(token), ticket, staffId, address, endsAt })
  return { token, actor: personOf(staffId, ticket, person.roles) }
}

/** The person a token belongs to; undefined when the session has ended, or the post has. */
export async function actorOf(works: Works, token: string): Promise<PersonActor | undefined> {
  const tokenSha256 = sha256Hex(token)
  return works.run(works.system, async (unit) => {
    const session = await selectSession(unit, tokenSha256)
    if (!session || isOver(session, unit.now)) return undefined
    if (unit.now.getTime() - session.seenAt.getTime() >= NOTED_EVERY_MS)
      await touchSession(unit, tokenSha256)
    return personOf(session.staffId, session.ticket, session.roles)
  })
}

const isOver = ({ seenAt, endsAt }: SessionRow, now: Date) =>
  now >= endsAt || now.getTime() - seenAt.getTime() >= IDLE_MS

const personOf = (id: string, ticket: string, roles: readonly Role[]): PersonActor => ({
  kind: 'person',
  id,
  ticket,
  can: actionsOf(roles),
})
