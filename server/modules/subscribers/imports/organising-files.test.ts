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

const PEOPLE = 'staff_id,name,account,roles,unit_id'
const rolesOf = async (staffId: string) => {
  const rows = await branch.sql(`select roles from people.staff
    where staff_id = '${staffId}' and (valid_to is null or valid_to > '${DAY}')`)
  return rows.map(({ roles }) => roles)
}
const told = async (staffId: string) =>
  (
    await branch.sql(`select actor, body::jsonb->'values' as values from platform.audit_entry
      where action = 'staff.changed' and about_id = '${staffId}' order by seq`)
  ).map(({ actor, values }) => ({ actor, ...(values as object) }))

test('nobody raises or ends oneself by a file of people, and what it changes of others is told', async () => {
  const admin = await branch.hire({ roles: ['administrator'], account: 'adm-one' })
  const clerk = await branch.hire({
    unit: '370686-H01',
    roles: ['hall_clerk'],
    account: 'clerk-one',
  })
  const others = `${clerk.id},某某,clerk-two,hall_manager,370686-H01`
  const raised = `${admin.id},自己,adm-one,administrator|auditor|support_lead,${branchId}`
  expect(await order(admin, 'staff', [PEOPLE, raised, others, ''].join('\n'))).toMatchObject({
    ...{ state: 'done', result: { accepted: 1, rejected: 1 } },
  })
  expect(await rolesOf(admin.id)).toEqual([['administrator']])
  expect(await told(admin.id)).toEqual([])
  expect(await told(clerk.id)).toEqual([
    {
      ...{ actor: admin.id, unitId: '370686-H01', roles: 'hall_manager', validFrom: DAY },
      ...{ validTo: null, account: 'clerk-two', accountBefore: 'clerk-one', way: 'import' },
    },
  ])
  const without = [PEOPLE, others.replace('某某', '改名'), ''].join('\n')
  expect(await order(admin, 'staff', without)).toMatchObject({ result: { rejected: 0 } })
  expect(await rolesOf(admin.id)).toEqual([['administrator']])
  expect(await told(clerk.id)).toHaveLength(1)
})

test('an account is not given by a file to somebody who does more elsewhere', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const person = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'], account: 'both' })
  await branch.sql(`insert into people.post values
    ('${person.id}', 1, '3706', array['branch_manager'], '2026-12-01', null, now(), 'test')`)
  const row = `${person.id},测试,adm-mine,hall_clerk,370686-H01`
  expect(await order(admin, 'staff', [PEOPLE, row, ''].join('\n'))).toMatchObject({
    result: { accepted: 0, rejected: 1 },
  })
  const same = [PEOPLE, row.replace('adm-mine', 'both'), ''].join('\n')
  expect(await order(admin, 'staff', same)).toMatchObject({ result: { accepted: 1, rejected: 0 } })
})

test('what whoever ordered a file was allowed is asked again when it is done', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const content = [PEOPLE, `W77,王某,w77,hall_clerk,370686-H01`, ''].join('\n')
  await branch.sql(
    `update people.staff set roles = array['hall_clerk'] where staff_id = '${admin.id}'`,
  )
  const actor = { ...branch.system, id: admin.id }
  await expect(deliver(branch, content, { kind: 'staff' }, actor)).rejects.toMatchObject({
    code: 'not-allowed',
  })
  expect(await rolesOf('W77')).toEqual([])
})
