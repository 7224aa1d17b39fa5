import { afterAll, expect, test } from 'vitest'
import { readRules } from '#worklists'
import { openBranch } from '../../test/branch.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const of = (unitId: string) => `/organisation/units/${unitId}/settings/plans`
const inForce = () => branch.unit(branch.system, (unit) => readRules(unit, branchId))

test('a branch says whether full crews hand over, within what the level above allows', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const city = await branch.hire({ unit: '3706', roles: ['administrator'] })
  expect((await branch.get(of(branchId), admin)).body).toEqual({
    ...{ inForce: { mayOverflow: true }, from: null, limits: [], history: [] },
    can: ['settings:write'],
  })
  await branch.put(of(branchId), admin, { mayOverflow: false })
  expect(await inForce()).toEqual({ mayOverflow: false })
  await branch.put(of(branchId), admin, { mayOverflow: true })
  expect(await inForce()).toEqual({ mayOverflow: true })
  await branch.put(of('3706'), city, { mayOverflow: false })
  expect(await inForce(), 'what was allowed is so no longer').toEqual({ mayOverflow: false })
  expect(await branch.put(of(branchId), admin, { mayOverflow: true })).toMatchObject({
    status: 422,
    body: { code: 'plan-rules-too-loose', values: { level: '烟台' } },
  })
  expect((await branch.get(of(branchId), admin)).body).toMatchObject({
    limits: [{ setting: 'mayOverflow', limit: false, by: { zh: '烟台' } }],
    history: [
      { version: 2, setting: { mayOverflow: true } },
      { version: 1, setting: { mayOverflow: false }, savedBy: admin.id },
    ],
  })
})
