import { sql } from 'kysely'
import type { Pool } from 'pg'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { openBranch, type Person } from '../test/branch.ts'
import { type MessageWork, openQueue, type QueueOptions } from './queue.ts'
import { QUEUE_SCHEMA_VERSION } from './queue-schema.ts'
import { openWorker } from './queue-worker.ts'
import type { Actor } from './unit.ts'

const branch = await openBranch('2026-11-20T01:00Z')
afterAll(() => branch.close())
const { branchId, system } = branch
const { owner } = branch.house.ledger

const Parcel = z.object({ branchId: z.string(), parcelId: z.string() })
type Parcel = z.infer<typeof Parcel>

/** The queue of one test, so that what it leaves is nothing to the next. */
let name = ''
let tests = 0
beforeEach(() => {
  tests += 1
  name = `parcel-${tests}`
})
const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

type Sent = { by?: Actor | Person; branchId?: string; key?: string; startAfter?: Date }

/** A process that works on parcels: what it did, and what it said that it could not do. */
function openProcess(
  work: MessageWork<Parcel> = async () => undefined,
  options?: QueueOptions,
  pool = owner,
) {
  const done: string[] = []
  const errors: string[] = []
  const queue = openQueue(pool, { error: (_, text) => void errors.push(text) })
  opened.push(queue)
  queue.handle(
    name,
    Parcel,
    async (parcel, taken) => {
      await work(parcel, taken)
      done.push(parcel.parcelId)
    },
    options,
  )
  const send = (parcelId: string, { by = system, branchId: of = branchId, ...sent }: Sent = {}) =>
    branch.unit(by, (unit) => queue.send(unit, name, { branchId: of, parcelId }, sent))
  const until = (...parcels: string[]) =>
    expect.poll(() => [...done].sort(), { timeout: 20_000, interval: 10 }).toEqual(parcels)
  return { ...queue, sendIn: queue.send, done, errors, send, until }
}

/** Work that begins, and ends only when it is told to stop. */
function endless() {
  const begun = Promise.withResolvers<void>()
  const work: MessageWork<Parcel> = (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      begun.resolve()
    })
  return { begun: begun.promise, work }
}

/** Lets time pass for the queue, which tells it by the clock of the ledger. */
async function pass(seconds: number): Promise<void> {
  passed += seconds
  await branch.sql(`create or replace function pgboss.job_now() returns timestamptz
    language sql stable as $$ select pg_catalog.now() + interval '${passed} seconds' $$`)
}
let passed = 0

/** The parcels of a state, as the queue keeps them. */
async function kept(state: string): Promise<unknown[]> {
  const rows = await branch.sql(`select data->>'parcelId' as parcel from pgboss.job
    where name = '${name}' and state = '${state}' order by 1`)
  return rows.map(({ parcel }) => parcel)
}

test('a message is there with what it follows from, or not at all', async () => {
  const post = openProcess()
  const undone = branch.unit(system, async (unit) => {
    await post.sendIn(unit, name, { branchId, parcelId: 'undone' })
    throw new Error('something after it failed')
  })
  await expect(undone).rejects.toThrow('something after it failed')
  expect(await kept('created')).toEqual([])
  await post.send('kept')
  await post.until('kept')
})

test('nobody sees a message before it is committed, and the commit itself begins the work', async () => {
  const post = openProcess() // which is not started: it never looks on its own
  await branch.unit(system, async (unit) => {
    await post.sendIn(unit, name, { branchId, parcelId: 'soon' })
    expect(await kept('created')).toEqual([])
    expect(post.done).toEqual([])
  })
  await post.until('soon')
})

test('of one key there is one message, whoever sends it, also after it was done', async () => {
  const post = openProcess()
  await Promise.all(['a', 'a', 'a', 'b'].map((key) => post.send(key, { key })))
  await post.until('a', 'b')
  await post.send('a', { key: 'a' })
  await post.send('c')
  await post.until('a', 'b', 'c')
  await post.send('a', { key: 'a', branchId: '370685' })
  await post.until('a', 'a', 'b', 'c')
})

test('a unit sends for what it has in scope, and reads nothing of the queue', async () => {
  const post = openProcess()
  const manager = await branch.hire()
  await post.send('own', { by: manager })
  await post.until('own')
  await expect(post.send('foreign', { by: manager, branchId: '370685' })).rejects.toThrow(
    'row-level security',
  )
  for (const sql of ['select from pgboss.job', 'delete from pgboss.job_common'])
    await expect(runAs(manager, sql)).rejects.toThrow('permission denied')
  const done = `insert into pgboss.job_common (name, data, state)
    values ('${name}', '{"branchId": "${branchId}"}', 'completed')`
  await expect(runAs(manager, done)).rejects.toThrow('row-level security')

  const [found] = await branch.sql(`select pg_get_expr(polwithcheck, polrelid) as policy
    from pg_policy where polname = 'in_scope' and polrelid = 'pgboss.job_common'::regclass`)
  await branch.sql('alter policy in_scope on pgboss.job_common with check (true)')
  await post.send('foreign', { by: manager, branchId: '370685' })
  await post.until('foreign', 'own') // so it was the policy that refused, and nothing else
  await branch.sql(`alter policy in_scope on pgboss.job_common with check (${found?.policy})`)
})

test('a message that is none of its queue is not sent', async () => {
  const post = openProcess()
  const send = (message: { branchId: string }) =>
    branch.unit(system, (unit) => post.sendIn(unit, name, message))
  await expect(send({ branchId })).rejects.toThrow('parcelId')
  await expect(post.send('x'.repeat(2_000))).rejects.toThrow('ids only')
})

test('what fails is tried again later each time, and is a dead letter at last', async () => {
  const at: number[] = []
  const post = openProcess(
    async ({ parcelId }, { attempt }) => {
      at.push(attempt)
      if (parcelId === 'late' || attempt < 3) throw new RangeError('the number 13800000000')
    },
    { retryLimit: 2, retryDelaySeconds: 60 },
  )
  await post.send('once')
  await expect.poll(() => kept('retry')).toEqual(['once'])
  await post.send('more') // takes what is due: the one that waits for its second attempt is not
  await expect.poll(() => kept('retry')).toEqual(['more', 'once'])
  expect(at, 'each once so far').toEqual([1, 1])
  await pass(121)
  await post.send('late')
  await expect.poll(() => kept('retry')).toEqual(['late', 'more', 'once'])
  expect(at.toSorted()).toEqual([1, 1, 1, 2, 2])
  await pass(241)
  post.start()
  await post.until('more', 'once')
  await pass(241)
  await expect.poll(() => post.deadLetters(name), { timeout: 5_000 }).toHaveLength(1)
  const [dead] = await post.deadLetters(name)
  expect(dead).toMatchObject({ message: { branchId, parcelId: 'late' }, because: 'RangeError' })
  expect(JSON.stringify(await branch.sql('select * from pgboss.job'))).not.toContain('138000')
  expect(post.errors).toContain('a message failed')
  expect(await post.revive(name)).toBe(1)
  expect(await post.deadLetters(name)).toEqual([])
})

test('a message for later waits, however the clock of its unit stands', async () => {
  const post = openProcess()
  await post.send('later', { startAfter: new Date('2026-11-20T02:00Z') })
  await post.send('now')
  await post.until('now')
  expect(await kept('created')).toEqual(['later'])
  await pass(3_601)
  post.start()
  await post.until('later', 'now')
})

test('a second process leaves alone what the first is working on', async () => {
  const { begun, work } = endless()
  const first = openProcess(work)
  await first.send('mine')
  await begun
  const second = openProcess()
  second.start()
  await second.send('yours')
  await second.until('yours')
  await expect.poll(() => kept('completed'), { timeout: 20_000 }).toContain('yours')
  expect(await kept('active')).toEqual(['mine'])
})

test('what a process gives back when it stops is done by the next', async () => {
  const { begun, work } = endless()
  const first = openProcess(work)
  await first.send('left')
  await begun
  await first.close()
  await first.send('sent by one that stops')
  expect(await kept('created')).toEqual(['left', 'sent by one that stops'])
  const second = openProcess()
  second.start()
  await second.until('left', 'sent by one that stops')
})

test('a message that is taken while the process stops is given back without being begun', async () => {
  const [taken, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const query = async (text: string, values?: unknown[]) => {
    const answer = await owner.query(text, values)
    if (!/skip locked/i.test(text) || answer.rows.length === 0) return answer
    taken.resolve()
    await goOn.promise // the answer is on its way
    return answer
  }
  const slow: Pool = Object.create(owner, { query: { value: query } })
  const stopping = openProcess(undefined, undefined, slow)
  await stopping.send('late')
  await taken.promise
  const closed = stopping.close()
  goOn.resolve()
  await closed
  expect(stopping.done).toEqual([])
  expect(await kept('created')).toEqual(['late'])
})

test('who cannot reach the queue does not ask again until the next look, and never once closed', async () => {
  let asked = 0
  const away = () => {
    asked += 1
    // Whoever asks without end is stopped by an answer that never comes.
    return asked < 20 ? Promise.reject<never>(new Error('ended')) : new Promise<never>(() => {})
  }
  const [work, giveBack] = [async () => undefined, async () => undefined]
  const log = { error: () => undefined }
  const worker = openWorker({ name, concurrency: 1, work, giveBack }, away, log)
  const turned = [worker.turn(), worker.turn()]
  await turned[0]
  await new Promise((resolve) => setImmediate(resolve))
  expect(asked).toBe(1)
  await worker.turn()
  expect(asked).toBe(2)
  await worker.close(1_000)
  await worker.turn()
  expect(asked).toBe(2)
})

test('what a dead process had taken is done by the next start at once', async () => {
  const { begun, work } = endless()
  const dead = openProcess(work, { retryLimit: 0 })
  await dead.send('left')
  await begun
  const next = openProcess(undefined, { retryLimit: 0 })
  expect(await next.takeOver()).toBe(1)
  next.start()
  await next.until('left')
  expect(await next.deadLetters(name), 'dying counts as no attempt').toEqual([])
})

test('what a dead process had taken is found by another that lives, without a start', async () => {
  const { begun, work } = endless()
  const dead = openProcess(work, { retryDelaySeconds: 0, heartbeatSeconds: 10 })
  await dead.send('left')
  await begun
  const other = openProcess(undefined, { retryDelaySeconds: 0, heartbeatSeconds: 10 })
  await other.lookAfter()
  expect(await kept('active'), 'it may live').toEqual(['left'])
  await pass(11)
  other.start()
  await other.until('left')
})

test('whoever was busy for so long that he seemed dead is not taken for it', async () => {
  const ended = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const busy = openProcess(async () => {
    begun.resolve()
    await ended.promise
  })
  await busy.send('slow')
  await begun.promise
  await pass(60)
  await busy.lookAfter()
  expect(await kept('active')).toEqual(['slow'])
  ended.resolve()
  await busy.until('slow')
})

test('whoever lost a message is told to stop, and settles nothing', async () => {
  const ended = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const slow = openProcess(async () => {
    begun.resolve()
    await ended.promise
    throw new Error('too late')
  })
  await slow.send('lost')
  await begun.promise
  const other = openProcess()
  await other.takeOver()
  other.start()
  await other.until('lost')
  ended.resolve()
  await slow.close()
  expect(await kept('completed')).toEqual(['lost'])
})

test('a queue works on no more than it may at once', async () => {
  let [now, most] = [0, 0]
  const post = openProcess(
    async () => {
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setImmediate(resolve))
      now -= 1
    },
    { concurrency: 3 },
  )
  const parcels = Array.from({ length: 40 }, (_, place) => String(place)).sort()
  await branch.unit(system, async (unit) => {
    for (const parcelId of parcels) await post.sendIn(unit, name, { branchId, parcelId })
  })
  await post.until(...parcels)
  expect(most).toBe(3)
})

test('the tables of the queue are those that its library works with', async () => {
  const { getConstructionPlans } = await import('pg-boss')
  expect(getConstructionPlans('pgboss')).toContain(`VALUES ('${QUEUE_SCHEMA_VERSION}')`)
})

/** Asks the ledger as somebody who gets past our code would. */
const runAs = (who: Person, text: string) =>
  branch.unit(who, (unit) => sql.raw(text).execute(unit.db))
