import { afterAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { openBranch } from './test/branch.ts'
import { keepUp } from './upkeep.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())

test('upkeep that comes to nothing does not keep the server from stopping', async () => {
  const other = await branch.house.ledger.owner.connect()
  try {
    await other.query('begin; lock table platform.webhook in access exclusive mode')
    const upkeep = keepUp(branch.house, readConfig({}), { error: () => undefined })
    await upkeep[Symbol.asyncDispose]() // waited for, it would never end
  } finally {
    await other.query('rollback')
    other.release()
  }
})

test('a serving house forgets jobs that ended more than 90 days ago', async () => {
  const ended = (jobId: string, at: string) =>
    branch.sql(`insert into platform.job
        (branch_id, job_id, kind, input, state, started_by, created_at, finished_at)
      values ('370686', '${jobId}', 'plan', '{}', 'done', 'system', '${at}', '${at}')`)
  await ended('00000000-0000-4000-8000-000000000001', '2026-08-21T23:59:59Z')
  await ended('00000000-0000-4000-8000-000000000002', '2026-08-22T00:00:00Z')
  await using _ = keepUp(branch.house, readConfig({}), { error: () => undefined })
  const left = () => branch.sql('select job_id from platform.job')
  await expect
    .poll(left, { timeout: 20_000 })
    .toEqual([{ job_id: '00000000-0000-4000-8000-000000000002' }])
})
