import { afterAll, expect, test } from 'vitest'
import { namePeople } from '#people'
import { openBranch } from '../../test/branch.ts'

const branch = await openBranch('2026-11-20T01:00Z')
afterAll(() => branch.close())
const manager = await branch.hire()
const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
const stranger = await branch.hire({ unit: '370685' })
const nameOf = (id: string) => ({ zh: `测试${id}`, en: `测试${id}` })

test.each([
  { id: manager.id, reader: manager, called: nameOf(manager.id), because: 'one’s own name' },
  { id: clerk.id, reader: manager, called: nameOf(clerk.id), because: 'the clerk is below' },
  { id: manager.id, reader: clerk, called: { zh: '—', en: '—' }, because: 'the manager is above' },
  { id: stranger.id, reader: manager, called: { zh: '—', en: '—' }, because: 'another branch' },
  {
    id: 'system',
    reader: clerk,
    called: { zh: '系统', en: 'System' },
    because: 'the command line and timers have no post',
  },
])('a record of $id is called $called.zh: $because', async ({ id, reader, called }) => {
  const whoIs = await branch.unit(reader, (unit) => namePeople(unit, [id, null, id]))
  expect(whoIs(id)).toEqual(called)
})

test('a person is called by the latest name', async () => {
  const moved = await branch.hire()
  await branch.sql(
    `update people.staff set valid_to = '2026-01-01' where staff_id = '${moved.id}';
     insert into people.staff (staff_id, valid_from, unit_id, name, roles, skills, capacity_door,
       capacity_call, capacity_hall, capacity_install, days, recorded_at, recorded_by)
     select staff_id, '2026-01-01', unit_id, '改名', roles, skills, capacity_door, capacity_call,
       capacity_hall, capacity_install, days, recorded_at, recorded_by
       from people.staff where staff_id = '${moved.id}'`,
  )
  const whoIs = await branch.unit(manager, (unit) => namePeople(unit, [moved.id]))
  expect(whoIs(moved.id)).toEqual({ zh: '改名', en: '改名' })
})
