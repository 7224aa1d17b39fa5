import { afterAll, expect, test } from 'vitest'
import { addDays } from '#platform/day.ts'
import { unwatched, type Works } from '#platform/works.ts'
import { importFile } from '#subscribers'
import { generateCounty } from '../../sample/index.ts'
import { AS_OF, openCounty } from '../../test/county.ts'
import { wishesDelivered } from './wishes.ts'

const county = await openCounty('2026-11-21T00:00:00Z', { households: 100 })
afterAll(() => county.close())
const { branchId, system } = county
const subscriberIds = (
  await county.sql('select subscriber_id as id from subscribers.card order by 1 limit 30')
).map(({ id }) => String(id))

/** The lake of the county, and how often it was asked. */
function watchedLake(): Readonly<{ works: Works; asked: () => number }> {
  let times = 0
  const { lake } = county.works
  const ask = () => {
    times += 1
    return lake.ask()
  }
  return { works: { ...county.works, lake: { ...lake, ask } }, asked: () => times }
}

const wishes = (works: Works, ids: readonly string[]) =>
  county.unit(system, (unit) => wishesDelivered(unit, works, { branchId, subscriberIds: ids }))

test('the lake is asked once about each, and not at all about those that it told of', async () => {
  const { works, asked } = watchedLake()
  const first = await wishes(works, subscriberIds.slice(0, 20))
  expect(first?.size).toBe(20)
  expect(asked()).toBe(1)
  expect(await wishes(works, subscriberIds.slice(5, 15))).toEqual(
    new Map([...(first ?? [])].filter(([id]) => subscriberIds.slice(5, 15).includes(id))),
  )
  expect(asked()).toBe(1)
  await wishes(works, [...subscriberIds, 'nobody'])
  expect((await wishes(works, ['nobody']))?.size, 'nobody is nobody, and asked about once').toBe(0)
  expect(asked()).toBe(2)
})

test('a new extract is asked anew, and where there is none yet nothing is said', async () => {
  const { works, asked } = watchedLake()
  const [id = ''] = subscriberIds
  const before = await wishes(works, [id])
  const date = addDays(AS_OF, 20)
  county.clock.set(`${date}T00:00:00Z`)
  const out = `${county.files}-next`
  await generateCounty({ branchId, households: 100, seed: 7, date, out })
  const order = { actor: system, branchId, kind: 'subscribers' as const, date }
  await importFile(
    county.works,
    county.house.handlers,
    {
      ...order,
      ...{ path: `${out}/subscribers.csv`, name: 'subscribers.csv' },
      ...{ profile: null, dryRun: false, force: null },
    },
    unwatched,
  )
  const after = await wishes(works, [id])
  expect(asked()).toBe(2)
  expect([...(after?.keys() ?? [])]).toEqual([...(before?.keys() ?? [])])
  county.clock.set('2026-11-01T00:00:00Z')
  expect(await wishes(works, [id]), 'there was none at that time').toBeNull()
  county.clock.set('2026-11-21T00:00:00Z')
})
