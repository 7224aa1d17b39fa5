import { globSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import { openCounty } from '../../test/county.ts'

const county = await openCounty('2026-11-21T01:00:00Z', { households: 120 })
afterAll(() => county.close())
const { branchId, works } = county

test('a list that is published names people as they were corrected, and where they live', async () => {
  const { planId } = await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
  const [file = ''] = globSync('**/tasks.parquet', { cwd: works.lake.folder })
  await using session = await works.lake.session()
  const [task] = await session.rows<{ id: string }>(
    'select subscriber_id as id from read_parquet($file) order by 1 limit 1',
    { file: join(works.lake.folder, file) },
  )
  const manager = await county.hire()
  const right = { name: '欧阳知更鸟', phone: '13811112222', address: '桃村镇国路夼村77号' }
  for (const [field, value] of Object.entries(right))
    expect(
      await county.post(`/branches/${branchId}/subscribers/${task?.id}/corrections`, manager, {
        ...{ field, value, number: 'XF-2026-9' },
      }),
    ).toMatchObject({ status: 200 })
  await publishPlan(works, { branchId, planId }, unwatched)
  const shown = await county.sql(`
    select distinct name, phone, address from worklists.task where subscriber_id = '${task?.id}'`)
  expect(shown).toEqual([{ name: '欧阳***', phone: '138****2222', address: right.address }])
})
