import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { subject } from '../../../commands/subject.ts'
import { rotateKeys } from '../../../key-rotation.ts'
import { openBranch, type Person } from '../../../test/branch.ts'
import { type Cells, cardsOf, deliver } from '../../../test/extract.ts'
import { tracesOf } from '../../../test/traces.ts'
import { readCard } from '../cards/cards.ts'
import { calledBy } from '../identity/identity.ts'
import { withdrawImport } from '../imports/withdraw.ts'
import { selectOpenCorrections } from './correction-store.ts'
import { eraseSubject } from './erase-subject.ts'

const branch = await openBranch('2026-11-21T01:00Z')
afterAll(() => branch.close())
const { branchId, works } = branch
const at = `/branches/${branchId}`

const OLD = { name: '张金丝', phone: '13900007431', address: '桃村镇国路夼村12号' }
const NEW = { name: '欧阳知更鸟', phone: '13811112222', address: '桃村镇国路夼村77号' }
const row = (id: string, more: Partial<typeof OLD> = {}): Cells => {
  const { name, phone, address } = { ...OLD, name: '王某三', phone: '10000123456', ...more }
  return {
    ...{ 用户编号: id, 用户状态: '正常', 客户名称: name, 联系电话: phone },
    ...{ 服务号码: '053500086420', 装机地址: address, 宽带到期时间: '20261225' },
    ...{ grid_code: '370686-H01-G1', '套餐月费(元)': '59.00' },
  }
}
const crowd = Array.from({ length: 20 }, (_, each) => row(`C${each + 10}`))
const bring = (date: string, of: Partial<typeof OLD>) =>
  deliver(branch, [row('A1', of), row('B1'), ...crowd], { date })

const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
const elsewhere = await branch.hire({ unit: '370686-H02', roles: ['hall_clerk'] })
const manager = await branch.hire()

type Told = { field: string; value: string; number?: string }
type Row = {
  correctionId: string
  subscriberId: string
  field: string
  endedAs: string | null
  phone: string | null
}
const record = (who: Person, told: Told, id = 'A1') =>
  branch.post(`${at}/subscribers/${id}/corrections`, who, { number: 'XF-2026-9', ...told })
const withdraw = (who: Person, { correctionId }: Row) =>
  branch.post(`${at}/corrections/${correctionId}/withdrawal`, who)
const listed = async (who: Person) =>
  ((await branch.get(`${at}/corrections`, who)).body as { rows: Row[] }).rows
const found = async (search: string) => {
  const { body } = await branch.get(
    `${at}/subscribers?search=${encodeURIComponent(search)}`,
    manager,
  )
  return (body as { rows: { subscriberId: string }[] }).rows.map((each) => each.subscriberId)
}
const held = async (id = 'A1') => {
  const card = await branch.unit(branch.system, (unit) => readCard(unit, branchId, id))
  if (!card) throw new Error(`${id} has a card`)
  return { ...calledBy(works.keys, card), address: card.address }
}
const portrait = async () =>
  JSON.stringify((await branch.get(`${at}/subscribers/A1`, manager)).body)

await bring('2026-11-12', OLD)
test('what a person says is wrong is right at once, wherever it is shown or looked for', async () => {
  for (const field of ['name', 'phone', 'address'] as const)
    expect(await record(clerk, { field, value: NEW[field] })).toMatchObject({
      ...{ status: 200, body: { subscriberId: 'A1', field, endedAs: null, can: ['withdraw'] } },
    })
  expect(await held()).toEqual(NEW)
  const shown = await portrait()
  for (const masked of ['欧阳***', '138****2222', '国路夼村**']) expect(shown).toContain(masked)
  expect(shown).not.toContain('139****7431')
  for (const typed of ['欧阳', '欧阳知更', 'oyzgn', '2222', NEW.phone])
    expect(await found(typed), typed).toEqual(['A1'])
  for (const typed of ['张金', 'zjs', '7431', OLD.phone])
    expect(await found(typed), typed).toEqual([])
  const reasons = { purpose: 'complaint', note: '核对更正', fields: ['name', 'phone', 'address'] }
  expect(await branch.post(`${at}/subscribers/A1/unmask`, manager, reasons)).toMatchObject({
    body: { values: NEW },
  })
})

test('an extract with the old value leaves it, one with the new value ends it, and then what is delivered counts', async () => {
  const withoutHome = (cards: string) => cards.replaceAll(/h-[\da-f]{16}/g, 'h-') // it follows the address
  const before = withoutHome(await cardsOf(branch))
  await bring('2026-11-13', OLD)
  expect(await held()).toEqual(NEW)
  expect(withoutHome(await cardsOf(branch)), 'the same bytes as the night seals').toBe(before)
  expect(await found('欧阳')).toEqual(['A1'])
  await bring('2026-11-14', { ...OLD, name: NEW.name, phone: '138-1111-2222' })
  const [open, ...ended] = await listed(manager)
  expect(open).toMatchObject({ field: 'address', endedAs: null, address: '桃村镇国路夼村**' })
  expect(ended).toHaveLength(2)
  for (const each of ended)
    expect(each).toMatchObject({ endedAs: 'taken-over', name: null, phone: null, can: [] })
  expect(await held()).toEqual(NEW)
  await bring('2026-11-15', { ...OLD, name: '赵某', phone: '13800009999' })
  expect(await held()).toEqual({ name: '赵某', phone: '13800009999', address: NEW.address })
  const told = await branch.sql(`select action, about_id as about, body from platform.audit_entry
    where action like 'correction.%' order by seq`)
  expect(told.map(({ action }) => action)).toEqual([
    ...Array.from({ length: 3 }, () => 'correction.recorded'),
    ...Array.from({ length: 2 }, () => 'correction.taken-over'),
  ])
  for (const each of told) {
    expect(each.about).toBe('A1')
    expect(Object.keys(JSON.parse(String(each.body)).values).sort()).toEqual([
      'correction',
      'field',
    ])
  }
})

test('taken back, the card says what was delivered: at once, or from the next extract on', async () => {
  const { body } = await record(clerk, { field: 'phone', value: '13812340000' }, 'B1')
  expect(await withdraw(elsewhere, body as Row)).toMatchObject({ status: 404 })
  expect(await withdraw(clerk, body as Row)).toMatchObject({ status: 200 })
  expect(await withdraw(clerk, body as Row)).toMatchObject({ body: { code: 'correction-ended' } })
  expect(await held('B1')).toMatchObject({ phone: '10000123456' })
  const [open] = await listed(clerk)
  expect(await withdraw(clerk, open as Row)).toMatchObject({ status: 200 })
  await bring('2026-11-16', OLD)
  expect(await held()).toEqual(OLD)
})

test('an extract that is taken back leaves what a person said', async () => {
  await record(clerk, { field: 'phone', value: '１３８ 1234-５５５５' }, 'B1')
  const outcome = await bring('2026-11-17', OLD)
  const importId = String(outcome.importId)
  const order = { actor: branch.system, branchId, importId, reason: '样本有误' }
  await withdrawImport(works, branch.house.handlers, order, unwatched)
  expect(await held('B1')).toMatchObject({ phone: '13812345555' })
})

test('what cannot be corrected is refused in words', async () => {
  const phone = { field: 'phone', value: '13812346666' }
  for (const [told, code] of [
    [{ field: 'phone', value: '打不通' }, 'correction-phone-unreadable'],
    [{ field: 'phone', value: '+86 138-1234-5555' }, 'correction-same'],
    [{ field: 'name', value: '王某三' }, 'correction-same'],
  ] as const)
    expect(await record(clerk, told, 'B1'), code).toMatchObject({ body: { code } })
  for (const value of ['', '   ', '张*三', 'A\u0007'])
    expect(await record(clerk, { field: 'name', value }), value).toMatchObject({ status: 400 })
  expect(await record(clerk, phone, 'X9')).toMatchObject({
    ...{ status: 404, body: { code: 'subscriber-unknown' } },
  })
  const seller = await branch.hire({ unit: '370686-H01', roles: ['marketer'] })
  expect(await record(seller, phone)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
})

test('in another unit there is neither the subscriber nor the correction', async () => {
  expect(await record(elsewhere, { field: 'name', value: '李某' })).toMatchObject({
    ...{ status: 404, body: { code: 'subscriber-unknown' } },
  })
  expect(await listed(elsewhere)).toEqual([])
  expect((await listed(clerk)).length).toBeGreaterThan(0)
})

test('of two at once one stands, and the card says the same', async () => {
  const values = ['13800000001', '13800000002', '13800000003']
  const answers = await Promise.all(
    values.map((value) => record(clerk, { field: 'phone', value }, 'C10')),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  const open = (await listed(clerk)).filter((each) => each.subscriberId === 'C10' && !each.endedAs)
  expect(open).toHaveLength(1)
  const last = values.find((value) => open[0]?.phone?.endsWith(value.slice(-4)))
  expect(await held('C10')).toMatchObject({ phone: last })
})

test('no table and no file holds a corrected value, and a new key seals it anew', async () => {
  await record(clerk, { field: 'name', value: '夜莺某' }, 'C11')
  await record(clerk, { field: 'phone', value: '13866660001' }, 'C11')
  expect(await tracesOf(branch, ['夜莺某', '13866660001', NEW.name, NEW.phone])).toEqual([])
  const before = await branch.sql(
    'select sealed from subscribers.correction where sealed is not null',
  )
  expect(await rotateKeys(works, unwatched)).toMatchObject({ texts: before.length })
  const open = await branch.unit(branch.system, (unit) => selectOpenCorrections(unit, { branchId }))
  for (const { sealed } of open)
    expect(Buffer.from(sealed ?? []).toString('hex', 1, 5)).toBe(works.keys.id)
  expect(await held('C11')).toMatchObject({ name: '夜莺某', phone: '13866660001' })
  expect(await found('夜莺')).toEqual(['C11'])
  const told = await subject.perform(
    branch.house,
    { branch: branchId, subscriber: 'C11' },
    unwatched,
  )
  const { corrections } = told as { corrections: { value: string }[] }
  expect(corrections.map(({ value }) => value).sort()).toEqual(['13866660001', '夜莺某'])
})

test('of whoever is erased no correction is left, and none is taken', async () => {
  const erasureId = randomUUID()
  await branch.sql(`
    insert into subscribers.erasure (branch_id, erasure_id, subscriber_ids, ground, number,
      requested_by, requested_at, decided_by, decided_at, approved)
    values ('${branchId}', '${erasureId}', '{C11}', 'asked', 'N1', 'a', now(), 'b', now(), true)`)
  await eraseSubject(works, [], { branchId, erasureId }, unwatched)
  const kept = await branch.sql(`select ended_as as "endedAs", sealed from subscribers.correction
    where subscriber_id = 'C11'`)
  expect(kept).toEqual(kept.map(() => ({ endedAs: 'erased', sealed: null })))
  expect(kept).toHaveLength(2)
  await bring('2026-11-18', OLD)
  expect(await held('C11')).toEqual({ name: null, phone: null, address: null })
  expect(await record(clerk, { field: 'name', value: '夜莺某' }, 'C11')).toMatchObject({
    ...{ status: 409, body: { code: 'correction-erased' } },
  })
})

test('what was recorded stays as it was recorded', async () => {
  for (const change of [
    "update subscribers.correction set number = 'N2'",
    "update subscribers.correction set ended_as = 'withdrawn' where ended_at is not null",
    'update subscribers.correction set sealed = null where ended_at is null',
  ])
    await expect(branch.sql(change), change).rejects.toThrow(/keeps what was recorded|check/)
})
