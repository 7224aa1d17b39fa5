import { randomUUID } from 'node:crypto'
import type { Actor } from '#platform/unit.ts'

/** A connection of the owner of the tables, as a start of the program has one. */
type Owner = Readonly<{ query(text: string, values: unknown[]): Promise<unknown> }>

/** What actors of the kind `system` are recorded as that act in nobody’s name. */
export const SYSTEM_ID = 'system'

/** Makes the ticket of a process: its units see every branch. Call it once at a start. */
export async function openSystemTicket(
  owner: Owner,
  now: Date,
): Promise<Extract<Actor, { kind: 'system' }>> {
  const ticket = randomUUID()
  await owner.query(
    `insert into people.ticket (ticket, kind, opened_at) values ($1, 'system', $2)`,
    [ticket, now.toISOString()],
  )
  return { kind: 'system', id: SYSTEM_ID, ticket }
}
