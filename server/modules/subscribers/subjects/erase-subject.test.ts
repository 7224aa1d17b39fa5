import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONTACTS_ERASER } from '#contacts'
import { keepLake, letLakeGo } from '#platform/duckdb/hold-store.ts'
import { unwatched, type Watch } from '#platform/works.ts'
import { makePlan, WORKLISTS_ERASER } from '#worklists'
import { openCounty } from '../../../test/county.ts'
import { deliver } from '../../../test/extract.ts'
import { openedTracesOf } from '../../../test/traces.ts'
import { calledBy } from '../identity/identity.ts'
import type { Batch } from '../imports/handler.ts'
import { namesIn } from '../retention.ts'
import { checkedManifest, manifestPath, settleSnapshot } from '../snapshots/manifest.ts'
import { eraseInSnapshot, markErased } from './erase-snapshot.ts'
import { eraseSubject } from './erase-subject.ts'
import type { Eraser } from './eraser.ts'

const county = await openCounty('2026-11-21T01:00:00Z', { households: 120 })
afterAll(() => county.close())
const { branchId, works } = county
const ERASERS = [CONTACTS_ERASER, WORKLISTS_ERASER]

beforeAll(async () => {
  await rm(county.files, { recursive: true })
  await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
})

type Person = Readonly<{ subscriberId: string; erasureId: string; phone: string }>

/** Somebody who left, lives alone and whose erasure is approved. */
async function approved(): Promise<Person> {
  const [found] = await county.sql(`
    select subscriber_id as id, identity from subscribers.card as known
     where number_index is not null and address is not null
       and subscriber_id not in (select unnest(subscriber_ids) from subscribers.erasure)
       and (select count(*) from subscribers.card where card.number_index = known.number_index) = 1
     order by subscriber_id limit 1`)
  const erasureId = randomUUID()
  const subscriberId = String(found?.id)
  await county.sql(`
    insert into subscribers.erasure (branch_id, erasure_id, subscriber_ids, ground, number,
      requested_by, requested_at, decided_by, decided_at, approved)
    values ('${branchId}', '${erasureId}', '{${subscriberId}}', 'asked', 'N1', 'a', now(), 'b', now(), true)`)
  const identity = found?.identity as Uint8Array // as it was asked for
  const { phone } = calledBy(works.keys, { branchId, subscriberId, identity })
  return { subscriberId, erasureId, phone: String(phone) }
}

const erase = ({ erasureId }: Person, erasers: readonly Eraser[] = ERASERS, watch = unwatched) =>
  eraseSubject(works, erasers, { branchId, erasureId }, watch)
const traces = ({ phone }: Person) => openedTracesOf(county, [phone])
const snapshots = async () => {
  const folder = join(works.lake.folder, 'subscribers', `branch=${branchId}`)
  const names = await namesIn(folder)
  return names.filter((name) => name.endsWith('.parquet')).map((name) => join(folder, name))
}

class Cut extends Error {}
/** Dies in one part of what an eraser does, before it or after it. */
const cutIn = (at: number, part: keyof Eraser, after = false): Eraser[] => {
  const cut = async (here: keyof Eraser, nth: number, work: () => Promise<void>) => {
    const dies = nth === at && here === part
    if (!dies || after) await work()
    if (dies) throw new Cut()
  }
  return ERASERS.map((eraser, nth) => ({
    inLedger: (...of) => cut('inLedger', nth, () => eraser.inLedger(...of)),
    inLake: (...of) => cut('inLake', nth, () => eraser.inLake(...of)),
  }))
}
/** Cuts once so many snapshots are done. */
const cutAfter = (snapshots: number): Watch => ({
  signal: unwatched.signal,
  tell: ({ done }) => {
    if (done === snapshots) throw new Cut()
  },
})

test.each([
  { where: 'before anything is written', erasers: ERASERS, watch: cutAfter(0) },
  { where: 'in the ledger', erasers: cutIn(1, 'inLedger'), watch: unwatched },
  { where: 'after the ledger', erasers: cutIn(0, 'inLake'), watch: unwatched },
  { where: 'after the contacts', erasers: cutIn(1, 'inLake'), watch: unwatched },
  { where: 'after the plans', erasers: cutIn(1, 'inLake', true), watch: unwatched },
  { where: 'after a snapshot', erasers: ERASERS, watch: cutAfter(1) },
])('cut short $where, the rest is done the next time', async ({ erasers, watch }) => {
  const person = await approved()
  expect((await traces(person)).length).toBeGreaterThan(1)
  await expect(erase(person, erasers, watch)).rejects.toThrow(Cut)
  for (const file of await snapshots()) await checkedManifest(file)
  expect(await erase(person)).toBe(1)
  expect(await traces(person)).toEqual([])
  const done = await county.sql(
    `select count(*)::integer as times from platform.audit_entry
      where action = 'subject.erased' and about_id = '${person.subscriberId}'`,
  )
  expect(done).toEqual([{ times: 1 }])
  expect(await erase(person), 'done, it does nothing').toBe(1)
})

test('a snapshot is sound at every step of giving way to another, and settled by the next attempt', async () => {
  const person = await approved()
  const [file = ''] = await snapshots()
  const scratch = await mkdtemp(join(works.folder.tmp, 'before-'))
  const [manifest, kept] = [manifestPath(file), join(scratch, 'kept')]
  await copyFile(file, kept)
  await copyFile(manifest, `${kept}.json`)
  await erase(person)
  const after = await checkedManifest(file)
  // The new file is there, its manifest has not got its name yet.
  await rename(manifest, file.replace('.parquet', '.next.json'))
  await copyFile(`${kept}.json`, manifest)
  expect(await checkedManifest(file)).toEqual(after)
  await settleSnapshot(file)
  expect(await checkedManifest(file)).toEqual(after)
  expect(await namesIn(join(file, '..'))).not.toContain('.next.json')
  // The manifest to come is there, its file is not.
  await copyFile(manifest, file.replace('.parquet', '.next.json'))
  await copyFile(kept, file)
  await copyFile(`${kept}.json`, manifest)
  expect((await checkedManifest(file)).sha256).not.toBe(after.sha256)
  await settleSnapshot(file)
  expect((await checkedManifest(file)).sha256).not.toBe(after.sha256)
  await using session = await works.lake.session()
  await markErased(session, [person.subscriberId])
  expect(await eraseInSnapshot(works, session, file, unwatched)).toBe(true)
  await rm(scratch, { recursive: true })
  expect(await traces(person)).toEqual([])
})

test('while a backup takes the lake along no file of it changes', async () => {
  const person = await approved()
  const client = await county.house.ledger.owner.connect()
  await keepLake(client)
  const erasing = erase(person)
  const before = await openedTracesOf(county, [person.phone])
  expect(before.join()).toContain('.parquet')
  await letLakeGo(client)
  client.release()
  await erasing
  expect(await traces(person)).toEqual([])
})

test('who is erased while an extract is being read is gone from it before it stands', async () => {
  const [id, phone] = ['68699900000001', '13911112222']
  const handlers = county.house.handlers.map((handler) => ({
    ...handler,
    prepare: async (batch: Batch) => {
      const prepared = await handler.prepare?.(batch)
      expect((await openedTracesOf(county, [phone])).join(), 'written').toContain('.parquet')
      await county.sql(`insert into subscribers.erased values
        ('${branchId}', '${id}', '${randomUUID()}', now())`)
      return prepared
    },
  }))
  const rows = [{ 用户编号: id, 客户名称: '赵某', 联系电话: phone, 用户状态: '离网' }]
  const at = { ...county, house: { ...county.house, handlers } }
  await deliver(at, rows, { date: '2026-11-25', force: '演练数据' })
  for (const name of await readdir(works.folder.root))
    if (name.endsWith('.csv')) await rm(join(works.folder.root, name))
  expect(await openedTracesOf(county, [phone])).toEqual([])
  const card = await county.sql(`select identity, status from subscribers.card
    where subscriber_id = '${id}'`)
  expect(card).toEqual([{ identity: null, status: 'terminated' }])
})
