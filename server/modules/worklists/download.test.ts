import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { maskAddress } from '#subscribers'
import { makePlan, publishPlan } from '#worklists'
import type { Person } from '../../test/branch.ts'
import { openCounty } from '../../test/county.ts'
import { sheetsOf } from '../../test/sheets.ts'
import { downloadWorklists } from './download.ts'

const county = await openCounty('2026-11-20T22:30:00Z', { households: 200 })
afterAll(() => county.close())
const { branchId, works } = county
const day = '2026-11-21'
const { planId } = await makePlan(works, { branchId, day }, unwatched)
const manager = await county.hire()

/** The addresses that say more than their masks. */
const doors = (await county.sql('select address from subscribers.card'))
  .map(({ address }) => String(address))
  .filter((address) => maskAddress(address) !== address)

/** The workbook as somebody takes it: all of its sheets. */
async function taken(who: Person, of: { person?: string; unit?: string } = {}): Promise<string> {
  const file = await downloadWorklists(works, who.actor, { branchId, planId, lang: 'zh', ...of })
  const path = join(works.folder.tmp, 'taken.xlsx')
  await pipeline(file.stream, createWriteStream(path))
  return (await sheetsOf(path)).join('')
}
const doorsIn = (sheets: string) => doors.filter((door) => sheets.includes(door)).length
const shownIn = (sheets: string) =>
  doors.filter((door) => sheets.includes(maskAddress(door) ?? door)).length

test('a draft is nobody’s list: its workbook shows addresses up to the building', async () => {
  const sheets = await taken(manager)
  expect(shownIn(sheets)).toBeGreaterThan(20)
  expect(doorsIn(sheets)).toBe(0)
  const [assignee] = await assignees(await published())
  const own = await taken(await county.signIn(assignee?.id ?? ''), { person: assignee?.id ?? '' })
  expect(doorsIn(own), 'once it is published').toBeGreaterThan(0)
})

test('a published plan says where its visits go, to whoever may print the lists', async () => {
  await published()
  expect(doorsIn(await taken(manager))).toBeGreaterThan(20)
})

test('who prints the lists of one hall and serves in another takes those of the first alone', async () => {
  const posted = await assignees(await published())
  const [led = '', served = ''] = [...new Set(posted.map(({ unit }) => unit))]
  const person = await county.hire({ unit: served, roles: ['hall_clerk'] })
  const admin = await county.hire({ roles: ['administrator'] })
  const post = { unitId: led, roles: ['hall_manager'], validFrom: '2026-11-21', validTo: null }
  const url = `/organisation/staff/${person.id}/posts`
  expect(await county.post(url, admin, post)).toMatchObject({ status: 200 })
  const units = unitsIn(await taken(await county.signIn(person.id)))
  expect(unitsIn(await taken(manager)).length).toBeGreaterThan(2)
  const [row] = await county.sql(
    `select name from people.unit where unit_id = '${led}' order by valid_from desc limit 1`,
  )
  expect(units).toEqual([row?.name])
})

test('of a list that is a week old the workbook shows no door either', async () => {
  await published()
  county.clock.set('2026-11-27T16:30:00Z')
  const sheets = await taken(await county.signIn(manager.id))
  expect(shownIn(sheets)).toBeGreaterThan(20)
  expect(doorsIn(sheets)).toBe(0)
  county.clock.set('2026-11-20T22:30:00Z')
})

test('another system takes no file that a name has to stand on', async () => {
  const admin = await county.hire({ roles: ['administrator'] })
  const { body } = await county.post('/service-tokens', admin, {
    ...{ unitId: branchId, name: '对接', actions: ['export:lists', 'import:write'] },
    ...{ lastDay: '2026-12-20' },
  })
  const { token } = body as { token: string }
  for (const file of [`plans/${planId}/worklists.xlsx`, `imports/${randomUUID()}/rejects.csv`])
    expect(
      await county.get(`/branches/${branchId}/${file}`, { ...admin, bearer: token }),
    ).toMatchObject({ status: 403, body: { code: 'not-for-tokens' } })
})

/** The units in the titles of the sheets. */
const unitsIn = (sheets: string) => [
  ...new Set([...sheets.matchAll(/（([^（）]+)）2026年/g)].map(([, unit]) => unit)),
]

/** Publishes the plan, once; the id of its branch’s plan. */
async function published(): Promise<string> {
  await publishPlan(works, { branchId, planId }, unwatched)
  return planId
}

/** Who visits somebody, by the unit they are posted in. */
async function assignees(plan: string): Promise<{ id: string; unit: string }[]> {
  const rows = await county.sql(
    `select distinct assignee_id as id, assignee_unit_id as unit from worklists.task
      where plan_id = '${plan}' and touchpoint = 'door' and assignee_unit_id <> '${branchId}'
      order by 2, 1`,
  )
  return rows.map(({ id, unit }) => ({ id: String(id), unit: String(unit) }))
}
