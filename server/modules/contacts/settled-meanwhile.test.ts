import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { readBranch, settingAt, settle } from '#people'
import { openBranch } from '../../test/branch.ts'
import { CONTACT_RULES } from './policy.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())
const { branchId, system } = branch
const administrator = await branch.hire({ unit: branchId, roles: ['administrator'] })

test('whoever settles the rules of contact is judged by the new ones in the same unit', async () => {
  await branch.unit(administrator, async (unit) => {
    const before = await settingAt(unit, branchId, CONTACT_RULES)
    await settle(unit, branchId, CONTACT_RULES, { ...before, perChannelDays: 20 })
    expect(await settingAt(unit, branchId, CONTACT_RULES)).toMatchObject({ perChannelDays: 20 })
  })
})

test('a branch that is renamed in a unit has its new name there', async () => {
  await branch.unit(system, async (unit) => {
    const { name } = await readBranch(unit, branchId)
    await sql`update people.unit set name = name || '新' where unit_id = ${branchId}`.execute(
      unit.db,
    )
    expect((await readBranch(unit, branchId)).name).toBe(`${name}新`)
  })
})
