import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { openBranch, type Person } from '../../../test/branch.ts'
import { deliver } from '../../../test/extract.ts'
import { saveUpload } from './uploads.ts'

const branch = await openBranch('2026-11-20T01:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const DAY = '2026-11-20'

type Ended = { state: string; result?: { accepted: number; rejected: number }; code?: string }

/** Orders the import of a file as a person does, and waits until the job has ended. */
async function order(by: Person, kind: string, content: string): Promise<Ended> {
  const stream = Readable.from([Buffer.from(content)])
  const { uploadId } = await saveUpload(branch.works, by.actor, {
    ...{ branchId, name: `${kind}.csv`, stream },
  })
  const body = { kind, date: DAY, profile: null, dryRun: false, force: '试', uploadId }
  const started = await branch.post(`/branches/${branchId}/imports`, by, body)
  expect(started).toMatchObject({ status: 200 })
  const { jobId } = started.body as { jobId: string }
  for (;;) {
    const job = (await branch.get(`/branches/${branchId}/jobs/${jobId}`, by)).body as Ended
    if (job.state !== 'queued' && job.state !== 'running') return job
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const standing = async () =>
  (await branch.sql(`select unit_id as id, parent_id as parent, name from people.unit
    where valid_to is null order by unit_id`)) as { id: string; parent: string; name: string }[]

/** The organisation as it stands, with rows of it written otherwise, or left out where nothing is. */
async function organisation(change: Readonly<Record<string, string>>, more: string[] = []) {
  const rows = (await branch.sql(`select unit_id, parent_id, kind, name from people.unit
     where valid_to is null and (unit_id like '${branchId}%' or length(unit_id) < 6)
     order by unit_id`)) as Record<string, string | null>[]
  const lines = rows.map(
    (row) =>
      change[row.unit_id ?? ''] ?? `${row.unit_id},${row.parent_id ?? ''},${row.kind},${row.name}`,
  )
  return ['unit_id,parent_id,kind,name', ...lines.filter(Boolean), ...more, ''].join('\n')
}

test('a manager’s file changes the own branch and neither the city nor the province above it', async () => {
  const manager = await branch.hire({ roles: ['branch_manager'] })
  const before = await standing()
  const file = await organisation({
    '37': '37,,province,改名的省公司',
    '3706': '3706,37,city,改名的市公司',
    '370686-Z1': '370686-Z1,370686,zone,东片区',
  })
  expect(await order(manager, 'organisation', file)).toMatchObject({
    ...{ state: 'done', result: { rejected: 2 } },
  })
  const after = await standing()
  const name = (units: typeof after, id: string) => units.find((each) => each.id === id)?.name
  for (const id of ['37', '3706']) expect(name(after, id)).toBe(name(before, id))
  expect(name(after, '370686-Z1')).toBe('东片区')
  const [row] = await branch.sql(`select recorded_by as by from people.unit
    where unit_id = '370686-Z1' and valid_to is null`)
  expect(row).toEqual({ by: manager.id })
})

test('the branch hangs where it hung, and takes no closed unit of another into its own', async () => {
  const manager = await branch.hire({ roles: ['branch_manager'] })
  await branch.sql(`insert into people.unit values
    ('3707', '2020-01-01', null, '37', 'city', '潍坊', null, null, now(), 'test'),
    ('370685-Z9', '2020-01-01', '2021-01-01', '370685', 'zone', '旧片区', null, null, now(), 'test')`)
  const file = await organisation({ '3706': '', '3707': '', '370686': '370686,3707,branch,栖霞' }, [
    '370685-Z9,370686,zone,拿来的片区',
  ])
  expect(await order(manager, 'organisation', file)).toMatchObject({
    ...{ state: 'done', result: { rejected: 2 } },
  })
  const units = await standing()
  expect(units.find(({ id }) => id === '370686')).toMatchObject({ parent: '3706' })
  expect(units.map(({ id }) => id)).not.toContain('370685-Z9')
})

test('whoever organises the city, and the command line, change it by the same file', async () => {
  const above = await branch.hire({ unit: '3706', roles: ['administrator'] })
  const file = await organisation({ '3706': '3706,37,city,烟台分公司', '3707': '' })
  const manager = await branch.hire({ roles: ['branch_manager'] })
  expect(await order(manager, 'organisation', file)).toMatchObject({ result: { rejected: 1 } })
  expect(await order(above, 'organisation', file)).toMatchObject({ result: { rejected: 0 } })
  expect(await standing()).toContainEqual({ id: '3706', parent: '37', name: '烟台分公司' })
  const owner = await organisation({ '37': '37,,province,山东公司', '3707': '' })
  expect(await deliver(branch, owner, { kind: 'organisation', force: '试' })).toMatchObject({
    rejected: 0,
  })
  expect(await standing()).toContainEqual({ id: '37', parent: null, name: '山东公司' })
})
