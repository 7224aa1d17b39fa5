import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Branch, openBranch } from '../test/branch.ts'
import { type CallTime, inTime } from './call-time.ts'
import { once } from './once.ts'

let branch: Branch
beforeAll(async () => {
  branch = await openBranch('2026-11-20T01:00Z')
})
afterAll(() => branch.close())
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const LIMIT_MS = 30_000
const UNDONE = { kind: 'unavailable', code: 'call-undone', values: { limit: 30 } }
/** A call that does `work` and then waits until it is told to go on. */
function begin<T>(work: (time: CallTime) => Promise<T>) {
  const on = Promise.withResolvers<void>()
  const told = inTime(LIMIT_MS, 'call-undone', async (time) => {
    await on.promise
    return work(time)
  })
  told.catch(() => undefined) // looked at below
  return { told, goOn: () => on.resolve() }
}

test('a call that ends in time is answered as ever', async () => {
  const { told, goOn } = begin(async () => 'done')
  vi.advanceTimersByTime(LIMIT_MS - 1)
  goOn()
  expect(await told).toBe('done')
})

test('one that does not is told at once, and may decide nothing any more', async () => {
  const decided: unknown[] = []
  const { told, goOn } = begin(async (time) => {
    expect(() => time.decide()).toThrow('call-undone')
    decided.push(time.signal.aborted)
  })
  vi.advanceTimersByTime(LIMIT_MS)
  await expect(told).rejects.toMatchObject(UNDONE)
  goOn()
  await vi.waitFor(() => expect(decided).toEqual([true]))
})

test('what began to be decided in time is answered with how that went, however late', async () => {
  const on = Promise.withResolvers<void>()
  const told = inTime(LIMIT_MS, 'call-undone', async (time) => {
    time.decide()
    await on.promise
    return 'committed'
  })
  vi.advanceTimersByTime(10 * LIMIT_MS)
  on.resolve()
  expect(await told).toBe('committed')
})

const sent = (key: string) => ({ operation: 'tried', key, content: null, secret: false })
const kept = (key: string) => branch.sql(`select 1 from platform.command where key = '${key}'`)

test('a unit whose time is over keeps nothing of what it did', async () => {
  const { told, goOn } = begin((time) =>
    branch.works.run(
      branch.system,
      (unit) => once(unit, sent('late'), async () => vi.advanceTimersByTime(LIMIT_MS)),
      time,
    ),
  )
  goOn()
  await expect(told).rejects.toMatchObject(UNDONE)
  expect(await kept('late')).toEqual([])
})

test('so does one whose time ends between its last statement and its commit', async () => {
  const { told, goOn } = begin((time) =>
    branch.works.run(
      branch.system,
      async (unit) => {
        await once(unit, sent('last'), async () => 'done')
        vi.advanceTimersByTime(LIMIT_MS)
      },
      time,
    ),
  )
  goOn()
  await expect(told).rejects.toMatchObject(UNDONE)
  await vi.waitFor(async () => expect(branch.house.ledger.serving.idleCount).toBeGreaterThan(0))
  expect(await kept('last')).toEqual([])
})

test('no statement begins once the time is over, and the database stops the one at work', async () => {
  const began: string[] = []
  const { told, goOn } = begin((time) =>
    branch.works.run(
      branch.system,
      async (unit) => {
        vi.advanceTimersByTime(LIMIT_MS)
        await sql`select 1`.execute(unit.db)
        began.push('after the end')
      },
      time,
    ),
  )
  goOn()
  await expect(told).rejects.toMatchObject(UNDONE)
  expect(began).toEqual([])
  const late = new AbortController()
  const short = { limitMs: 20, signal: late.signal, late: new Error('too long') }
  await expect(
    branch.works.run(branch.system, (unit) => sql`select pg_sleep(60)`.execute(unit.db), {
      ...(short as unknown as CallTime),
      decide: () => undefined,
    }),
  ).rejects.toThrow('too long')
})

test('a unit without a time is not held to any', async () => {
  await branch.unit(branch.system, (unit) => once(unit, sent('free'), async () => 'done'))
  expect(await kept('free')).toHaveLength(1)
})
