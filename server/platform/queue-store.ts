import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import type { PgBoss, QueueOptions } from 'pg-boss'
import { clientOf, type Unit } from './unit.ts'

/** A message that somebody took, and for which time: a claim that was lost settles nothing. */
export type Attempt = Readonly<{ id: string; retryCount: number }>

/** How often what died is looked for, at most. */
const LOOK_EVERY_SECONDS = 5

/**
 * pg-boss on the pool of the ledger's owner. It is not started: it keeps no timer and no connection
 * of its own, and does what it is asked to.
 */
export async function openBoss(owner: Pool, onError: (error: Error) => void): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss') // a tenth of a second that a start can do without
  const boss = new PgBoss({
    schema: 'pgboss',
    db: { executeSql: (text, values) => owner.query(text, values) },
    migrate: false,
    schedule: false,
    supervise: false,
    reindex: false,
    monitorIntervalSeconds: LOOK_EVERY_SECONDS,
  })
  boss.on('error', onError)
  return boss
}

/** Where messages of a queue go that cannot be done. */
export const deadOf = (name: string): string => `${name}.dead`

/** A year: a message waits for its turn however long the server stands still. */
const WAITS_SECONDS = 365 * 86_400

/** Makes a queue and the one of its dead letters, unless they are there as they should be. */
export async function makeQueue(boss: PgBoss, name: string, options: QueueOptions): Promise<void> {
  const wanted = { ...options, retentionSeconds: WAITS_SECONDS, deadLetter: deadOf(name) }
  const found = await boss.getQueue(name)
  const isAsWanted = Object.entries(wanted).every(
    ([option, value]) => found?.[option as keyof QueueOptions] === value,
  )
  if (isAsWanted) return
  await boss.createQueue(deadOf(name), { retentionSeconds: WAITS_SECONDS })
  await boss.createQueue(name, wanted)
  if (found) await boss.updateQueue(name, wanted)
}

/** A message as it is put in: its key, and how much later than now it may be taken. */
export type Posted = Readonly<{
  data: Readonly<{ branchId: string }>
  key: string | undefined
  delaySeconds: number
}>

/** Puts messages in, in the transaction of the unit and in its role. */
export async function insertMessages(
  boss: PgBoss,
  unit: Unit,
  name: string,
  posted: readonly Posted[],
): Promise<void> {
  const client = clientOf(unit)
  const messages = posted.map(({ data, key, delaySeconds }) => ({
    data,
    startAfter: delaySeconds,
    ...(key !== undefined && { id: idOf(name, data.branchId, key) }),
  }))
  const inUnit = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) }
  await boss.insert(name, messages, { db: inUnit })
}

/** The id of the one message that has this key; keys of two branches never meet. */
function idOf(name: string, branchId: string, key: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, branchId, key]))
    .digest('hex')
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

/**
 * Back to waiting, as if this attempt had not been one of those that a message has. It still counts
 * up the next attempt, so whoever had the claim before settles nothing with it.
 */
const BACK = `set state = 'created', retry_limit = retry_limit + 1, heartbeat_on = null`

/** Gives back what was taken and not done, for whoever asks next. */
export async function giveBack(owner: Pool, name: string, { id, retryCount }: Attempt) {
  await owner.query(
    `update pgboss.job ${BACK}
      where (name, id, retry_count) = ($1, $2, $3) and state = 'active'`,
    [name, id, retryCount],
  )
}

/** Gives back all that was taken, but for what is `held`. Answers with how many messages. */
export async function giveBackAllBut(owner: Pool, held: readonly string[]): Promise<number> {
  const { rowCount } = await owner.query(
    `update pgboss.job ${BACK} where state = 'active' and id <> all ($1::uuid[])`,
    [held],
  )
  return rowCount ?? 0
}
