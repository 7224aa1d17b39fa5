import assert from 'node:assert/strict'
import { type Kysely, sql, type Transaction } from 'kysely'

/**
 * Who asks: a person, or the system itself (a timer, an import, the command line of whoever owns
 * the data folder). `ticket` is a random UUID made at sign-in; only the database turns it into the
 * units in scope, so no query can widen its own. `can` holds the actions that the roles allow.
 */
export type Actor =
  | Readonly<{ kind: 'person'; id: string; ticket: string; can: ReadonlySet<string> }>
  | Readonly<{ kind: 'system'; id: string; ticket: string }>

/**
 * A unit of work: one transaction, seen at one instant, on behalf of one actor. A use case takes
 * it first, and never asks the clock, opens a transaction or guesses who is calling; so a test can
 * stand at any instant, and every row of one unit carries one time. Only stores add tables to `db`.
 */
export type Unit = Readonly<{ db: Transaction<Record<never, never>>; now: Date; actor: Actor }>

/** Runs `work` in one unit, in a role that owns nothing: all of it is committed, or none. */
export type RunUnit = <T>(actor: Actor, work: (unit: Unit) => Promise<T>) => Promise<T>

export function runUnitOn(db: Kysely<Record<never, never>>, clock: () => Date): RunUnit {
  return (actor, work) =>
    db.transaction().execute(async (tx) => {
      assert(UUID.test(actor.ticket), 'a ticket is a UUID') // for SET takes a literal, no parameter
      const now = clock()
      await sql`set local role gridkeeper_app`.execute(tx)
      await sql`set local app.ticket = ${sql.lit(actor.ticket)}`.execute(tx)
      await sql`set local app.now = ${sql.lit(now.toISOString())}`.execute(tx)
      return work({ db: tx, now, actor })
    })
}
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
