import { afterAll, expect, test } from 'vitest'
import { onBehalfOf } from '#platform/unit.ts'
import { openBranch } from '../../../test/branch.ts'
import { importRows } from '../../../test/import-rows.ts'
import { unitsInScope } from './units.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const GRID = '370686-H01-G9'
await importRows(branch, {
  kind: 'subscribers',
  date: '2026-11-20',
  rows: [
    { subscriber_id: 'S1', household_id: 'H1', status: 'active', grid_code: GRID },
    { subscriber_id: 'S2', household_id: 'H2', status: 'active', grid_code: '370686-H02-G1' },
  ],
})
const gridUnder = (parentId: string, name = '新网格') => ({
  ...{ parentId, kind: 'grid', name, divisionCode: null, headStaffId: null },
  ...{ validFrom: '2026-11-20', validTo: null },
})
const homes = () =>
  branch.sql('select subscriber_id as id, unit_id as home from subscribers.card order by 1')

test('whoever opens a grid has its subscribers there at once, though they were out of sight', async () => {
  const zone = await branch.hire({ unit: '370686-Z1', roles: ['branch_manager'] })
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  const card = () => branch.get(`/branches/${branch.branchId}/subscribers/S1`, clerk)
  expect(await homes()).toMatchObject([{ home: '370686' }, { home: '370686-H02-G1' }])
  expect(await card()).toMatchObject({ status: 404 })
  const put = await branch.put(`/organisation/units/${GRID}`, zone, gridUnder('370686-H01'))
  expect(put).toMatchObject({ status: 200 })
  expect(await homes()).toMatchObject([{ home: GRID }, { home: '370686-H02-G1' }])
  expect(await card()).toMatchObject({ status: 200 })
})

test('a refused edit moves nobody', async () => {
  const zone = await branch.hire({ unit: '370686-Z1', roles: ['branch_manager'] })
  const before = await homes()
  const url = '/organisation/units/370686-H02-G8'
  expect(await branch.put(url, zone, gridUnder('370686-H02'))).toMatchObject({ status: 404 })
  expect(await homes()).toEqual(before)
})

test('what is done on behalf of the system leaves the scope of the person as it was', async () => {
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  const own = await branch.unit(clerk, unitsInScope)
  const seen = await branch.unit(clerk, async (unit) => {
    const during = await onBehalfOf(unit, branch.system, unitsInScope)
    const after = await unitsInScope(unit)
    const failed = await onBehalfOf(unit, branch.system, async () => {
      throw new Error('no')
    }).catch((error: Error) => error.message)
    return { during: during.length, after, failed, afterFailure: await unitsInScope(unit) }
  })
  expect(seen).toMatchObject({ after: own, failed: 'no', afterFailure: own })
  expect(seen.during).toBeGreaterThan(own.length)
})
