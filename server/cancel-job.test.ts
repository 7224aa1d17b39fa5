import { afterAll, expect, test } from 'vitest'
import { openBranch, type Person } from './test/branch.ts'

const branch = await openBranch('2026-11-22T00:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const KINDS = ['import', 'withdraw', 'plan', 'publish', 'export', 'erase'] as const
type Kind = (typeof KINDS)[number]

for (const kind of KINDS)
  branch.jobs.handle(
    kind,
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        if (signal.aborted) reject(signal.reason)
      }),
  )

const starter = await branch.hire({ roles: ['branch_manager'] })
async function order(kind: Kind, input: object = {}): Promise<string> {
  const work = { branchId, kind, input: { ...input } }
  return (await branch.unit(starter, (unit) => branch.jobs.start(unit, work))).jobId
}
const cancel = (jobId: string, who: Person) =>
  branch.post(`/branches/${branchId}/jobs/${jobId}/cancel`, who)
const stateOf = async (jobId: string) =>
  (await branch.get(`/branches/${branchId}/jobs/${jobId}`, starter)).body as { state: string }
const untilCancelled = (jobId: string) =>
  expect.poll(() => stateOf(jobId), { timeout: 20_000 }).toMatchObject({ state: 'cancelled' })

test.each(KINDS)('whoever ordered a job of kind %s stops it', async (kind) => {
  const jobId = await order(kind)
  expect((await cancel(jobId, starter)).status).toBe(200)
  await untilCancelled(jobId)
})

test.each([
  { kind: 'import', input: { kind: 'subscribers' }, takes: 'import:write' },
  { kind: 'import', input: { kind: 'staff' }, takes: 'staff:passwords' },
  { kind: 'import', input: { kind: 'places' }, takes: 'organisation:write' },
  { kind: 'withdraw', input: {}, takes: 'import:write' },
  { kind: 'plan', input: {}, takes: 'plan:make' },
  { kind: 'publish', input: {}, takes: 'plan:publish' },
  { kind: 'export', input: {}, takes: 'export:approve' },
  { kind: 'erase', input: {}, takes: 'subject:approve' },
] as const)(
  'to stop a job of kind $kind ($input) that somebody else ordered takes $takes',
  async ({ kind, input, takes }) => {
    const jobId = await order(kind, input)
    for (const as of [
      { roles: ['micro_seller'] },
      { unit: `${branchId}-Z1`, roles: ['administrator', 'branch_manager', 'auditor'] },
    ] as const)
      expect(await cancel(jobId, await branch.hire(as))).toMatchObject({
        ...{ status: 403, body: { code: 'not-allowed', values: { action: takes } } },
      })
    expect(await stateOf(jobId)).not.toMatchObject({ state: 'cancelled' })
    const every = await branch.hire({ roles: ['administrator', 'branch_manager', 'auditor'] })
    expect((await cancel(jobId, every)).status).toBe(200)
    await untilCancelled(jobId)
  },
)
