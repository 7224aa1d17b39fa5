import { afterAll, expect, test } from 'vitest'
import { openBranch, type Person } from '../../../test/branch.ts'
import { insertLook } from './unmask-store.ts'

const branch = await openBranch('2026-11-21T01:00Z')
afterAll(() => branch.close())

const DAY = '2026-11-20'
const at = '/branches/370686/alarms'
const person = await branch.hire({ unit: '370686-Z1', roles: ['zone_manager'] })
const raise = (instant: string) =>
  branch.sql(`
    insert into subscribers.alarm (branch_id, staff_id, day, reason, unit_id, details, first_at, last_at)
    values ('370686', '${person.id}', '${DAY}', 'outside-tasks', '370686-Z1', '{"count": 3}',
        '${instant}', '${instant}')
    on conflict (branch_id, staff_id, day, reason) do update set last_at = excluded.last_at`)
await raise('2026-11-20T09:00:00Z')

const alarm = { staffId: person.id, day: DAY, reason: 'outside-tasks' }
const look = (who: Person, more: object = {}) =>
  branch.post(`${at}/looks`, who, { ...alarm, note: '已电话核实，客户投诉处理', ...more })
const looked = async (who: Person) => {
  const { body } = await branch.get(at, who)
  const { rows } = body as { rows: { looked: { note: string } | null }[] }
  return rows.map((row) => row.looked)
}

test('who answers for the unit says what came of an alarm, and it is in the trail', async () => {
  const auditor = await branch.hire({ roles: ['auditor'] })
  expect(await looked(auditor)).toEqual([null])
  expect(await look(auditor)).toMatchObject({ status: 200, body: { done: true } })
  const said = {
    at: '2026-11-21T01:00:00.000Z',
    staffId: auditor.id,
    staffName: { zh: `测试${auditor.id}` },
    note: '已电话核实，客户投诉处理',
  }
  expect(await looked(auditor)).toMatchObject([said])
  const entries = await branch.sql(`select actor, body::jsonb->'values' as values
    from platform.audit_entry where action = 'alarm.looked-into' and about_id = '${person.id}'`)
  expect(entries).toEqual([{ actor: auditor.id, values: { reason: 'outside-tasks', day: DAY } }])
})

test('what goes on after that waits for a look again, and every look is kept', async () => {
  const auditor = await branch.hire({ roles: ['auditor'] })
  await raise('2026-11-21T01:10:00Z')
  expect(await looked(auditor)).toEqual([null])
  branch.clock.set('2026-11-21T01:20:00Z')
  await look(auditor, { note: '再次核实' })
  expect(await looked(auditor)).toMatchObject([{ note: '再次核实' }])
  expect(await branch.sql('select from subscribers.alarm_look')).toHaveLength(2)
})

test('nobody looks into what is said of themselves, nor of people elsewhere', async () => {
  expect(await look(await branch.signIn(person.id))).toMatchObject({
    status: 403,
    body: { code: 'alarm-own' },
  })
  const [beside, county, clerk] = [
    await branch.hire({ unit: '370686-Z2', roles: ['zone_manager'] }),
    await branch.hire({ unit: '370685', roles: ['auditor'] }),
    await branch.hire({ unit: '370686-Z1', roles: ['hall_clerk'] }),
  ]
  expect(await look(beside)).toMatchObject({ status: 404, body: { code: 'alarm-unknown' } })
  expect(await look(county)).toMatchObject({ status: 404, body: { code: 'branch-unknown' } })
  expect(await look(clerk)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  const auditor = await branch.hire({ roles: ['auditor'] })
  expect(await look(auditor, { day: '2026-11-19' })).toMatchObject({ status: 404 })
  expect(await look(auditor, { note: ' ' })).toMatchObject({ status: 400 })
})

test('the database itself refuses a look at what is said of oneself, and to change one', async () => {
  const own = { branchId: '370686', ...alarm }
  const signedIn = await branch.signIn(person.id)
  await expect(branch.unit(signedIn, (unit) => insertLook(unit, own, '没问题'))).rejects.toThrow(
    'row-level security',
  )
  await expect(branch.sql('delete from subscribers.alarm_look')).rejects.toThrow('append-only')
})
