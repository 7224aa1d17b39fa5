import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { liveMorning } from './demo-morning.ts'
import { openCounty } from './test/county.ts'
import { openWorkOf } from './test/task-results.ts'

/** Saturday, a quarter past eight in the morning. */
const county = await openCounty('2026-11-21T00:15:00Z', { households: 240 })
afterAll(() => county.close())
const { branchId, works } = county
await openWorkOf(county, '2026-11-21')
const live = () => liveMorning(works, branchId, unwatched)

test('before half past eight nobody has been anywhere', async () => {
  expect(await live()).toBe(0)
})

test('at ten some have been to the first doors of their lists, and told what came of it', async () => {
  county.clock.set('2026-11-21T02:00:00Z')
  const visits = await live()
  expect(visits).toBeGreaterThan(10)
  const told = await county.sql(`select result, staff_id as who, happened_at as at
    from worklists.result order by happened_at`)
  expect(told).toHaveLength(visits)
  expect(new Set(told.map(({ result }) => result)).size, 'not all met the same').toBeGreaterThan(2)
  for (const { at } of told) {
    expect(at as Date).toBeInstanceOf(Date)
    expect((at as Date).toISOString() >= '2026-11-21T00:30:00.000Z').toBe(true)
    expect((at as Date).toISOString() <= '2026-11-21T02:00:00.000Z').toBe(true)
  }
  const { body } = await county.get(`/branches/${branchId}/board`, await county.hire())
  const counts = JSON.stringify(body)
  expect(counts).toMatch(/"done":[1-9]/)
})
