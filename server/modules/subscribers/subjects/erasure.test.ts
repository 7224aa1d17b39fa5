import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { type Cells, type Delivery, deliver } from '../../../test/extract.ts'
import { openedTracesOf } from '../../../test/traces.ts'
import { readCard } from '../cards/cards.ts'
import type { ImportOutcome } from '../imports/import-file.ts'
import { saveUpload } from '../imports/uploads.ts'
import { checkedManifest } from '../snapshots/manifest.ts'
import { selectStanding } from '../snapshots/snapshot-store.ts'

const county = await openCounty('2026-11-21T01:00:00Z', {
  households: 120,
  settings: { GRIDKEEPER_CALL_GATEWAY_URL: 'simulator' },
})
afterAll(() => county.close())
const { branchId, works } = county
const at = `/branches/${branchId}`
await rm(county.files, { recursive: true })

/** Somebody whom nobody can be taken for. */
const CANARY = '68677000000077'
const WHO = {
  name: '金丝雀', // three characters that no sample person has
  phone: '13977770001',
  number: '13877770002',
  idNumber: '370686197707077707',
  address: '山东省烟台市栖霞市翠屏街道金雀花园77号楼7单元707室',
  wecom: 'wm-canary-77',
  own: 'canary-own-column',
  said: 'canary-said-so',
  proof: 'canary-recording-7',
}
const TEXTS = [...Object.values(WHO), '金雀花园']

const night = (status: string): Cells[] => [
  ...Array.from({ length: 12 }, (_, at) => row(`6867700000${at + 10}00`, status, at)),
  {
    ...row(CANARY, status, 40),
    ...{ 客户名称: WHO.name, 联系电话: WHO.phone, 服务号码: WHO.number, 身份证号: WHO.idNumber },
    ...{ 装机地址: WHO.address, 企业微信外部联系人: WHO.wecom, 片区备注: WHO.own },
  },
]
function row(id: string, status: string, at: number): Cells {
  return {
    ...{ 用户编号: id, 客户名称: `张某${at}`, 联系电话: `1395350${1000 + at}`, 服务号码: '' },
    ...{
      身份证号: '',
      装机地址: `山东省烟台市栖霞市翠屏街道翠京社区翠京花园${at + 1}号楼1单元101室`,
    },
    ...{ 企业微信外部联系人: '', 片区备注: '', 村居编码: '370686001001', 性别: '女', 年龄: 40 },
    ...{ 用户状态: status, '套餐月费(元)': '59.00', '欠费金额(元)': at === 40 ? owed : '0' },
    ...{ 主产品细类: '宽带', 合约失效时间: '2026-12-01' },
  }
}
let owed = '0'
/** Whoever delivers a file keeps it, not the installation. */
async function send(rows: Cells[], delivery: Delivery): Promise<ImportOutcome> {
  const outcome = await deliver(county, rows, delivery)
  const { root } = works.folder
  for (const name of await readdir(root)) if (name.endsWith('.csv')) await rm(join(root, name))
  return outcome
}
const bring = (date: string, status: string) => send(night(status), { date, force: '演练数据' })

const manager = await county.hire({ extension: '8012' })
const second = await county.hire({ roles: ['support_lead'] })
const ask = (who: Person, more: object = {}) =>
  county.post(`${at}/erasures`, who, {
    ...{ subscriberId: CANARY, household: false, ground: 'asked', number: 'XF-2026-077' },
    ...more,
  })
const decide = (who: Person, erasureId: string, approve = true, note = '') =>
  county.post(`${at}/erasures/${erasureId}/decision`, who, { approve, note })
const traces = () => openedTracesOf(county, TEXTS)

async function jobsDone(): Promise<void> {
  for (;;) {
    const open = await county.sql('select from platform.job where finished_at is null')
    if (open.length === 0) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Rows and sums of every snapshot that stands: what money can be counted from. */
async function sums() {
  const standing = await county.unit(county.system, (unit) =>
    selectStanding(unit, { branchId, day: '2026-11-23', limit: 10 }),
  )
  return Promise.all(
    standing.map(async ({ file, date }) => {
      const { rows, columns } = await checkedManifest(join(works.lake.folder, file))
      const money = columns.filter(({ type }) => type === 'fen')
      return { date, rows, money: money.map(({ id, sum }) => [id, sum]) }
    }),
  )
}

type Row = { erasureId: string; state: string; can: string[]; subscriberIds: string[] }
const requests = async (who: Person) =>
  ((await county.get(`${at}/erasures`, who)).body as { rows: Row[] }).rows

await bring('2026-11-21', '在网')
const { planId } = await makePlan(works, { branchId, day: '2026-11-22' }, unwatched)
await publishPlan(works, { branchId, planId }, unwatched)
await bring('2026-11-22', '在网')

test('while the contract runs nothing is erased, and the refusal says what can be done instead', async () => {
  const refused = await ask(manager)
  expect(refused).toMatchObject({ status: 409, body: { code: 'erasure-under-contract' } })
  expect(JSON.stringify(refused.body)).toContain('退订')
  owed = '12.50'
  await bring('2026-11-23', '离网')
  expect(await ask(manager)).toMatchObject({ status: 409, body: { code: 'erasure-owes' } })
  owed = '0'
  await bring('2026-11-23', '离网')
})

test('it takes the permission, and the branch in scope: elsewhere there is nothing', async () => {
  const elsewhere = await county.hire({ unit: '370685' })
  expect(await ask(elsewhere)).toMatchObject({ status: 404, body: { code: 'branch-unknown' } })
  expect(await county.get(`${at}/erasures`, elsewhere)).toMatchObject({ status: 404 })
  const clerk = await county.hire({ roles: ['hall_clerk'] })
  expect(await ask(clerk)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  expect(await ask(manager, { subscriberId: '1' })).toMatchObject({
    ...{ status: 404, body: { code: 'subscriber-unknown' } },
  })
})

test('a second person decides, and tells why when declining', async () => {
  const { body } = await ask(manager)
  const { erasureId } = body as Row
  expect(await ask(manager)).toMatchObject({ status: 409, body: { code: 'erasure-asked' } })
  expect(await decide(manager, erasureId)).toMatchObject({ body: { code: 'erasure-own-request' } })
  await expect(
    county.sql(`update subscribers.erasure set decided_by = requested_by, decided_at = now(),
      approved = true where erasure_id = '${erasureId}'`),
  ).rejects.toThrow('check constraint')
  const elsewhere = await county.hire({ unit: '370685' })
  expect(await decide(elsewhere, erasureId)).toMatchObject({ status: 404 })
  expect(await decide(second, erasureId, false)).toMatchObject({
    ...{ status: 422, body: { code: 'erasure-note-missing' } },
  })
  expect(await decide(second, erasureId, false, WHO.said)).toMatchObject({ status: 200 })
  expect((await requests(manager))[0]).toMatchObject({ state: 'declined', can: [] })
  expect(await decide(second, erasureId)).toMatchObject({ body: { code: 'erasure-decided' } })
})

/** Everything that can hold somebody: beside the extracts, what people told, sent and took away. */
async function leaveTraces(): Promise<void> {
  const home = await county.sql(
    `select household_id as id from subscribers.card where subscriber_id = '${CANARY}'`,
  )
  const householdId = String(home[0]?.id)
  const told = { happened_at: '', channel: '上门', purpose: '营销', result: '有意向' }
  const contact = (id: string, subscriber: string, household: string): Cells => ({
    ...{ 接触编号: id, 用户编号: subscriber, 家庭编号: household, 接触时间: '2026-11-20 10:00' },
    ...{ 渠道: told.channel, 接触目的: told.purpose, 方向: '主动', 接触结果: told.result },
    ...{ 原因: WHO.said, 备注: `${WHO.name} ${WHO.said}`, 工号: '' },
  })
  const contacts = [contact('K1', CANARY, ''), contact('K2', '', householdId)]
  await send(contacts, { kind: 'contacts', name: 'contacts.csv' })
  await makePlan(works, { branchId, day: '2026-11-21' }, unwatched) // copies contacts to the lake
  await send([{ 地址: WHO.address, 运营商: '移动', 月租: '49.00' }], {
    ...{ kind: 'competitors', name: 'rivals.csv', date: '2026-11-22' },
  })
  const faulty = night('离网').map((each) => ({ ...each, 用户状态: '' }))
  await send([...night('离网'), ...faulty.slice(-1)], {
    ...{ date: '2026-11-19', force: '演练数据' },
  })
  const consent = { subject: 'marketing', channel: null, answer: 'yes', toldAt: null, via: 'hall' }
  expect(
    await county.post(`${at}/subscribers/${CANARY}/consents`, manager, {
      ...{ ...consent, proof: { kind: 'recording', ref: WHO.proof }, note: WHO.said },
    }),
  ).toMatchObject({ status: 200 })
  await county.sql(`
    insert into platform.command (staff_id, operation, key, content_sha256, answered, answer, at)
    select '${manager.id}', 'recordConsent', 'once', '', true, jsonb_build_object('consents',
        jsonb_build_array(jsonb_build_object('consentId', consent_id, 'proof', proof_ref))), now()
      from contacts.consent where subscriber_id = '${CANARY}'`)
  expect(
    await county.post(`${at}/subscribers/${CANARY}/unmask`, manager, {
      ...{ purpose: 'complaint', note: WHO.said, fields: ['name'] },
    }),
  ).toMatchObject({ status: 200 })
  const call = { purpose: 'complaint', note: WHO.said }
  expect(await county.post(`${at}/subscribers/${CANARY}/calls`, manager, call)).toMatchObject({
    status: 200,
  })
  await saveUpload(works, manager.actor, {
    ...{ branchId, name: 'sent.csv', stream: Readable.from([Buffer.from(WHO.name)]) },
  })
  const columns = ['subscriberId', 'name', 'phone', 'address']
  const { body } = await county.post(`${at}/exports`, manager, {
    ...{ what: 'subscribers', why: '核对离网用户', unit: branchId, columns, format: 'xlsx' },
    ...{ status: 'terminated', endsFrom: null, endsTo: null },
  })
  const { exportId } = body as { exportId: string }
  await county.post(`${at}/exports/${exportId}/decision`, second, { approve: true, note: '' })
  await jobsDone()
}

test('what identifies a person is gone from every table and file; rows and sums are what they were', async () => {
  await leaveTraces()
  const before = await traces()
  for (const place of [
    ...[
      'subscribers.card.identity',
      'subscribers.unmasking.note',
      'subscribers.call.note',
      'subscribers.erasure.decision_note',
    ],
    ...['contacts.contact.note', 'contacts.consent.proof_ref', 'worklists.task.address'],
    ...['platform.command.answer', 'tasks.parquet', 'rejects.csv', '.bin', '.xlsx'],
  ])
    expect(before.join('\n')).toContain(place)
  for (const sought of TEXTS) expect(before.join('\n')).toContain(sought)
  const counted = await sums()
  const { body } = await ask(manager)
  const { erasureId } = body as Row
  expect(await decide(second, erasureId)).toMatchObject({ status: 200 })
  await jobsDone()
  expect((await requests(manager)).map(({ state }) => state)).toContain('done')
  expect(await traces()).toEqual([])
  expect(await sums()).toEqual(counted)
  const portrait = await county.get(`${at}/subscribers/${CANARY}`, manager)
  expect(portrait).toMatchObject({
    status: 200,
    body: {
      subscriber: { name: null, phone: null, address: null, monthlyFeeFen: 5900 },
      erasedAt: county.clock.now().toISOString(),
    },
  })
  const others = await county.sql(`select count(identity)::integer as named from subscribers.card
    where subscriber_id like '68677000%' and subscriber_id <> '${CANARY}'`)
  expect(others).toEqual([{ named: 12 }])
  const told = await county.sql(`select action, about_id as about from platform.audit_entry
    where action like 'erasure.%' or action = 'subject.erased' order by seq`)
  expect(told.slice(-3)).toEqual([
    { action: 'erasure.requested', about: erasureId },
    { action: 'erasure.approved', about: erasureId },
    { action: 'subject.erased', about: CANARY },
  ])
})

test('the next extract brings them again, and they stay erased', async () => {
  county.clock.set('2026-11-24T01:00:00Z')
  const twice = night('离网').slice(-1)
  const faulty = twice.map((each) => ({ ...each, 用户状态: '', '套餐月费(元)': WHO.own }))
  const { warnings, rejected } = await send([...faulty, ...night('离网')], {
    ...{ date: '2026-11-24', force: '演练数据' },
  })
  expect(rejected).toBe(1)
  expect(warnings.map(({ code }) => code)).toContain('erased-again')
  expect(await traces()).toEqual([])
  const contacts = [
    { 接触编号: 'K3', 用户编号: CANARY, 接触时间: '2026-11-23 10:00', 渠道: '呼入', 方向: '被动' },
  ].map((each) => ({ ...each, 接触目的: '服务', 接触结果: '办理', 备注: WHO.said }))
  await send(contacts, { kind: 'contacts', name: 'later.csv', date: '2026-11-24' })
  await makePlan(works, { branchId, day: '2026-11-24' }, unwatched)
  expect(await traces()).toEqual([])
  const card = await county.unit(county.system, (unit) => readCard(unit, branchId, CANARY))
  expect(card).toMatchObject({ identity: null, status: 'terminated', monthlyFeeFen: 5900 })
})

test('what was told stays as it was told for everybody but the system', async () => {
  for (const change of [
    "update contacts.contact set note = null where contact_id = 'K1'",
    `update contacts.consent set proof_ref = '-' where subscriber_id = '${CANARY}'`,
    `update subscribers.unmasking set note = '' where subscriber_id = '${CANARY}'`,
    `update subscribers.call set note = '' where subscriber_id = '${CANARY}'`,
    `delete from subscribers.erased where subscriber_id = '${CANARY}'`,
    `update subscribers.erasure set number = 'N2'`,
  ])
    await expect(county.sql(change), change).rejects.toThrow(/append-only|keeps what was asked/)
})
