import { afterAll, expect, test } from 'vitest'
import type { Person } from '../../test/branch.ts'
import { AS_OF, openCounty } from '../../test/county.ts'

const county = await openCounty('2026-11-20T22:30:00Z')
afterAll(() => county.close())
const { branchId } = county
const TODAY = '2026-11-21' // where the branch is, the evening of UTC is the next morning
const manager = await county.hire()

type Calendar = Readonly<{
  asOf: string | null
  days: { day: string; ending: number; monthlyFeeFen: number }[]
  byUnit: { unitId: string; ending: number; lapsed: number }[]
  lapsed: number
  notStated: number
}>
const read = async (query: string, who: Person = manager) => {
  const { status, body } = await county.get(`/branches/${branchId}/expiry-calendar?${query}`, who)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Calendar
}
const sum = (lines: readonly { ending: number }[]) =>
  lines.reduce((all, { ending }) => all + ending, 0)

test('every contract that ends in the days asked for is on its day, the last day is not asked', async () => {
  const calendar = await read(`from=${TODAY}&to=2026-12-21`)
  const cards = await county.sql(`
    select contract_end::text as day, count(*)::int as ending from subscribers.card
     where branch_id = '${branchId}' and status <> 'terminated' and status <> 'pending'
       and contract_end >= '${TODAY}' and contract_end < '2026-12-21'
     group by contract_end order by contract_end`)
  expect(calendar.asOf).toBe(AS_OF)
  expect(calendar.days.filter(({ ending }) => ending > 0)).toMatchObject(cards)
  expect(cards.length).toBeGreaterThan(5)
})

test('the units add up to the branch, and each unit to what it shows itself', async () => {
  const query = `from=${TODAY}&to=2027-01-21`
  const whole = await read(query)
  expect(sum(whole.byUnit)).toBe(sum(whole.days))
  expect(whole.byUnit.reduce((all, { lapsed }) => all + lapsed, 0)).toBe(whole.lapsed)
  const [zone] = whole.byUnit.filter(({ unitId }) => unitId !== branchId)
  const below = await read(`${query}&unit=${zone?.unitId}`)
  expect(sum(below.days)).toBe(zone?.ending)
  expect(below.lapsed).toBe(zone?.lapsed)
})

test('a hall sees its own contracts, whatever it asks for', async () => {
  const [row] = await county.sql(`
    select unit.parent_id, count(*)::int as ending from subscribers.card as card
      join (select distinct unit_id, parent_id from people.unit where kind = 'grid') as unit
        on unit.unit_id = card.unit_id
     where card.branch_id = '${branchId}' and card.status not in ('terminated', 'pending')
       and card.contract_end >= '${TODAY}' and card.contract_end < '2027-01-21'
     group by unit.parent_id order by ending desc limit 1`)
  const head = await county.hire({ unit: String(row?.parent_id), roles: ['hall_manager'] })
  const own = await read(`from=${TODAY}&to=2027-01-21`, head)
  expect(sum(own.days)).toBe(row?.ending)
  const asked = await read(`from=${TODAY}&to=2027-01-21&unit=${branchId}`, head)
  expect(sum(asked.days)).toBeLessThanOrEqual(Number(row?.ending))
})

test('a sibling branch has no calendar here', async () => {
  const stranger = await county.hire({ unit: '370685' })
  const url = `/branches/${branchId}/expiry-calendar?from=${TODAY}&to=2026-12-21`
  expect(await county.get(url, stranger)).toMatchObject({
    status: 404,
    body: { code: 'branch-unknown' },
  })
})
