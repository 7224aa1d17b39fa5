import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { calledBy, publishSubscribers, readCard, withdrawImport } from '#subscribers'
import { openBranch } from '../../../test/branch.ts'
import { cardsOf, deliver } from '../../../test/extract.ts'

const branch = await openBranch('2026-11-20T01:00Z')
afterAll(() => branch.close())
/** Each test has a county to itself, of the two there are and more made like them. */
let nth = 0
let branchId = ''
beforeEach(async () => {
  nth += 1
  branchId = `37${String(nth).padStart(4, '0')}`
  const units = [
    `${branchId},,branch,县${nth}`,
    `${branchId}-H01,${branchId},hall,厅`,
    `${branchId}-H01-G1,${branchId}-H01,grid,网格一`,
    `${branchId}-H01-G2,${branchId}-H01,grid,网格二`,
  ]
  await give(`unit_id,parent_id,kind,name\n${units.join('\n')}\n`, { kind: 'organisation' })
  const places = [
    `${branchId}101,桃村镇,town,${branchId}-H01-G1`,
    `${branchId}101201,国路夼村委会,village,${branchId}-H01-G1`,
    `${branchId}101202,东庄村委会,village,${branchId}-H01-G2`,
    `${branchId}102,观里镇,town,${branchId}-H01-G2`,
    `${branchId}102001,翠亭社区居民委员会,community,${branchId}-H01-G2`,
    `${branchId}102001-3,翠亭花园3号楼,building,${branchId}-H01-G2`,
  ]
  await give(`division_code,name,kind,grid_id\n${places.join('\n')}\n`, { kind: 'places' })
})

const give = (content: Parameters<typeof deliver>[1], more: Parameters<typeof deliver>[2] = {}) =>
  deliver(branch, content, { branchId, date: '2026-11-20', ...more })
const cards = () => cardsOf({ ...branch, branchId })
const card = (id: string) =>
  branch.unit(branch.system, async (unit) => {
    const found = await readCard(unit, branchId, id)
    return found && { ...found, ...calledBy(unit.keys, found) }
  })
const row = (id: string, more: Record<string, string> = {}) => ({
  用户编号: id,
  用户状态: '正常',
  客户名称: '王某三',
  联系电话: '10000123456',
  装机地址: '桃村镇国路夼村12号',
  '欠费金额(元)': '1.50',
  合约失效时间: '20270120',
  宽带到期时间: '20261225',
  ...more,
})
/** Enough others that one row more or less moves no gate. */
const crowd = (more: Record<string, string> = {}) =>
  Array.from({ length: 20 }, (_, at) => row(`C${at + 10}`, more))

/** The sums by unit and day, and what the cards say they should be. */
const endings = () =>
  branch.sql(`select unit_id, ends_on, card_count, monthly_fee_fen from subscribers.ending
    where branch_id = '${branchId}' order by 1, 2`)
const endingsOfCards = () =>
  branch.sql(`select unit_id, coalesce(contract_end, date '9999-12-31') as ends_on,
      count(*) as card_count, coalesce(sum(monthly_fee_fen), 0)::bigint as monthly_fee_fen
    from subscribers.card where branch_id = '${branchId}'
     and status in ('active', 'suspended_by_user', 'suspended_for_arrears')
    group by 1, 2 order by 1, 2`)

async function withdraw(importId: string | null): Promise<void> {
  if (importId === null) throw new Error('a dry run cannot be withdrawn')
  const order = { actor: branch.system, branchId, importId, reason: '数据有误' }
  await withdrawImport(branch.works, branch.house.handlers, order, unwatched)
}

test('an extract becomes a snapshot and cards with place, household, contract end and fen', async () => {
  const outcome = await give([...crowd(), row('A1')])
  expect(outcome).toMatchObject({
    rows: 21,
    accepted: 21,
    rejected: 0,
    duplicates: 0,
    changed: true,
  })
  expect(await card('A1')).toMatchObject({
    unitId: `${branchId}-H01-G1`,
    placeCode: `${branchId}101201`,
    contractEnd: '2026-12-25',
    arrearsFen: 150,
    name: '王某三',
    snapshotDate: '2026-11-20',
  })
  const home = (await card('A1'))?.householdId
  expect((await card('C10'))?.householdId).toBe(home)
})

test('a building is found by its name in the town, a village only inside its own town', async () => {
  await give([
    row('A1', { 装机地址: '山东省烟台市栖霞市观里镇翠亭社区翠亭花园3号楼2单元501室' }),
    row('A2', { 装机地址: '观里镇东庄村5号' }),
    row('A3', { 装机地址: '东庄村5号' }),
  ])
  expect(await card('A1')).toMatchObject({ placeCode: `${branchId}102001-3` })
  expect(await card('A2')).toMatchObject({ placeCode: `${branchId}102` })
  expect(await card('A3')).toMatchObject({ placeCode: null, unitId: branchId })
})

test('whose village is not in the tree is taken for the branch, and said so', async () => {
  const { warnings, accepted } = await give([row('A1', { 装机地址: '外县某村5号' }), row('A2')])
  expect(accepted).toBe(2)
  expect(warnings.find((each) => each.code === 'place-unknown')?.values).toMatchObject({ count: 1 })
})

test('of rows with one key the last valid one is accepted', async () => {
  const outcome = await give([
    row('A1', { 用户状态: '欠费停机' }),
    row('A1', { 用户状态: '主动停机' }),
    row('A1', { 用户状态: '没有的状态' }),
    row('A2'),
  ])
  expect(outcome).toMatchObject({ rows: 4, accepted: 2, rejected: 1, duplicates: 1 })
  expect((await card('A1'))?.status).toBe('suspended_by_user')
})

test('an optional value that cannot be read is not delivered, counted, and its row is taken', async () => {
  const outcome = await give([
    row('A1', { 联系电话: '1.38E+10', '欠费金额(元)': '-3', 宽带到期时间: '19000101' }),
    row('A2', { 联系电话: '1'.repeat(40), 合约失效时间: '99991231', 宽带到期时间: '99991231' }),
  ])
  expect(outcome).toMatchObject({ accepted: 2, rejected: 0 })
  const causes = outcome.warnings.filter((each) => each.code === 'cells-not-delivered')
  expect(causes.map((each) => [each.values.cause, each.values.row])).toEqual(
    expect.arrayContaining([
      ['number-damaged', 2],
      ['value-negative', 2],
      ['date-too-old', 2],
      ['phone-invalid', 3],
    ]),
  )
  expect(await card('A1')).toMatchObject({
    phone: null,
    arrearsFen: null,
    contractEnd: '2027-01-20',
  })
  expect(await card('A2')).toMatchObject({ contractEnd: null, phone: null })
})

test('rejected rows stand in a file with number, column, reason and their cells', async () => {
  const { rejects, rejected } = await give([row('A1'), row(''), row('A3', { 用户状态: '神秘' })])
  expect(rejected).toBe(2)
  const lines = readFileSync(rejects ?? '', 'utf8').split('\r\n')
  expect(lines[1]).toContain('3,用户编号,,row-key-missing')
  expect(lines[2]).toContain('4,用户状态,神秘,code-unknown')
  expect(lines[2]).toContain('桃村镇国路夼村12号')
})

test('the same file twice changes nothing', async () => {
  const first = await give(crowd())
  const before = await cards()
  const again = await give(crowd())
  expect(again).toEqual({ ...first, changed: false })
  expect(await cards()).toBe(before)
})

test('a file without a required column is refused with the columns it has', async () => {
  const refused = give('用户编号,年龄\nA1,3\n')
  await expect(refused).rejects.toMatchObject({
    code: 'columns-missing',
    values: { missing: '用户状态(status)', found: '用户编号、年龄' },
  })
})

test('a count that moves too far is refused until somebody says why', async () => {
  await give(crowd())
  const half = crowd().slice(0, 10)
  const refused = give(half, { date: '2026-11-21' })
  await expect(refused).rejects.toMatchObject({ code: 'row-count-moved' })
  const forced = await give(half, { date: '2026-11-21', force: '拆分乡镇' })
  expect(forced.warnings.map((each) => each.code)).toContain('row-count-forced')
  expect(forced.accepted).toBe(10)
})

test('a file that speaks of another day is refused with the row', async () => {
  const refused = give([row('A1', { 账期: '20261119' })])
  await expect(refused).rejects.toMatchObject({
    code: 'date-differs',
    values: { row: 2, found: '2026-11-19', date: '2026-11-20' },
  })
  expect(await give([row('A1', { 账期: '202611' })])).toMatchObject({ accepted: 1 })
})

test('a dry run tells everything and stores nothing', async () => {
  expect(await give(crowd(), { dryRun: true })).toMatchObject({
    ...{ importId: null, accepted: 20, snapshot: null, changed: false },
  })
  expect(await cards()).toBe('')
})

test('the next day moves only the cards of those who changed, and tells how', async () => {
  await give([...crowd(), row('A1'), row('A2')])
  const before = await cards()
  const { importId } = await give([...crowd(), row('A1', { 用户状态: '欠费停机' }), row('A3')], {
    date: '2026-11-21',
  })
  expect(await card('A1')).toMatchObject({ status: 'suspended_for_arrears' })
  expect(await card('A2')).toBeUndefined()
  const [difference] = await branch.sql(
    `select appeared, gone, changed from subscribers.difference where import_id = '${importId}'`,
  )
  expect(difference).toEqual({ appeared: 1, gone: 1, changed: 1 })
  const columns = await branch.sql(
    `select column_id from subscribers.difference_column where import_id = '${importId}'`,
  )
  expect(columns).toEqual([{ column_id: 'status' }])
  expect(await endings()).toEqual(await endingsOfCards())
  await withdraw(importId)
  expect(await cards()).toBe(before)
  expect(await endings()).toEqual(await endingsOfCards())
})

test('the first extract of a branch can be withdrawn too, and delivered again', async () => {
  const { importId, snapshot } = await give(crowd())
  const before = await cards()
  await withdraw(importId)
  expect(await cards()).toBe('')
  const again = await give(crowd())
  expect(again.snapshot).toBe(snapshot)
  expect(again.importId).not.toBe(importId)
  expect(await cards()).toBe(before)
})

test('a corrected extract of one day replaces the first, and gives way to it when withdrawn', async () => {
  await give(crowd())
  const before = await cards()
  const { importId } = await give(crowd({ 用户状态: '报停' }))
  expect((await card('C10'))?.status).toBe('suspended_by_user')
  await withdraw(importId)
  expect(await cards()).toBe(before)
})

test('only the latest day can be withdrawn, and only once', async () => {
  const first = await give(crowd())
  const second = await give(crowd(), { date: '2026-11-21' })
  await expect(withdraw(first.importId)).rejects.toMatchObject({ code: 'import-not-last' })
  await withdraw(second.importId)
  await expect(withdraw(second.importId)).rejects.toMatchObject({ code: 'import-withdrawn' })
})

test('a day before the latest is added to the history and leaves the cards', async () => {
  await give(crowd())
  const before = await cards()
  const earlier = await give(crowd({ 用户状态: '报停' }), { date: '2026-11-19' })
  expect(earlier.warnings.map((each) => each.code)).toContain('earlier-day')
  expect(await cards()).toBe(before)
  await using session = await branch.works.lake.session()
  const published = await publishSubscribers(branch.works, session, branchId, '2026-11-19')
  expect(published.date).toBe('2026-11-19')
})

test('what was not delivered is null in the view and named, and custom columns are kept', async () => {
  await give([row('A1', { 春节返乡标识: '是' })])
  await using session = await branch.works.lake.session()
  const published = await publishSubscribers(branch.works, session, branchId, '2026-11-30')
  expect(published.deliveredColumns.has('contract_end')).toBe(true)
  expect(published.deliveredColumns.has('complaint_count')).toBe(false)
  expect(published.customColumns.map((each) => each.id)).toEqual(['custom_春节返乡标识'])
  const rows = await session.rows(
    'select branch_id, complaint_count, "custom_春节返乡标识", contract_end_source from published.subscribers',
  )
  expect(rows).toEqual([
    {
      branch_id: branchId,
      complaint_count: null,
      custom_春节返乡标识: '是',
      contract_end_source: 'broadband_expire_date',
    },
  ])
})

test('before the first extract there is nothing to ask', async () => {
  await using session = await branch.works.lake.session()
  const asked = publishSubscribers(branch.works, session, branchId, '2026-11-30')
  await expect(asked).rejects.toMatchObject({ code: 'no-snapshot' })
})

test('a snapshot whose bytes changed is not used', async () => {
  await give(crowd())
  const [file = ''] = globSync(`subscribers/branch=${branchId}/*/*.parquet`, {
    cwd: branch.works.lake.folder,
  })
  const path = join(branch.works.lake.folder, file)
  const bytes = readFileSync(path)
  bytes[200] = (bytes[200] ?? 0) ^ 1
  writeFileSync(path, bytes)
  await using session = await branch.works.lake.session()
  const asked = publishSubscribers(branch.works, session, branchId, '2026-11-30')
  await expect(asked).rejects.toMatchObject({ code: 'snapshot-damaged' })
})

test('what an attempt left behind that was cut short is finished by the next', async () => {
  const { importId, snapshot } = await give(crowd())
  const before = await cards()
  await withdraw(importId)
  const [manifest = ''] = globSync(`subscribers/branch=${branchId}/*/${snapshot}.json`, {
    cwd: branch.works.lake.folder,
  })
  rmSync(join(branch.works.lake.folder, manifest)) // the file was written, its manifest was not
  const again = await give(crowd())
  expect(again).toMatchObject({ snapshot, changed: true })
  expect(existsSync(join(branch.works.lake.folder, manifest))).toBe(true)
  expect(await cards()).toBe(before)
})

test('cards follow their place to another grid when the places say so', async () => {
  await give([row('A1'), row('A2', { 装机地址: '桃村镇东庄村1号' })])
  const places = [
    `${branchId}101,桃村镇,town,${branchId}-H01-G1`,
    `${branchId}101201,国路夼村委会,village,${branchId}-H01-G2`,
    `${branchId}101202,东庄村委会,village,${branchId}-H01-G2`,
  ]
  await give(`division_code,name,kind,grid_id\n${places.join('\n')}\n`, { kind: 'places' })
  expect(await card('A1')).toMatchObject({ unitId: `${branchId}-H01-G2` })
  const sums = await endings()
  expect(sums.map((each) => [each.unit_id, each.card_count])).toEqual([[`${branchId}-H01-G2`, 2]])
  expect(sums).toEqual(await endingsOfCards())
})

test('a profile decides: value maps, constants, derived columns, and which values reject', async () => {
  const yaml = `
name: shop
kind: subscribers
columns:
  - { source: Id, target: subscriber_id }
  - { source: Left, target: status, values: { 'y': terminated }, else: active }
  - { source: Since, target: activation_time, format: dd/MM/yyyy, reject: true }
  - { source: Months, target: contract_months }
  - { source: Note, ignore: true }
constants: { brand: 示例, plan_monthly_fee: '98' }
derived:
  - { target: contract_expire_date, addMonths: { to: activation_time, months: contract_months } }
  - { target: main_plan_name, join: { of: [brand, contract_months], with: '-' } }
`
  const outcome = await give(
    'Id,Left,Since,Months,Note\nA1,Y,05/01/2026,12,x\nA2,n,20/11/2025,12,y\nA3,n,2026-01-05,12,z\n',
    { profile: { name: 'shop', yaml } },
  )
  expect(outcome).toMatchObject({ accepted: 2, rejected: 1 })
  expect(await card('A1')).toMatchObject({
    ...{ status: 'terminated', plan: '示例-12', monthlyFeeFen: 9800, contractEnd: '2027-01-05' },
  })
  expect(await card('A2')).toMatchObject({ status: 'active', contractEnd: '2026-11-20' })
})

test('places that come after the subscribers are found for them all the same', async () => {
  const other = `38${String(nth).padStart(4, '0')}`
  const before = branchId
  branchId = other
  const units = [`${other},,branch,迟`, `${other}-G1,${other},grid,一`]
  await give(`unit_id,parent_id,kind,name\n${units.join('\n')}\n`, { kind: 'organisation' })
  const { warnings } = await give([row('A1', { 春节返乡标识: '是' }), row('A2', { 单元: '3单元' })])
  expect(warnings.map((each) => each.code)).toContain('places-missing')
  const home = (await card('A1'))?.householdId
  expect(await card('A1')).toMatchObject({ placeCode: null, unitId: other })
  const places = `division_code,name,kind,grid_id\n${other}101,桃村镇,town,${other}-G1\n`
  await give(places, { kind: 'places' })
  expect(await card('A1')).toMatchObject({
    ...{ placeCode: `${other}101`, unitId: `${other}-G1`, householdId: home },
  })
  await using session = await branch.works.lake.session()
  const published = await publishSubscribers(branch.works, session, other, '2026-11-20')
  expect(published.rows).toBe(2)
  expect(published.customColumns.map((each) => each.id)).toEqual(['custom_春节返乡标识'])
  branchId = before
})

test('the same file sent six times at once is taken in once, and stands whole', async () => {
  const rows = Array.from({ length: 3000 }, (_, n) => `S${n},王小明,1380000${1000 + n},active`)
  const file = `subscriber_id,customer_name,contact_phone,status\n${rows.join('\n')}\n`
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => give(file)))
  expect(outcomes.filter(({ changed }) => changed)).toHaveLength(1)
  await using session = await branch.works.lake.session()
  expect(await publishSubscribers(branch.works, session, branchId, '2026-11-20')).toMatchObject({
    rows: 3000,
  })
})
