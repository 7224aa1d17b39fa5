import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import type { Unit } from '#platform/unit.ts'
import { openBranch } from '../../test/branch.ts'
import { openPhone } from '../../test/phone.ts'

const branch = await openBranch('2026-11-20T22:30:00Z')
afterAll(() => branch.close())
const seller = await branch.hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
const leader = await branch.hire({ unit: '370686-H01', roles: ['hall_manager'] })
const { deviceId } = await openPhone(branch, seller)
const rows = () => branch.sql('select * from field.device order by 1, 2, 3')

const change = (set: string) => async (unit: Unit) => {
  const done = await sql`
    update field.device set ${sql.raw(set)} where device_id = ${deviceId}`.execute(unit.db)
  return Number(done.numAffectedRows)
}

test.each([
  `half = 'x'`,
  `name = 'x'`,
  `half_expires_at = now() + interval '9 days'`,
  `unit_id = '370686-H01'`,
  `wiped_at = now(), wiped_by = 'x', seen_at = now()`,
])('whoever leads a person does not write of a phone: %s', async (set) => {
  const before = await rows()
  await expect(branch.unit(leader, change(set))).rejects.toThrow(/wiped, and not changed/)
  expect(await rows()).toEqual(before)
})

test('whoever leads a person adds no phone to them', async () => {
  const add = (unit: Unit) =>
    sql`insert into field.device (branch_id, device_id, staff_id, unit_id, name, registered_at,
          seen_at, half, half_expires_at)
        select branch_id, gen_random_uuid(), staff_id, unit_id, name, registered_at, seen_at, half,
          half_expires_at from field.device`.execute(unit.db)
  await expect(branch.unit(leader, add)).rejects.toThrow(/row-level security/)
  expect(await rows()).toHaveLength(1)
})

test('nobody gives a phone to another person, the person of it neither', async () => {
  for (const who of [seller, leader])
    await expect(branch.unit(who, change(`staff_id = '${leader.id}'`))).rejects.toThrow(/denied/)
  expect(await rows()).toMatchObject([{ staff_id: seller.id }])
})

test('a phone is wiped by whoever leads its person, and written by its person', async () => {
  const wiped = `wiped_at = now(), wiped_by = '${leader.id}'`
  expect(await branch.unit(leader, change(wiped))).toBe(1)
  expect(await branch.unit(seller, change(`name = 'mine', half = 'x'`))).toBe(1)
  expect(await rows()).toMatchObject([{ name: 'mine', wiped_by: leader.id }])
})
