import assert from 'node:assert/strict'
import { Kysely, PostgresDialect } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import type { CallTime } from './call-time.ts'
import type { Keys } from './keys.ts'
import { toldOfPassing } from './passing.ts'
import { statementName } from './postgres/prepared.ts'
import { noteStatement, readAnewOn, readOnceOn } from './readings.ts'

/**
 * Who asks: a person, another system by its service token, or the system itself (a timer, an
 * import, the command line of whoever owns the data folder). `ticket` is a random UUID made at
 * sign-in, or with the token; only the database turns it into the units in scope, so no query can
 * widen its own. `can` holds the actions that the roles, or the token, allow.
 */
export type Actor =
  | Readonly<{ kind: 'person'; id: string; ticket: string; can: ReadonlySet<string> }>
  | Readonly<{ kind: 'token'; id: string; ticket: string; can: ReadonlySet<string> }>
  | Readonly<{ kind: 'system'; id: string; ticket: string }>

/**
 * A unit of work: one transaction, seen at one instant, on behalf of one actor. A use case takes
 * it first, and never asks the clock, opens a transaction or guesses who is calling; so a test can
 * stand at any instant, and every row of one unit carries one time. Only stores add tables to `db`.
 */
export type Unit = Readonly<{
  db: Kysely<Record<never, never>>
  now: Date
  actor: Actor
  /** What opens the sealed columns of the rows that a unit reads. */
  keys: Keys
}>

/**
 * Runs `work` in one unit, in a role that owns nothing: all of it is committed, or none. Once the
 * `time` of the call is over nothing is committed any more, and no statement begins.
 */
export type RunUnit = <T>(
  actor: Actor,
  work: (unit: Unit) => Promise<T>,
  time?: CallTime,
) => Promise<T>

const clients = new WeakMap<Unit, PoolClient>()
const endings = new WeakMap<Unit, (() => Promise<void>)[]>()
const sequels = new WeakMap<Unit, (() => void)[]>()
/** What goes in one message with the commit; of a unit on behalf of another, with that of the outer. */
const parting = new WeakMap<Unit, string[]>()

/** Runs `work` as the last thing before the unit commits; what it throws undoes the unit. */
export function beforeCommit(unit: Unit, work: () => Promise<void>): void {
  const known = endings.get(unit)
  assert(known, 'the unit is open')
  known.push(work)
}

/** Runs `work`, which cannot fail, once the unit is committed; never when it is undone. */
export function afterCommit(unit: Unit, work: () => void): void {
  const known = sequels.get(unit)
  assert(known, 'the unit is open')
  known.push(work)
}

/**
 * Sends a statement without parameters in one message with the commit, where what it locks waits for
 * nobody but the disk. Said as the last thing before the commit; when it fails the unit is undone.
 */
export function withCommit(unit: Unit, text: string): void {
  const known = parting.get(unit)
  assert(known, 'the unit is open')
  known.push(`set local app.ticket = '${unit.actor.ticket}'; ${text}; `)
}

/** The connection under a unit, for what Kysely does not speak: COPY. Only `postgres/copy.ts` asks. */
export function clientOf(unit: Unit): PoolClient {
  const client = clients.get(unit)
  assert(client, 'the unit is open')
  return client
}

/**
 * What `read` finds, read once in the transaction of a unit however often its actor asks for it. For
 * what hardly ever changes, the tree and the settings: what others change meanwhile is not seen any
 * more; what this transaction writes into tables of the schemas `from` is.
 */
export const readOnce = <T>(
  unit: Unit,
  { from, what }: Readonly<{ from: readonly string[]; what: string }>,
  read: () => Promise<T>,
): Promise<T> => readOnceOn(clientOf(unit), { from, key: `${unit.actor.ticket} ${what}` }, read)

/** Lets a unit see what others have changed, in one schema or all: for whoever just took the lock. */
export const readAnew = (unit: Unit, schema?: string): void => readAnewOn(clientOf(unit), schema)

export function runUnitOn(pool: Pool, clock: () => Date, keys: Keys): RunUnit {
  return async (actor, work, time) => {
    assert(UUID.test(actor.ticket), 'a ticket is a UUID') // for SET takes a literal, no parameter
    const client = await pool.connect().catch((error: unknown) => {
      throw toldOfPassing(error)
    })
    const now = clock()
    const unit: Unit = { db: onClient(client, time?.signal), now, actor, keys }
    let broken: Error | undefined
    try {
      time?.signal.throwIfAborted() // while it waited for a connection
      await client.query(
        `begin; set local role gridkeeper_app; set local app.ticket = '${actor.ticket}'; set local app.now = '${now.toISOString()}'${time ? `; set local statement_timeout = ${time.limitMs}` : ''}`,
      )
      clients.set(unit, client)
      endings.set(unit, [])
      sequels.set(unit, [])
      parting.set(unit, [])
      const result = await work(unit)
      for (const last of endings.get(unit) ?? []) await last()
      time?.decide()
      await client.query(`${parting.get(unit)?.join('') ?? ''}commit`)
      for (const next of sequels.get(unit) ?? []) next()
      return result
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure // the connection is of no more use; the first error is what is told
      })
      throw time && isStopped(error) ? time.late : toldOfPassing(error)
    } finally {
      clients.delete(unit)
      endings.delete(unit)
      sequels.delete(unit)
      parting.delete(unit)
      readAnewOn(client)
      client.release(broken)
    }
  }
}

/**
 * Does `work` in the transaction of `unit` on behalf of another actor: what follows from what a
 * person did reaches beyond the rows that this person sees. When it fails, none of it was done, nor
 * is anything done of what it left for the commit; else that is done with the commit of `unit`.
 */
export async function onBehalfOf<T>(
  unit: Unit,
  actor: Actor,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  assert(UUID.test(actor.ticket) && UUID.test(unit.actor.ticket), 'a ticket is a UUID')
  const other: Unit = { ...unit, actor }
  const [last, next]: [(() => Promise<void>)[], (() => void)[]] = [[], []]
  endings.set(other, last)
  sequels.set(other, next)
  parting.set(other, parting.get(unit) ?? [])
  const result = await asOther(unit, other, () => work(other))
  if (last.length > 0)
    beforeCommit(unit, () =>
      asOther(unit, other, async () => {
        for (const each of last) await each()
      }),
    )
  afterCommit(unit, () => {
    for (const each of next) each()
  })
  return result
}

/**
 * Reads on behalf of another actor, or of the same one. Where `read` is refused nothing has to be
 * undone, as it wrote nothing.
 */
export const readAs = <T>(
  unit: Unit,
  actor: Actor,
  read: (unit: Unit) => Promise<T>,
): Promise<T> => (actor.ticket === unit.actor.ticket ? read(unit) : onBehalfOf(unit, actor, read))

/** Does `work` with the ticket of the other unit, or none of it. */
async function asOther<T>(unit: Unit, other: Unit, work: () => Promise<T>): Promise<T> {
  const client = clientOf(unit)
  await client.query(`savepoint on_behalf; set local app.ticket = '${other.actor.ticket}'`)
  clients.set(other, client)
  try {
    const result = await work()
    await client.query(`set local app.ticket = '${unit.actor.ticket}'; release savepoint on_behalf`)
    return result
  } catch (error) {
    // Which gives back the ticket as well.
    await client.query('rollback to savepoint on_behalf; release savepoint on_behalf')
    readAnewOn(client)
    throw error
  } finally {
    clients.delete(other)
  }
}

/** The database itself stopped the statement, which had taken all the time of the call. */
const isStopped = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === '57014'

/** Kysely over one connection that somebody else opens, commits and releases. */
function onClient(client: PoolClient, over?: AbortSignal): Kysely<Record<never, never>> {
  const send = client.query.bind(client) as (...query: unknown[]) => unknown
  const query = (text: string, values: readonly unknown[]) => {
    over?.throwIfAborted()
    noteStatement(client, text)
    return send({ name: statementName(text), text, values })
  }
  const connection = { query, release: () => undefined }
  const pool = { connect: async () => connection, end: async () => undefined }
  return new Kysely({ dialect: new PostgresDialect({ pool: pool as never }) })
}
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
