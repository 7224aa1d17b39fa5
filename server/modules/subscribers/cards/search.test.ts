import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBranch, type Person } from '../../../test/branch.ts'
import { importRows } from '../../../test/import-rows.ts'
import { maskAddress, shownOf } from './mask.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
type Found = { total: number; next: string | null; rows: Record<string, string>[] }
const search = async (of: string, who: Person) =>
  (await branch.get(`/branches/${branchId}/subscribers?${of}`, who)).body as Found
const typed = (text: string, who: Person) => search(`search=${encodeURIComponent(text)}`, who)

const HOMES = {
  Z1: { contact_phone: '10000123456', install_address: '桃村镇国路夼村12号' },
  Z2: { contact_phone: '05358765432', install_address: '翠屏街道翠亭花园3号楼2单元501室' },
  Z3: { contact_phone: '+8610000123457', install_address: '翠屏街道翠亭花园3号楼2单元502室' },
}
let manager: Person
beforeAll(async () => {
  const namesakes = Array.from({ length: 10_010 }, (_, nth) => ({ subscriber_id: `A${nth}` }))
  const few = Object.entries(HOMES).map(([subscriber_id, home]) => ({ subscriber_id, ...home }))
  await importRows(branch, {
    kind: 'subscribers',
    date: '2026-11-20',
    rows: [...few, ...namesakes].map((each) => ({
      ...{ status: 'active', customer_name: '王明', ...each },
      grid_code: each.subscriber_id.startsWith('Z') ? '370686-H02-G1' : '370686-H01-G1',
    })),
  })
  manager = await branch.hire()
})

test('who is looked for in a hall is found, however many there are of the name elsewhere', async () => {
  expect(await search('search=wm', manager)).toMatchObject({ total: 10_001 })
  expect(await search('search=wm&unit=370686-H02&sort=-subscriberId', manager)).toMatchObject({
    total: 3,
    rows: [{ subscriberId: 'Z3' }, { subscriberId: 'Z2' }, { subscriberId: 'Z1' }],
  })
})

test.each([
  { text: '3456', total: 1, because: 'the mask shows these four' },
  { text: '10000123456', total: 1, because: 'this is the whole number' },
  { text: '8610000123457', total: 1, because: 'the code of the country says nothing' },
  { text: '23456', total: 0, because: 'of five digits the mask hides one' },
  { text: '0000123456', total: 0, because: 'a part of a number is no number' },
  { text: '5432', total: 0, because: 'of a landline the mask shows two digits' },
  { text: '05358765432', total: 1, because: 'a landline has a whole number too' },
  { text: '翠亭花园3号楼', total: 2, because: 'the building is shown' },
  { text: '翠亭花园3号楼2', total: 0, because: 'what stands behind the building is not' },
  { text: '501室', total: 0, because: 'a door is not shown' },
  { text: '桃村镇国路夼村', total: 1, because: 'the village is shown' },
  { text: '桃村镇国路夼村1', total: 0, because: 'the number of the house is not' },
])('“$text” finds $total: $because', async ({ text, total }) => {
  expect(await typed(text, manager)).toMatchObject({ total })
})

test('the ledger finds addresses by what their masks show, whatever they are', async () => {
  const part = fc.constantFrom(
    ...'国路夼村12号 3号楼 ３栋 十二幢 座 单元 室 501 \u3000 \u00a0 \n * 𠀀 a - ４ 镇 楼'.split(
      ' ',
    ),
    ' ',
  )
  const addresses = [
    ...fc
      .sample(fc.array(part, { maxLength: 9 }), { seed: 20261122, numRuns: 5000 })
      .map((parts) => parts.join('')),
    ...Object.values(HOMES).map((home) => home.install_address),
  ]
  const { rows } = await branch.house.ledger.owner.query<{ shown: string }>(
    `select subscribers.shown_of(address) as shown
       from unnest($1::text[]) with ordinality as given (address, nth) order by nth`,
    [addresses],
  )
  expect(rows.map(({ shown }) => shown)).toEqual(addresses.map(shownOf))
  for (const [nth, address] of addresses.entries()) {
    const shown = rows[nth]?.shown
    expect([`${shown}**`, `${shown}****`]).toContain(maskAddress(address))
  }
})

test('whole numbers that are looked for are in the trail, without the number', async () => {
  const clerk = await branch.hire({ unit: '370686-H02', roles: ['hall_clerk'] })
  await typed('10000123456', clerk)
  await typed('10000123450', clerk)
  await typed('3456', clerk)
  const told = await branch.sql(
    `select body from platform.audit_entry where actor = '${clerk.id}' and action = 'subscriber.sought'
      order by seq`,
  )
  expect(told.map(({ body }) => JSON.parse(String(body)).values)).toEqual([
    { found: true },
    { found: false },
  ])
  expect(JSON.stringify(told)).not.toContain('100001234')
})

test('where a list by name goes on tells nobody how the name sounds', async () => {
  const page = await search('search=wm&unit=370686-H02&sort=name&limit=1', manager)
  const said = Buffer.from(page.next ?? '', 'base64url').toString()
  expect(said).toContain('Z1')
  expect(said).not.toContain('wm')
  const forged = Buffer.from(JSON.stringify(['wm', 'Z1'])).toString('base64url')
  const url = `/branches/${branchId}/subscribers?sort=name&cursor=${forged}`
  expect(await branch.get(url, manager)).toMatchObject({
    status: 422,
    body: { code: 'cursor-unreadable' },
  })
})

test('whoever tries numbers out is refused for the day after thirty that nobody has', async () => {
  const clerk = await branch.hire({ unit: '370686-H02', roles: ['hall_clerk'] })
  const tried = Array.from({ length: 36 }, (_, nth) =>
    branch.get(`/branches/${branchId}/subscribers?search=100007${10_000 + nth}`, clerk),
  )
  const answers = await Promise.all(tried)
  expect(answers.filter(({ status }) => status === 200).length, 'even at once').toBe(30)
  const refused = { status: 429, body: { code: 'number-misses' } }
  const url = `/branches/${branchId}/subscribers?search=10000123456`
  expect(await branch.get(url, clerk)).toMatchObject(refused)
  expect(await typed('3456', clerk), 'the end is still looked for').toMatchObject({ total: 1 })
  expect(await typed('10000123456', manager), 'others look on').toMatchObject({ total: 1 })
  branch.clock.set('2026-11-21T00:30:00Z')
  const next = await branch.signIn(clerk.id)
  expect(await branch.get(url, next)).toMatchObject({ status: 200 })
})
