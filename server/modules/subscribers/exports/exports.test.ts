import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sealCell } from '#platform/sealed-cells.ts'
import { unwatched } from '#platform/works.ts'
import { makePlan } from '#worklists'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { sheetsOf } from '../../../test/sheets.ts'
import { calledBy, ownerOf, PURPOSE } from '../identity/identity.ts'
import { deleteEndedExports } from './export-files.ts'
import { stateOf } from './export-state.ts'

const county = await openCounty('2026-11-21T01:00:00Z')
afterAll(() => county.close())
const { branchId, works } = county
const at = `/branches/${branchId}`
const { planId } = await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
const [zone] = await county.sql(
  `select unit_id as id from people.unit where parent_id = '${branchId}' and kind = 'zone' order by 1`,
)
const ZONE = String(zone?.id)
const [beside] = await county.sql(
  `select unit_id as id from people.unit where parent_id = '${branchId}' and kind = 'zone'
      and unit_id <> '${ZONE}' order by 1`,
)

const ORDER = {
  ...{ what: 'subscribers', why: '县局检查需要明细', unit: ZONE, format: 'csv' },
  ...{ columns: ['subscriberId', 'name', 'phone', 'address', 'monthlyFeeFen'] },
  ...{ status: 'active', endsFrom: null, endsTo: null },
}
type Row = { exportId: string; number: string; state: string; rows: number; can: string[] }

const requester = () => county.hire({ unit: ZONE, roles: ['zone_manager'] })
const second = () => county.hire({ roles: ['support_lead'] })
const request = async (who: Person, order: object = ORDER) => {
  const { status, body } = await county.post(`${at}/exports`, who, order)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Row
}
const decide = (who: Person, { exportId }: Row, approve = true) =>
  county.post(`${at}/exports/${exportId}/decision`, who, { approve, note: '' })
const seenBy = async (who: Person) =>
  ((await county.get(`${at}/exports?limit=200`, who)).body as { rows: Row[] }).rows
const download = (who: Person, { exportId }: Row) =>
  county.get(`${at}/exports/${exportId}/file`, who)

/** Waits for the job that makes it, and answers with how it then stands. */
async function made(who: Person, { exportId }: Row): Promise<Row | undefined> {
  for (;;) {
    const jobs = await county.sql(
      `select state from platform.job where kind = 'export' and input->>'exportId' = '${exportId}'
        and finished_at is null`,
    )
    if (jobs.length === 0) return (await seenBy(who)).find((each) => each.exportId === exportId)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The active cards of the zone, as the ledger keeps them. */
const cardsInZone = () =>
  county.sql(`
    select subscriber_id as id, identity from subscribers.card where status = 'active' and unit_id in (
      with recursive below (id) as (select '${ZONE}'
        union select unit_id from people.unit join below on parent_id = below.id)
      select id from below)`)

test('a file in clear text is made once somebody else has approved it, for the requester alone', async () => {
  const [asks, approves] = [await requester(), await second()]
  const asked = await request(asks)
  expect(asked).toMatchObject({ state: 'requested', can: [], rows: null })
  expect(await download(asks, asked)).toMatchObject({
    ...{ status: 409, body: { code: 'export-not-ready' } },
  })
  expect(await decide(approves, asked)).toMatchObject({ status: 200 })
  expect(await made(asks, asked)).toMatchObject({ state: 'ready', can: ['download'] })
  const file = await download(asks, asked)
  expect(file).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
  const [comment = '', header, ...lines] = String(file.body).replace('\uFEFF', '').split('\r\n')
  for (const part of ['# 测试', asks.id.toLowerCase(), '2026-11-21 09:00', asked.number])
    expect(comment).toContain(part)
  expect(header).toContain('姓名 Name')
  const cards = await cardsInZone()
  expect(lines.filter(Boolean)).toHaveLength(cards.length)
  expect(cards.length).toBeGreaterThan(10)
  const [id, sealed] = [String(cards[0]?.id), cards[0]?.identity as Uint8Array] // as it was asked for
  const { name } = calledBy(works.keys, { branchId, subscriberId: id, identity: sealed })
  expect(name).toMatch(/^\p{Script=Han}+$/u)
  expect(String(file.body)).toContain(`${id},${name},`)
  expect(await download(approves, asked)).toMatchObject({
    ...{ status: 403, body: { code: 'export-not-yours' } },
  })
  expect((await seenBy(asks)).find((each) => each.exportId === asked.exportId)).toMatchObject({
    downloads: 1,
  })
  const told = await county.sql(
    `select action, actor from platform.audit_entry where about_id = '${asked.exportId}' order by seq`,
  )
  expect(told).toEqual([
    { action: 'export.requested', actor: asks.id },
    { action: 'export.approved', actor: approves.id },
    { action: 'export.made', actor: asks.id },
    { action: 'export.downloaded', actor: asks.id },
  ])
})

test('nobody approves the own request, not even past the code', async () => {
  const asks = await county.hire({ roles: ['branch_manager'] })
  const asked = await request(asks)
  expect(await decide(asks, asked)).toMatchObject({ body: { code: 'export-own-request' } })
  await expect(
    county.sql(`update subscribers.export set decided_by = requested_by, decided_at = now(),
      approved = true where export_id = '${asked.exportId}'`),
  ).rejects.toThrow('check constraint')
})

test('who approves needs the permission, and the unit in scope: elsewhere there is nothing', async () => {
  const asked = await request(await requester())
  const elsewhere = await county.hire({ unit: String(beside?.id), roles: ['zone_manager'] })
  expect(await seenBy(elsewhere)).toEqual([])
  for (const answer of [await decide(elsewhere, asked), await download(elsewhere, asked)])
    expect(answer).toMatchObject({ status: 404, body: { code: 'export-unknown' } })
  const stranger = await county.hire({ unit: '370685', roles: ['branch_manager'] })
  expect(await decide(stranger, asked)).toMatchObject({ status: 404 })
  const colleague = await county.hire({ unit: ZONE, roles: ['hall_manager'] })
  expect(await decide(colleague, asked)).toMatchObject({ body: { code: 'not-allowed' } })
  expect(await seenBy(colleague)).toEqual([])
  expect(
    (await county.post(`${at}/exports`, await county.hire({ roles: ['hall_clerk'] }), ORDER)).body,
  ).toMatchObject({ code: 'not-allowed' })
})

test('requests are read page by page, the latest first, each once', async () => {
  const asks = await requester()
  const idOf = async () => (await request(asks)).exportId
  const atOnce = [await idOf(), await idOf()]
  county.clock.set('2026-11-21T01:01:00Z')
  const latest = await idOf()
  county.clock.set('2026-11-21T01:00:00Z')
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await county.get(`${at}/exports?limit=2${cursor}`, asks)
    const { rows, next } = body as { rows: Row[]; next: string | null }
    ids.push(...rows.map(({ exportId }) => exportId))
    cursor = next && `&cursor=${next}`
  }
  expect(ids).toEqual((await seenBy(asks)).map(({ exportId }) => exportId))
  expect(ids[0]).toBe(latest)
  expect(ids).toEqual(expect.arrayContaining(atOnce))
  expect(new Set(ids).size).toBe(ids.length)
})

test('a request is for what the requester sees', async () => {
  const asks = await requester()
  const outside = await county.post(`${at}/exports`, asks, { ...ORDER, unit: String(beside?.id) })
  expect(outside).toMatchObject({ status: 404, body: { code: 'unit-unknown' } })
  const unknown = { what: 'worklists', why: '检查清单', unit: ZONE, planId: 'no-such-plan' }
  expect(await county.post(`${at}/exports`, asks, unknown)).toMatchObject({ status: 404 })
})

test('of two who decide at once one does, and a day later nobody can', async () => {
  const asked = await request(await requester())
  const deciders = await Promise.all([second(), second(), second(), second()])
  const answers = await Promise.all(deciders.map((who, nth) => decide(who, asked, nth % 2 === 0)))
  const decided = await county.sql(
    `select action from platform.audit_entry where about_id = '${asked.exportId}'
        and action in ('export.approved', 'export.declined')`,
  )
  expect(decided).toHaveLength(1)
  expect(answers.some(({ status }) => status === 409)).toBe(true)
  const late = await request(await requester())
  county.clock.set('2026-11-22T01:00:00Z')
  expect(await decide(await second(), late)).toMatchObject({
    body: { code: 'export-decided', values: { state: 'lapsed' } },
  })
  county.clock.set('2026-11-21T01:00:00Z')
})

test('a file is there for a day, then it is gone from the disk', async () => {
  const [asks, approves] = [await requester(), await second()]
  const asked = await request(asks, { ...ORDER, format: 'xlsx' })
  await decide(approves, asked)
  await made(asks, asked)
  const path = join(works.folder.root, 'exports', branchId, `${asked.exportId}.xlsx`)
  expect(existsSync(path)).toBe(true)
  expect(await deleteEndedExports(works)).toBe(0)
  county.clock.set('2026-11-22T01:00:00Z')
  const later = await county.signIn(asks.id)
  expect(await download(later, asked)).toMatchObject({ status: 409 })
  expect(await deleteEndedExports(works)).toBeGreaterThan(0)
  expect(existsSync(path)).toBe(false)
  expect(await made(later, asked)).toMatchObject({ state: 'ended', can: [] })
  county.clock.set('2026-11-21T01:00:00Z')
})

test('who has lost the unit downloads nothing of it', async () => {
  const [asks, approves] = [await requester(), await second()]
  const asked = await request(asks)
  await decide(approves, asked)
  await made(asks, asked)
  await county.sql(
    `update people.staff set unit_id = '${String(beside?.id)}' where staff_id = '${asks.id}'`,
  )
  const moved = await county.signIn(asks.id)
  expect(await download(moved, asked)).toMatchObject({ status: 404 })
})

test('the lists of a plan in clear text carry the watermark on every sheet, page and line', async () => {
  const [asks, approves] = [await requester(), await second()]
  const asked = await request(asks, { what: 'worklists', why: '线下走访', unit: ZONE, planId })
  await decide(approves, asked)
  expect(await made(asks, asked)).toMatchObject({ state: 'ready' })
  const path = join(works.folder.root, 'exports', branchId, `${asked.exportId}.xlsx`)
  const sheets = await sheetsOf(path)
  expect(sheets.length).toBeGreaterThan(1)
  for (const sheet of sheets) {
    expect(sheet.match(/<row r="1">.*?<\/row>/s)?.[0]).toContain(asked.number)
    expect(sheet.match(/<oddHeader>.*?<\/oddHeader>/)?.[0]).toContain(asked.number)
    expect(sheet.match(/<oddFooter>.*?<\/oddFooter>/)?.[0]).toContain(asks.id.toLowerCase())
  }
})

test('cells that a spreadsheet would run are texts', async () => {
  const [asks, approves] = [await requester(), await second()]
  const [first] = await cardsInZone()
  const cells = works.keys.cellKeysFor(PURPOSE)
  const sealed = sealCell(cells, '=1+1', ownerOf(branchId, String(first?.id)))
  await county.sql(`update subscribers.card set identity = '\\x${sealed.toString('hex')}'
                     where subscriber_id = '${first?.id}'`)
  const asked = await request(asks)
  await decide(approves, asked)
  await made(asks, asked)
  const { body } = await download(asks, asked)
  expect(String(body)).toContain(",'=1+1,")
  expect(String(body)).not.toMatch(/(^|,)=1\+1/m)
})

const start = new Date('2026-11-21T01:00:00Z')
const later = (hours: number) => new Date(start.getTime() + hours * 3_600_000)
const asked = { requestedAt: start, approved: null, madeAt: null, deletedAt: null }
test.each([
  { of: asked, at: later(23.9), state: 'requested' },
  { of: asked, at: later(24), state: 'lapsed' },
  { of: { ...asked, approved: false }, at: later(0), state: 'declined' },
  { of: { ...asked, approved: true }, at: later(50), state: 'approved' },
  { of: { ...asked, approved: true, madeAt: later(30) }, at: later(53.9), state: 'ready' },
  { of: { ...asked, approved: true, madeAt: later(30) }, at: later(54), state: 'ended' },
])('an export stands as $state', ({ of, at: now, state }) => {
  expect(stateOf(of, now)).toBe(state)
})
