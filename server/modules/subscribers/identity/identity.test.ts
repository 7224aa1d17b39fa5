import { globSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { importSampleCampaigns } from '#campaigns'
import { unwatched } from '#platform/works.ts'
import { calledBy, readCard } from '#subscribers'
import { makePlan, publishPlan } from '#worklists'
import { openBranch } from '../../../test/branch.ts'
import { type Cells, deliver } from '../../../test/extract.ts'
import { tracesOf } from '../../../test/traces.ts'
import { checkedManifest } from '../snapshots/manifest.ts'
import { SEALED_COLUMNS } from './identity.ts'

// The person whose data must not lie about, under words that nobody else has.
const CANARY = {
  ...{ name: '欧阳金丝雀', contact: '端木知更鸟', account: '慕容布谷鸟', phone: '13900007431' },
  ...{ number: '053500086420', idCard: '11010119900307293X', wecom: 'wmCANARYexternal' },
}
const WORDS = Object.values(CANARY)

const branch = await openBranch('2026-11-21T01:00Z')
afterAll(() => branch.close())
const { branchId, works } = branch
const row = (id: string, more: Cells = {}): Cells => ({
  ...{ 用户编号: id, 用户状态: '正常', 客户名称: '王某三', 主要联系人姓名: '', 账户名称: '' },
  ...{ 联系电话: '10000123456', 服务号码: '', 身份证号: '', wecom_external_id: '' },
  ...{ 装机地址: '桃村镇国路夼村12号', 宽带到期时间: '20261225', ...more },
})
const canary = row('A1', {
  ...{ 客户名称: CANARY.name, 主要联系人姓名: CANARY.contact, 账户名称: CANARY.account },
  ...{ 联系电话: CANARY.phone, 服务号码: CANARY.number, 身份证号: CANARY.idCard },
  wecom_external_id: CANARY.wecom,
})
const crowd = Array.from({ length: 20 }, (_, at) => row(`C${at + 10}`))
const first = await deliver(branch, [canary, ...crowd], { date: '2026-11-19' })
const second = await deliver(branch, [canary, row('B1'), ...crowd])
await branch.unit(branch.system, (unit) =>
  importSampleCampaigns(unit, branchId, join(import.meta.dirname, '../../../../samples/campaigns')),
)
const { planId } = await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
await publishPlan(works, { branchId, planId }, unwatched)
const found = async (search: string) => {
  const who = await branch.hire({ roles: ['branch_manager'] })
  const { status, body } = await branch.get(
    `/branches/${branchId}/subscribers?search=${encodeURIComponent(search)}`,
    who,
  )
  expect(status, JSON.stringify(body)).toBe(200)
  return (body as { rows: { subscriberId: string }[] }).rows.map((each) => each.subscriberId)
}

test('no table and no file of the installation holds a name or a number', async () => {
  expect(await tracesOf(branch, WORDS)).toEqual([])
  // The search would find what is there: the address is kept as it came.
  const kept = await tracesOf(branch, ['国路夼村'])
  expect(kept).toContain('subscribers.card.address: 国路夼村')
  expect(kept).toContain(`${second.snapshot}.parquet: 国路夼村`)
})

test('whoever may know is told what was delivered', async () => {
  const card = await branch.unit(branch.system, (unit) => readCard(unit, branchId, 'A1'))
  if (!card) throw new Error('A1 was delivered')
  expect(calledBy(works.keys, card)).toEqual({ name: CANARY.name, phone: CANARY.phone })
  const clerk = await branch.hire({ roles: ['hall_clerk'] })
  const { body } = await branch.post(`/branches/${branchId}/subscribers/A1/unmask`, clerk, {
    ...{ purpose: 'customer-present', note: '', fields: ['name', 'phone', 'idNumber'] },
  })
  expect(body).toMatchObject({
    values: { name: CANARY.name, phone: CANARY.phone, idNumber: CANARY.idCard },
  })
})

test('a name is found by how it begins and by its sounds, a number by its last four digits or whole', async () => {
  for (const typed of ['欧阳', '欧阳金', '欧阳金丝', 'oyjs', '7431', CANARY.phone, 'A1'])
    expect(await found(typed), typed).toEqual(['A1'])
  for (const typed of ['阳金', '欧阳银', '7430', '07431', `9${CANARY.phone}`])
    expect(await found(typed), typed).toEqual([])
})

test('who is unchanged keeps the same bytes, though the night is sealed anew', async () => {
  const [before, after] = [await cellsIn(first.snapshot), await cellsIn(second.snapshot)]
  expect(before.size).toBe(21)
  for (const [id, cell] of before) expect(after.get(id), id).toBe(cell)
  expect(after.get('B1')).not.toBe(after.get('C10')) // though both are called the same
})

test('the manifest says how many there are, and by which key they are sealed', async () => {
  const manifest = await checkedManifest(fileOf(second.snapshot))
  expect(manifest.sealed).toBe(works.keys.id)
  const filled = new Map(manifest.columns.map((each) => [each.id, each.filled]))
  expect(SEALED_COLUMNS.map((column) => filled.get(column))).toEqual([22, 1, 1, 22, 1, 1, 1])
})

test('without the key nothing opens, and people are told which one is missing', async () => {
  const other = await openBranch('2026-11-21T01:00Z')
  await using _ = { [Symbol.asyncDispose]: () => other.close() }
  const card = await branch.unit(branch.system, (unit) => readCard(unit, branchId, 'A1'))
  expect(() => calledBy(other.works.keys, card as never)).toThrow('cell-key-missing')
})

function fileOf(snapshot: string | null): string {
  const [file = ''] = globSync(`subscribers/**/${snapshot}*.parquet`, { cwd: works.folder.lake })
  return join(works.folder.lake, file)
}

async function cellsIn(snapshot: string | null): Promise<ReadonlyMap<string, string>> {
  await using session = await works.lake.session()
  const rows = await session.rows<{ id: string; cell: string }>(
    'select subscriber_id as id, hex(identity) as cell from read_parquet($file)',
    { file: fileOf(snapshot) },
  )
  return new Map(rows.map(({ id, cell }) => [id, cell]))
}
