import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../../test/branch.ts'
import { dormantDaysOf } from './policy.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const of = (unitId: string) => `/organisation/units/${unitId}/settings/dormancy`
const inForce = () => branch.unit(branch.system, (unit) => dormantDaysOf(unit, branchId))

test('the nearest unit that has said so decides after how many days somebody is dormant', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const city = await branch.hire({ unit: '3706', roles: ['administrator'] })
  expect(await inForce()).toBe(90)
  expect(await branch.put(of('3706'), city, { dormantDays: 60 })).toMatchObject({ status: 200 })
  expect(await inForce()).toBe(60)
  await branch.put(of(branchId), admin, { dormantDays: 120 })
  await branch.put(of(branchId), admin, { dormantDays: 120 })
  expect(await inForce()).toBe(120)
  expect((await branch.get(of(branchId), admin)).body).toMatchObject({
    inForce: { dormantDays: 120 },
    from: { unitId: branchId, version: 1 },
    history: [{ version: 1, savedBy: admin.id, setting: { dormantDays: 120 } }],
    can: ['settings:write'],
  })
})

test('days out of bounds and people without the permission are refused', async () => {
  const [admin, manager] = [await branch.hire({ roles: ['administrator'] }), await branch.hire()]
  expect(await branch.put(of(branchId), admin, { dormantDays: 0 })).toMatchObject({
    body: { code: 'malformed-request' },
  })
  expect(await branch.put(of(branchId), manager, { dormantDays: 30 })).toMatchObject({
    body: { code: 'not-allowed' },
  })
})
