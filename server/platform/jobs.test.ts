import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../test/branch.ts'
import { type JobKind, type JobWork, openJobs } from './jobs.ts'
import { openQueue } from './queue.ts'
import { Refusal } from './refusal.ts'

const branch = await openBranch('2026-11-20T01:00Z')
afterAll(() => branch.close())
const { branchId, works, system } = branch
const KIND: JobKind = 'plan'

/** A process that works on jobs, beside the one of the branch. */
function openProcess(work: JobWork, of = works) {
  const log = { error: () => undefined }
  const queue = openQueue(branch.house.ledger.owner, log)
  const jobs = openJobs(of, queue, log)
  jobs.handle(KIND, work)
  const order = () =>
    branch.unit(system, (unit) => jobs.start(unit, { branchId, kind: KIND, input: {} }))
  const state = async (jobId: string) =>
    (await branch.unit(system, (unit) => jobs.read(unit, branchId, jobId))).state
  const until = async (jobId: string, wanted: string) => {
    await expect.poll(() => state(jobId), { timeout: 20_000 }).toBe(wanted)
  }
  const resume = async () => {
    await queue.takeOver()
    return jobs.resume()
  }
  return { ...jobs, resume, close: queue.close, order, state, until }
}

/** Work that begins and never ends by itself. */
function endless() {
  const begun = Promise.withResolvers<void>()
  const work: JobWork = (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      begun.resolve()
    })
  return { begun: begun.promise, work }
}

test('a job is ordered with the rest of its unit: undone with it, it never was', async () => {
  let worked = 0
  const jobs = openProcess(async () => ({ worked: ++worked }))
  let jobId = ''
  const undone = branch.unit(system, async (unit) => {
    jobId = (await jobs.start(unit, { branchId, kind: KIND, input: {} })).jobId
    throw new Error('something after it failed')
  })
  await expect(undone).rejects.toThrow('something after it failed')
  await expect(jobs.state(jobId)).rejects.toMatchObject({ code: 'job-unknown' })
  const other = await jobs.order()
  await jobs.until(other.jobId, 'done')
  expect(worked, 'only the one that was kept').toBe(1)
})

test('what a stopping process was working on is done by the next, once', async () => {
  const { begun, work } = endless()
  const first = openProcess(work)
  const { jobId } = await first.order()
  await begun
  await first.close()
  expect(await first.state(jobId)).toBe('running')
  let worked = 0
  const second = openProcess(async () => ({ worked: ++worked }))
  expect(await second.resume()).toBe(1)
  await second.until(jobId, 'done')
  expect(await second.resume(), 'nothing is left').toBe(0)
  expect(worked).toBe(1)
})

test('a job whose cancelling was acknowledged is not run again when the process dies of it', async () => {
  const { begun, work } = endless()
  const dying = openProcess(work)
  const { jobId } = await dying.order()
  await begun
  await branch.sql(`update platform.job set cancel_asked_at = created_at where job_id = '${jobId}'`)
  let worked = 0
  const next = openProcess(async () => ({ worked: ++worked }))
  await next.resume()
  await next.until(jobId, 'cancelled')
  expect(worked).toBe(0)
  await dying.close()
})

test('a restored ledger has jobs and no messages: what is unfinished is done', async () => {
  const { begun, work } = endless()
  const before = openProcess(work)
  const { jobId } = await before.order()
  await begun
  await before.close()
  await branch.sql('delete from pgboss.job')
  const restored = openProcess(async () => ({}))
  expect(await restored.resume()).toBe(1)
  await restored.until(jobId, 'done')
})

test('a job that has ended is not done again when its message comes again', async () => {
  let worked = 0
  const jobs = openProcess(async () => ({ worked: ++worked }))
  const { jobId } = await jobs.order()
  await jobs.until(jobId, 'done')
  const messages = (state: string) =>
    branch.sql(`select from pgboss.job where data->>'jobId' = '${jobId}' and state = '${state}'`)
  await expect.poll(() => messages('completed')).toHaveLength(1)
  await branch.sql(`update pgboss.job set state = 'created' where data->>'jobId' = '${jobId}'`)
  const other = await jobs.order()
  await jobs.until(other.jobId, 'done')
  await expect.poll(() => messages('completed')).toHaveLength(1)
  expect(worked, 'each once').toBe(2)
})

test('a job that waits for its turn is cancelled without being begun', async () => {
  let worked = 0
  const work: JobWork = async () => ({ worked: ++worked })
  const stopped = openProcess(work)
  await stopped.close()
  const { jobId } = await stopped.order()
  await branch.unit(system, (unit) => stopped.cancel(unit, branchId, jobId))
  const next = openProcess(work)
  await next.resume()
  await next.until(jobId, 'cancelled')
  expect(worked).toBe(0)
})

test('whoever cancels a job finds it cancelled', async () => {
  const { begun, work } = endless()
  const jobs = openProcess(work)
  const { jobId } = await jobs.order()
  await begun
  await branch.unit(system, (unit) => jobs.cancel(unit, branchId, jobId))
  await jobs.until(jobId, 'cancelled')
})

test('a job waits for a ledger that went away under it, and is then done', async () => {
  let tries = 0
  const jobs = openProcess(async () => {
    tries += 1
    if (tries === 1)
      await branch.unit(system, async () => {
        await branch.sql(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and state = 'idle in transaction'`)
      })
    return { tries }
  })
  const { jobId } = await jobs.order()
  await jobs.until(jobId, 'done')
  expect(tries).toBe(2)
})

test('a cancel that comes while the job is taken up is not lost', async () => {
  const ordered = Promise.withResolvers<string>()
  let units = 0
  const run: typeof works.run = async (...asked) => {
    const result = await works.run(...asked)
    units += 1
    // The first unit of the process has read the row; nobody knows yet that it is being worked on.
    if (units === 1) {
      const jobId = await ordered.promise
      await branch.unit(system, (unit) => jobs.cancel(unit, branchId, jobId))
    }
    return result
  }
  let worked = 0
  const jobs = openProcess(async () => ({ worked: ++worked }), { ...works, run })
  const { jobId } = await jobs.order()
  ordered.resolve(jobId)
  await jobs.until(jobId, 'cancelled')
  expect(worked).toBe(0)
})

test('a result with signs that the ledger does not take is kept without them', async () => {
  let worked = 0
  const text = `half \ud83d, nothing \0, whole 🎉`
  const jobs = openProcess(async () => ({ worked: ++worked, lines: [{ text }] }))
  const { jobId } = await jobs.order()
  await jobs.until(jobId, 'done')
  const [row] = await branch.sql(`select result from platform.job where job_id = '${jobId}'`)
  expect(row?.result).toEqual({ worked: 1, lines: [{ text: 'half \ufffd, nothing , whole 🎉' }] })
})

test('a job whose result cannot be kept has failed, and is not done again', async () => {
  let worked = 0
  const jobs = openProcess(async () => ({ worked: ++worked, rows: 10n }))
  const { jobId } = await jobs.order()
  await jobs.until(jobId, 'failed')
  expect(worked).toBe(1)
})

const tryAgain = ({ tryAgain: again }: ReturnType<typeof openProcess>, jobId: string) =>
  branch.unit(system, (unit) => again(unit, { branchId, jobId }))

test('a job that failed is done once more when somebody has it tried again', async () => {
  const orders: unknown[] = []
  const jobs = openProcess(async ({ input, actor }) => {
    orders.push([input, actor.id])
    if (orders.length === 1) throw new TypeError('王小明 is not a function')
    return {}
  })
  const { jobId } = await jobs.order()
  await jobs.until(jobId, 'failed')
  const [kept] = await branch.sql(`select fault from platform.job where job_id = '${jobId}'`)
  expect(kept, 'what is kept of an error is not its text').toEqual({ fault: 'TypeError' })
  expect(await tryAgain(jobs, jobId)).toMatchObject({ jobId, state: 'queued', finishedAt: null })
  await jobs.until(jobId, 'done')
  expect(orders).toEqual([orders[0], orders[0]])
})

test('a job that waits, was done or was cancelled is not tried again, nor one twice at once', async () => {
  const work: JobWork = async () => {
    throw new Refusal('conflict', 'plan-not-draft', { plan: 'P1' })
  }
  const jobs = openProcess(work)
  const { jobId } = await jobs.order()
  await jobs.until(jobId, 'refused')
  await jobs.close() // so that it waits for its turn
  const both = await Promise.allSettled([tryAgain(jobs, jobId), tryAgain(jobs, jobId)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(tryAgain(jobs, jobId)).rejects.toMatchObject({ code: 'job-not-failed' })
  await branch.unit(system, (unit) => jobs.cancel(unit, branchId, jobId))
  const next = openProcess(work)
  await next.resume()
  await next.until(jobId, 'cancelled')
  await expect(tryAgain(next, jobId)).rejects.toMatchObject({ code: 'job-not-failed' })
})

test('the message of a try before does not have a job worked on', async () => {
  let worked = 0
  const failing = openProcess(async () => {
    throw new Error('not today')
  })
  const { jobId } = await failing.order()
  await failing.until(jobId, 'failed')
  await failing.close()
  await tryAgain(failing, jobId)
  await branch.sql(
    `delete from pgboss.job where data->>'jobId' = '${jobId}' and data->>'tries' = '2'`,
  )
  await branch.sql(`update pgboss.job set state = 'created' where data->>'jobId' = '${jobId}'`)
  const next = openProcess(async () => ({ worked: ++worked }))
  const other = await next.order()
  await next.until(other.jobId, 'done')
  expect([worked, await next.state(jobId)]).toEqual([1, 'queued'])
  expect(await next.resume()).toBe(1)
  await next.until(jobId, 'done')
  expect(worked).toBe(2)
})
