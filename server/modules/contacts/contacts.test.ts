import { mkdir } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { CONTACT_RULES, contactPolicy, contactsOf, publishContacts } from '#contacts'
import { settle } from '#people'
import { publishSubscribers } from '#subscribers'
import { openBranch } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'
import { learnKnownContacts } from './publish.ts'
import { insertContacts } from './store.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const SUBSCRIBERS = [
  { subscriber_id: 'S1', household_id: 'H1', status: 'active' },
  { subscriber_id: 'S2', household_id: 'H2', status: 'active' },
]
await importRows(branch, {
  kind: 'subscribers',
  date: '2026-11-20',
  rows: SUBSCRIBERS,
})
const touch = {
  ...{ contact_id: 'C1', subscriber_id: 'S1', at: '2026-11-19T18:30:00+08:00', channel: 'door' },
  ...{ purpose: 'marketing', result: 'refused', scope: null as string | null },
}
const importTouches = (...rows: Partial<typeof touch>[]) =>
  importRows(branch, {
    kind: 'contacts',
    date: '2026-11-20',
    rows: rows.map((row) => ({ ...touch, ...row })),
  })

async function published<Row extends object>(sql: string, branchId = branch.branchId) {
  await using session = await branch.works.lake.session()
  await publishSubscribers(branch.works, session, branch.branchId, '2026-11-21')
  await publishContacts(branch.works, session, branchId, '2026-11-21')
  return await session.rows<Row>(sql)
}
const home = (householdId: string, ...subscriberIds: string[]) => ({ householdId, subscriberIds })
const idsIn = async (prefix: string) =>
  (
    await published<{ id: string }>(
      `select contact_id as id from published.contacts
        where starts_with(contact_id, '${prefix}') order by contact_id`,
    )
  ).map(({ id }) => id)

test('a contact is told once: the same file again, and another with the same id, change nothing', async () => {
  expect(await importTouches({ contact_id: 'A1' }, { contact_id: 'A2' })).toMatchObject({
    accepted: 2,
    changed: true,
  })
  const again = await importTouches({ contact_id: 'A1', result: 'done' }, { contact_id: 'A3' })
  expect(again).toMatchObject({ accepted: 2, changed: true })
  expect(again.warnings).toMatchObject([{ code: 'contacts-known-already', values: { count: 1 } }])
  const rows = await published("select result from published.contacts where contact_id = 'A1'")
  expect(rows).toEqual([{ result: 'refused' }])
})

test('a row that is no contact is rejected with its reason, the rest is taken', async () => {
  expect(
    await importTouches(
      { contact_id: 'B1', subscriber_id: '' },
      { contact_id: 'B2', result: 'danced' },
      { contact_id: 'B3', at: 'yesterday' },
      { contact_id: 'B4' },
    ),
  ).toMatchObject({ rows: 4, accepted: 1, rejected: 3 })
})

test('the portrait shows the contacts of the household, by the household of the subscriber', async () => {
  await importTouches({ contact_id: 'P1', subscriber_id: 'S2', at: '2026-11-18T09:00:00+08:00' })
  const seen = await branch.unit(branch.system, (unit) =>
    contactsOf(unit, branch.branchId, home('H2')),
  )
  expect(seen).toMatchObject([
    { contactId: 'P1', at: '2026-11-18T01:00:00.000Z', channel: 'door', result: 'refused' },
  ])
})

test('a contact told before its subscriber was known is shown in the portrait all the same', async () => {
  const manager = await branch.hire()
  await importTouches({ contact_id: 'E1', subscriber_id: 'S9', at: '2026-11-17T09:00:00+08:00' })
  await importRows(branch, {
    kind: 'subscribers',
    date: '2026-11-21',
    rows: [...SUBSCRIBERS, { subscriber_id: 'S9', household_id: 'H9', status: 'active' }],
  })
  const { body } = await branch.get(`/branches/${branch.branchId}/subscribers/S9`, manager)
  expect((body as { contacts: unknown }).contacts).toMatchObject([{ contactId: 'E1' }])
})

test('a contact whose transaction ends late is not missed, and none is counted twice', async () => {
  const insert = (id: string, until: Promise<void>) =>
    branch.works.run(branch.system, async (unit) => {
      const csv = Readable.from([
        `${id},S1,H1,2026-11-01 10:00:00+08:00,2026-11-01,door,out,service,,done,,,,,\n`,
      ])
      const told = { branchId: branch.branchId, csv, households: new Map() }
      await insertContacts(unit, told)
      await until
    })
  const gate = Promise.withResolvers<void>()
  const open = Promise.withResolvers<void>()
  const late = insert(
    'L1',
    open.promise.then(() => gate.promise),
  )
  open.resolve()
  await insert('L2', Promise.resolve())
  expect(await idsIn('L')).toEqual(['L2'])
  await insert('L3', Promise.resolve())
  expect(await idsIn('L')).toEqual(['L2', 'L3'])
  gate.resolve()
  await late
  expect(await idsIn('L')).toEqual(['L1', 'L2', 'L3'])
  expect(await idsIn('L')).toEqual(['L1', 'L2', 'L3'])
})

test('copies that are lost from the lake are made again', async () => {
  const before = await idsIn('')
  await branch.sql(`insert into contacts.published_part
    (branch_id, generation, from_xid, to_xid, cluster_id, file, row_count, written_at)
    select branch_id, generation, '900000', '900001', cluster_id, 'contacts/lost.parquet', 1, now()
      from contacts.published_part order by generation desc, from_xid desc limit 1`)
  expect(await idsIn('')).toEqual(before)
})

test('a repeated file is compared with the lake and with what came after, and only news is told', async () => {
  const ledger = async () =>
    (await branch.sql('select contact_id as id from contacts.contact order by 1')).map(
      ({ id }) => id,
    )
  const known = async () => {
    await using session = await branch.works.lake.session()
    await mkdir(branch.works.folder.tmp, { recursive: true })
    await branch.unit(branch.system, (unit) =>
      learnKnownContacts(unit, {
        ...{ works: branch.works, session, branchId: branch.branchId },
        folder: branch.works.folder.tmp,
      }),
    )
    const rows = await session.rows<{ id: string }>(
      'select distinct contact_id as id from work.known_contact order by 1',
    )
    return rows.map(({ id }) => id)
  }
  await importTouches({ contact_id: 'K1' })
  expect(await known(), 'before it is copied').toEqual(await ledger())
  await idsIn('K')
  await importTouches({ contact_id: 'K2' })
  expect(await known(), 'some copied, some not').toEqual(await ledger())
  const told = await importTouches(
    { contact_id: 'K1', result: 'done' },
    { contact_id: 'K2', result: 'done' },
    { contact_id: 'K3', result: 'done' },
  )
  expect(told).toMatchObject({ rows: 3, accepted: 3, duplicates: 0, changed: true })
  expect(told.warnings).toMatchObject([{ code: 'contacts-known-already', values: { count: 2 } }])
  const rows = await published(
    "select result from published.contacts where starts_with(contact_id, 'K') order by contact_id",
  )
  expect(rows).toEqual([{ result: 'refused' }, { result: 'refused' }, { result: 'done' }])
})

test('a refusal without a scope is one of everything, and stands for three months', async () => {
  await importTouches({ contact_id: 'R1', at: '2026-08-31T23:30:00+08:00' })
  const rows = await published(
    `select scope, since, "until" from published.standing_refusals where contact_id = 'R1'`,
  )
  expect(rows).toEqual([{ scope: 'all', since: '2026-08-31', until: '2026-11-30' }])
})

test('a branch sets its own caps; they hold from their saving on', async () => {
  const own = {
    ...{ perChannel: 2, perChannelDays: 14, inTotal: 5, totalDays: 60 },
    ...{ refusalMonths: 4, renewalIsMarketing: true },
  }
  const saved = await branch.unit(branch.system, async (unit) => {
    await settle(unit, branch.branchId, CONTACT_RULES, own)
    return contactPolicy(unit, branch.branchId)
  })
  expect(saved).toEqual(own)
})

test('people of another branch see no contact, and nobody changes one', async () => {
  const stranger = await branch.hire({ unit: '370685' })
  const seen = await branch.unit(stranger, (unit) => contactsOf(unit, branch.branchId, home('H1')))
  expect(seen).toEqual([])
  await expect(branch.sql('delete from contacts.contact')).rejects.toThrow('append-only')
})
