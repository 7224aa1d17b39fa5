import { afterAll, expect, test } from 'vitest'
import type { FailedJob } from '#contract/jobs.ts'
import { openBranch, type Person } from './test/branch.ts'

const branch = await openBranch('2026-11-22T00:00:00Z')
afterAll(() => branch.close())
const at = `/branches/${branch.branchId}`
const administrator = await branch.hire({ roles: ['administrator'] })
const planner = await branch.hire({ roles: ['branch_manager'] })

let fails = true
branch.jobs.handle('publish', async () => {
  if (fails) throw new RangeError('13812345678 is out of range')
  return {}
})

async function listed(who: Person = administrator): Promise<FailedJob[]> {
  const { status, body } = await branch.get(`${at}/failed-jobs`, who)
  expect(status, JSON.stringify(body)).toBe(200)
  return (body as { rows: FailedJob[] }).rows
}
async function jobOf(jobId: string) {
  return (await branch.get(`${at}/jobs/${jobId}`, planner)).body as { state: string }
}
const until = (jobId: string, state: string) =>
  expect.poll(async () => (await jobOf(jobId)).state, { timeout: 20_000 }).toBe(state)
async function order(kind: 'plan' | 'publish', input: object): Promise<string> {
  const { jobId } = await branch.unit(planner, (unit) =>
    branch.jobs.start(unit, { branchId: branch.branchId, kind, input: { ...input } }),
  )
  await until(jobId, kind === 'plan' ? 'refused' : 'failed')
  return jobId
}
const retry = (jobId: string, who: Person) => branch.post(`${at}/jobs/${jobId}/retry`, who)

let [refused, failed] = ['', '']

test('an administrator reads what came to nothing, the latest first, and why', async () => {
  refused = await order('plan', { day: '2026-11-22' })
  branch.clock.set('2026-11-22T00:05:00Z')
  failed = await order('publish', { planId: '2026-11-22-1' })
  const orderedBy = { zh: `测试${planner.id}`, en: `测试${planner.id}` }
  expect(await listed()).toEqual([
    {
      ...{ jobId: failed, kind: 'publish', day: null, state: 'failed', tries: 1, orderedBy },
      because: {
        zh: '系统错误（RangeError），详情见服务日志',
        en: 'A fault of the program (RangeError); the log of the server says more',
      },
      finishedAt: '2026-11-22T00:05:00.000Z',
    },
    {
      ...{ jobId: refused, kind: 'plan', day: '2026-11-22', state: 'refused', tries: 1, orderedBy },
      because: { zh: expect.stringContaining('导入'), en: expect.stringContaining('import') },
      finishedAt: '2026-11-22T00:00:00.000Z',
    },
  ])
})

test('nobody else reads or tries them, and those of another branch are not there', async () => {
  const auditor = await branch.hire({ roles: ['auditor'] })
  const ofZone = await branch.hire({ unit: `${branch.branchId}-Z1`, roles: ['administrator'] })
  for (const who of [planner, auditor, ofZone]) {
    expect((await branch.get(`${at}/failed-jobs`, who)).status).toBe(403)
    expect((await retry(failed, who)).status).toBe(403)
  }
  const foreign = await branch.hire({ unit: '370685', roles: ['administrator'] })
  expect(await retry(failed, foreign)).toMatchObject({ status: 404, body: BRANCH_UNKNOWN })
  const own = `/branches/370685`
  const crossed = await branch.post(`${own}/jobs/${failed}/retry`, foreign)
  expect(crossed).toMatchObject({ status: 404, body: { code: 'job-unknown' } })
  expect((await branch.get(`${own}/failed-jobs`, foreign)).body).toMatchObject({ rows: [] })
})
const BRANCH_UNKNOWN = { code: 'branch-unknown' }

test('a job that failed is tried again once, told to the trail, and leaves the list when done', async () => {
  fails = false
  expect(await retry(failed, administrator)).toMatchObject({ status: 200, body: { jobId: failed } })
  await until(failed, 'done')
  expect(await retry(failed, administrator)).toMatchObject({
    status: 409,
    body: { code: 'job-not-failed' },
  })
  expect(await listed()).toMatchObject([{ jobId: refused }])
  const told = await branch.sql(`select actor, body::jsonb->'values' as values
    from platform.audit_entry where action = 'job.tried-again' and about_id = '${failed}'`)
  const values = { job: 'publish', tries: 1, orderedBy: planner.id }
  expect(told).toEqual([{ actor: administrator.id, values }])
})

test('what comes to nothing again is listed again, with how often it was tried', async () => {
  branch.clock.set('2026-11-22T00:10:00Z')
  expect((await retry(refused, administrator)).status).toBe(200)
  await until(refused, 'refused')
  expect(await listed()).toMatchObject([
    { jobId: refused, tries: 2, finishedAt: '2026-11-22T00:10:00.000Z' },
  ])
})
