import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../test/branch.ts'
import { forgetJobs } from './forget-jobs.ts'

const NOON = '2026-11-20T12:00:00Z'
const branch = await openBranch(NOON)
afterAll(() => branch.close())
const { branchId, works } = branch

/** A job that ended at an instant; one that did not, at none. */
async function keep(finishedAt: string | null, of = branchId): Promise<string> {
  const jobId = randomUUID()
  const [state, end] = finishedAt ? ['done', `'${finishedAt}'`] : ['running', 'null']
  await branch.sql(`insert into platform.job
      (branch_id, job_id, kind, input, state, started_by, created_at, finished_at)
    values ('${of}', '${jobId}', 'plan', '{}', '${state}', 'system', '2025-01-01', ${end})`)
  return jobId
}
const left = async () =>
  (await branch.sql('select job_id as id from platform.job')).map(({ id }) => String(id)).sort()

test('a job is forgotten when its days are over, and not before', async () => {
  const kept = await keep(NOON)
  branch.clock.set('2027-02-18T12:00:00Z') // the 90th day
  expect(await forgetJobs(works, 90)).toBe(0)
  expect(await left()).toEqual([kept])
  branch.clock.set('2027-02-18T12:00:01Z')
  expect(await forgetJobs(works, 90)).toBe(1)
  expect(await left()).toEqual([])
})

test('jobs go in batches, those of every branch, and the trail of each says how many', async () => {
  const unfinished = await keep(null)
  for (const of of ['370686', '370686', '370686', '370685', '370685'])
    await keep('2026-01-01T00:00:00Z', of)
  expect(await forgetJobs(works, 90, 2)).toBe(5)
  expect(await left(), 'what has not ended is never forgotten').toEqual([unfinished])
  const told = await branch.sql(`
    select chain, sum((body::jsonb->'values'->>'count')::integer)::integer as count
      from platform.audit_entry where action = 'job.forgotten' and at = '2027-02-18T12:00:01Z'
     group by chain order by chain`)
  expect(told).toEqual([
    { chain: '370685', count: 2 },
    { chain: '370686', count: 4 }, // with the one above
  ])
})

test('nobody who serves removes a job but the system', async () => {
  const kept = await keep(NOON)
  const administrator = await branch.hire({ roles: ['administrator'] })
  const removed = await branch.unit(administrator, (unit) =>
    sql`delete from platform.job returning 1`.execute(unit.db),
  )
  expect(removed.rows).toEqual([])
  expect(await left()).toContain(kept)
})
