import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { keepLake, letLakeGo } from '#platform/duckdb/hold-store.ts'
import type { RunUnit } from '#platform/unit.ts'
import { unwatched } from '#platform/works.ts'
import { erasedOf } from '#subscribers'
import { makePlan, publishPlan } from '#worklists'
import { rotateKeys } from '../../key-rotation.ts'
import type { Person } from '../../test/branch.ts'
import { openCounty } from '../../test/county.ts'
import { openPhone } from '../../test/phone.ts'
import { openLine } from '../../test/photo-upload.ts'
import { FIELD_ERASER, forgetField, sealEvidenceAgain } from './index.ts'

const county = await openCounty('2026-11-21T01:00:00Z', { households: 160 })
const { branchId, works } = county
const line = await openLine(county)
afterAll(async () => {
  await line.close()
  await county.close()
})
const seller = await county.hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })

const picture = (beginning: string, bytes = 5_000) =>
  Buffer.concat([Buffer.from(beginning, 'latin1'), Buffer.alloc(bytes, 7), Buffer.from('桃村')])
const JPEG = picture('\xff\xd8\xff\xe0')

const upload = (id: string, content: Buffer, who: Person = seller) => line.upload(id, content, who)
const fileOf = (id: string) => join(works.folder.evidence, branchId, id)
const kept = (id: string) =>
  county.sql(`select type, gone_as as gone from field.evidence where evidence_id = '${id}'`)

test.each([
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
])('a photo is known by its first bytes: %j', async (beginning, type) => {
  const id = randomUUID()
  const content = picture(beginning)
  expect(await upload(id, content)).toMatchObject({
    ...{ status: 200, body: { evidenceId: id, bytes: content.length } },
  })
  expect(await kept(id)).toMatchObject([{ type }])
})

test('nothing of a photo can be read in the data folder, and a new key seals it anew', async () => {
  const id = randomUUID()
  await upload(id, JPEG)
  const before = await readFile(fileOf(id))
  expect(before.includes('桃村')).toBe(false)
  expect(before.includes(Buffer.alloc(64, 7))).toBe(false)
  expect(await rotateKeys(works, unwatched)).toMatchObject({ left: [] })
  expect(await readFile(fileOf(id))).not.toEqual(before)
  expect((await readFile(fileOf(id))).toString('hex', 1, 5)).toBe(works.keys.id)
})

/** As a backup does that takes every file along. */
async function whileBackedUp(work: () => Promise<void>): Promise<void> {
  const client = await county.house.ledger.owner.connect()
  await keepLake(client)
  await work().finally(async () => {
    await letLakeGo(client)
    client.release()
  })
}
/** The same works, in which `then` happens when the nth unit has ended. */
function afterUnit(nth: number, then: () => unknown) {
  let units = 0
  const run: RunUnit = async (...of) => {
    const result = await works.run(...of)
    units += 1
    if (units === nth) await then()
    return result
  }
  return { ...works, run }
}

test('while a backup takes photos along none is sealed anew', async () => {
  const id = randomUUID()
  await upload(id, JPEG)
  const before = await readFile(fileOf(id))
  await works.keys.add()
  await whileBackedUp(async () => {
    const stop = new AbortController()
    const held = afterUnit(2, () => stop.abort()) // the first lists the photos, the second may not
    const watch = { ...unwatched, signal: stop.signal }
    await expect(sealEvidenceAgain(held, watch)).rejects.toThrow(/abort/)
    expect(await readFile(fileOf(id))).toEqual(before)
  })
  expect(await sealEvidenceAgain(works, unwatched)).toMatchObject({ left: [] })
  expect(await readFile(fileOf(id))).not.toEqual(before)
})

test('the same photo again is the same, and another one never takes its place', async () => {
  const id = randomUUID()
  const first = await upload(id, JPEG)
  const sealed = await readFile(fileOf(id))
  expect(await upload(id, JPEG)).toEqual(first)
  expect(await upload(id, picture('\xff\xd8\xff\xe1'))).toMatchObject({
    ...{ status: 409, body: { code: 'evidence-told-otherwise' } },
  })
  const other = await county.hire({ unit: '370686-H02', roles: ['micro_seller'] })
  expect(await upload(id, JPEG, other)).toMatchObject({
    ...{ status: 409, body: { code: 'evidence-told-otherwise' } },
  })
  expect(await readFile(fileOf(id))).toEqual(sealed)
})

test('a photo of 40 MB is refused in words, to whoever sends all of it, and nothing is kept', async () => {
  const id = randomUUID()
  expect(await upload(id, picture('\xff\xd8\xff\xe0', 40 * 1024 * 1024))).toMatchObject({
    status: 413,
    body: {
      code: 'evidence-too-large',
      detail: 'The photo is larger than 3 MB; make it smaller on the phone and send it again.',
    },
  })
  expect(await kept(id)).toEqual([])
  expect(existsSync(fileOf(id))).toBe(false)
})

test.each([
  ['GIF89a', 'a moving picture'],
  ['%PDF-1.7', 'a document'],
  ['<svg onload="alert(1)">', 'a picture that runs'],
  ['', 'nothing at all'],
])('%j is refused: %s is no photo', async (beginning) => {
  const content = beginning === '' ? Buffer.alloc(0) : picture(beginning)
  expect(await upload(randomUUID(), content)).toMatchObject({
    ...{ status: 422, body: { code: 'evidence-not-an-image' } },
  })
})

test('whoever visits nobody sends no photos', async () => {
  const auditor = await county.hire({ roles: ['auditor'] })
  expect(await upload(randomUUID(), JPEG, auditor)).toMatchObject({
    ...{ status: 403, body: { code: 'not-allowed' } },
  })
})

test('a photo goes with the person whom its result is about, also one that arrives later', async () => {
  const { planId } = await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
  await publishPlan(works, { branchId, planId }, unwatched)
  const [task] = await county.sql(`
    select task_id as id, subscriber_id as who, assignee_id as by from worklists.task
     where touchpoint = 'door' order by 1 limit 1`)
  const visitor = await county.signIn(String(task?.by))
  const phone = await openPhone(county, visitor, { clock: county.clock.now })
  const [early, late] = [randomUUID(), randomUUID()]
  await upload(early, JPEG, visitor)
  const item = await phone.record(String(task?.id), { photos: [early, late] })
  expect((await phone.deliver([item])).items[0]).toMatchObject({ outcome: 'recorded' })
  const of = { branchId, subscriberIds: [String(task?.who)], leftHomes: [] }
  await whileBackedUp(async () => {
    const stopped = { ...unwatched, signal: AbortSignal.abort() }
    await expect(FIELD_ERASER.inLake(works, of, stopped)).rejects.toThrow(/abort/)
    expect(existsSync(fileOf(early)), 'what a backup reads').toBe(true)
  })
  await works.keys.add()
  const meanwhile = afterUnit(1, () => FIELD_ERASER.inLake(works, of, unwatched))
  expect(await sealEvidenceAgain(meanwhile, unwatched)).toMatchObject({ left: [] })
  expect(await kept(early)).toMatchObject([{ gone: 'erased' }])
  expect(existsSync(fileOf(early))).toBe(false)
  await county.sql(`insert into subscribers.erased (branch_id, subscriber_id, erasure_id, erased_at)
    values ('${branchId}', '${task?.who}', '${randomUUID()}', now())`)
  expect(await county.unit(county.system, (unit) => erasedOf(unit, branchId))).toHaveLength(1)
  await upload(late, JPEG, visitor)
  await whileBackedUp(() => forgetField(works, { evidence: 366 }))
  expect(existsSync(fileOf(late)), 'what a backup reads').toBe(true)
  await forgetField(works, { evidence: 366 })
  expect(await kept(late)).toMatchObject([{ gone: 'erased' }])
  expect(existsSync(fileOf(late))).toBe(false)
})

test('a photo of which no row tells goes after a day, and not while a backup reads it', async () => {
  const [old, young] = [randomUUID(), randomUUID()]
  const ago = (hours: number) => new Date(county.clock.now().getTime() - hours * 3_600_000)
  for (const [id, hours] of [[old, 25] as const, [young, 23] as const]) {
    await writeFile(fileOf(id), JPEG)
    await utimes(fileOf(id), ago(hours), ago(hours))
  }
  const told = randomUUID()
  await upload(told, JPEG)
  await utimes(fileOf(told), ago(48), ago(48))
  await whileBackedUp(() => forgetField(works, { evidence: 366 }))
  expect(existsSync(fileOf(old)), 'what a backup reads').toBe(true)
  await forgetField(works, { evidence: 366 })
  expect([old, young, told].map((id) => existsSync(fileOf(id)))).toEqual([false, true, true])
})

test('after a year a photo is forgotten, and that there was one is not', async () => {
  county.clock.set('2027-11-21T00:00:00Z')
  const visitor = await county.signIn(seller.id)
  const young = randomUUID()
  await upload(young, JPEG, visitor)
  const all = await county.sql('select evidence_id as id from field.evidence where gone_at is null')
  county.clock.set('2027-11-22T01:00:01Z')
  await whileBackedUp(() => forgetField(works, { evidence: 366 }))
  for (const { id } of all) expect(existsSync(fileOf(String(id))), 'what a backup reads').toBe(true)
  await forgetField(works, { evidence: 366 })
  expect(await kept(young)).toMatchObject([{ gone: null }])
  const old = all.map(({ id }) => String(id)).filter((id) => id !== young)
  expect(old.length).toBeGreaterThan(3)
  for (const id of old) {
    expect(await kept(id)).toMatchObject([{ gone: 'forgotten' }])
    expect(existsSync(fileOf(id))).toBe(false)
  }
  const [entry] = await county.sql(`select body from platform.audit_entry
    where action = 'evidence.forgotten'`)
  expect(JSON.parse(String(entry?.body)).values).toEqual({ count: old.length, keptDays: 366 })
  expect(await county.sql('select from field.delivery')).toEqual([])
  expect(await county.sql('select from field.device')).toEqual([])
  await expect(county.sql(`update field.evidence set sha256 = 'x'`)).rejects.toThrow(/append-only/)
})
