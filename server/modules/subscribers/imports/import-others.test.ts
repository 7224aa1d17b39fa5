import { globSync, readFileSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { importFile, publishCompetitors, readCard, withdrawImport } from '#subscribers'
import { openBranch } from '../../../test/branch.ts'
import { deliver } from '../../../test/extract.ts'
import { PHASES } from './phases.ts'

const branch = await openBranch('2026-11-20T01:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const G1 = `${branchId}-H01-G1`

test('an organisation that runs in a circle is refused with the row, and nothing is stored', async () => {
  const before = await branch.sql('select * from people.unit order by unit_id, valid_from')
  const circle = deliver(
    branch,
    `unit_id,parent_id,kind,name\n${branchId},3706,branch,栖霞\n${branchId}-Z1,${branchId}-Z2,zone,一\n${branchId}-Z2,${branchId}-Z1,zone,二\n`,
    { kind: 'organisation' },
  )
  await expect(circle).rejects.toMatchObject({ code: 'organisation-circle' })
  expect(await branch.sql('select * from people.unit order by unit_id, valid_from')).toEqual(before)
  expect(await branch.sql(`select * from subscribers.import`)).toEqual([])
})

test('dates that are turned round are refused with the name of the file', async () => {
  const header = 'unit_id,parent_id,kind,name,valid_from,valid_to'
  const turned = deliver(
    branch,
    `${header}\n${branchId},3706,branch,栖霞,2026-01-01,\n${branchId}-Z1,${branchId},zone,一,2026-01-01,2019-12-31\n`,
    { kind: 'organisation', name: '组织架构.csv' },
  )
  await expect(turned).rejects.toMatchObject({
    code: 'dates-turned',
    values: { file: '组织架构.csv', row: 3 },
    message: expect.stringContaining('组织架构.csv, row 3'),
  })
})

test('staff of an unknown unit are rejected with the reason, the others are taken', async () => {
  const { rejects, ...outcome } = await deliver(
    branch,
    `工号,姓名,岗位,所属单位,上门产能\nW1,王某一,community_manager|micro_seller,${G1},20\nW2,王某二,micro_seller,nowhere,20\nW3,王某三,juggler,${G1},\n`,
    { kind: 'staff', name: '人员.csv' },
  )
  expect(outcome).toMatchObject({ rows: 3, accepted: 1, rejected: 2, changed: true })
  const lines = readFileSync(rejects ?? '', 'utf8').split('\r\n')
  expect(lines[1]).toContain('3,所属单位,nowhere,staff-unit-unknown')
  expect(lines[2]).toContain('4,岗位,')
})

test('a file of people that was taken cannot be withdrawn, for people act on it', async () => {
  const { importId } = await deliver(
    branch,
    `工号,姓名,岗位,所属单位\nW9,王某九,analyst,${branchId}\n`,
    {
      kind: 'staff',
    },
  )
  const order = { actor: branch.system, branchId, importId: importId ?? '', reason: '错了' }
  await expect(
    withdrawImport(branch.works, branch.house.handlers, order, unwatched),
  ).rejects.toMatchObject({ code: 'import-not-withdrawable' })
})

test('a rival seen at an address is a rival of the home; the latest sighting up to the day counts', async () => {
  const address = '桃村镇国路夼村12号'
  await deliver(branch, [{ 用户编号: 'A1', 用户状态: '正常', 装机地址: address }])
  const card = await branch.unit(branch.system, (unit) => readCard(unit, branchId, 'A1'))
  const seen = (operator: string, fee: string, at: string) =>
    `,山东省烟台市栖霞市${address},${operator},${fee},2026-12-31,${at},W1`
  const header = 'household_id,address,operator,monthly_fee,expires_on,seen_at,staff_id'
  const first = [header, seen('移动', '59', '2026-11-01'), seen('联通', '49', '2026-11-02')]
  const rivals = await deliver(branch, `${first.join('\n')}\n,某处,移动,1,,,\n,,移动,1,,,\n`, {
    kind: 'competitors',
  })
  expect(rivals).toMatchObject({ rows: 4, accepted: 3, rejected: 1 })
  expect(rivals.warnings).toMatchObject([{ code: 'household-unknown', values: { count: 1 } }])
  const later = await deliver(branch, `${header}\n${seen('移动', '69', '2026-11-18')}\n`, {
    kind: 'competitors',
    date: '2026-11-21',
  })
  const asked = async (day: string) => {
    await using session = await branch.works.lake.session()
    await publishCompetitors(branch.works, session, branchId, day)
    return await session.rows(
      `select operator, monthly_fee_fen from published.competitors
       where household_id = $1 order by operator`,
      [card?.householdId ?? ''],
    )
  }
  const [mobile, unicom] = ['移动', '联通']
  expect(await asked('2026-11-20')).toEqual([
    { operator: mobile, monthly_fee_fen: 5900 },
    { operator: unicom, monthly_fee_fen: 4900 },
  ])
  expect(await asked('2026-11-21')).toEqual([
    { operator: mobile, monthly_fee_fen: 6900 },
    { operator: unicom, monthly_fee_fen: 4900 },
  ])
  const order = {
    actor: branch.system,
    branchId,
    importId: later.importId ?? '',
    reason: '重复采集',
  }
  await withdrawImport(branch.works, branch.house.handlers, order, unwatched)
  expect((await asked('2026-11-21'))[0]).toEqual({ operator: mobile, monthly_fee_fen: 5900 })
})

test('what an import needed on its way is gone when it is over, also when it was refused', async () => {
  await expect(deliver(branch, 'a,b\n1,2\n')).rejects.toThrow()
  expect(globSync('*', { cwd: join(branch.works.folder.root, 'tmp') })).toEqual([])
})

test.each([PHASES.converting, PHASES.snapshot, PHASES.comparing, PHASES.recording])(
  'an import that is cancelled leaves no card, no record and no file: $en',
  async (phase) => {
    const path = join(branch.works.folder.root, 'cancelled.csv')
    await writeFile(path, '用户编号,用户状态\nQ1,正常\n,正常\nQ2,正常\nQ2,正常\n')
    const before = await filesThere()
    const abort = new AbortController()
    const told: string[] = []
    const running = importFile(
      branch.works,
      branch.house.handlers,
      {
        ...{ actor: branch.system, branchId, kind: 'subscribers', date: '2026-11-22', path },
        ...{ name: 'cancelled.csv', profile: null, dryRun: false, force: '试' },
      },
      {
        signal: abort.signal,
        tell: (progress) => {
          told.push(progress.phase.en)
          if (progress.phase.en === phase.en) abort.abort()
        },
      },
    )
    await expect(running).rejects.toThrow()
    expect(told).toContain(phase.en)
    expect(await filesThere()).toEqual(before)
    const card = await branch.unit(branch.system, (unit) => readCard(unit, branchId, 'Q1'))
    expect(card).toBeUndefined()
    expect(await branch.sql(`select * from subscribers.import where date = '2026-11-22'`)).toEqual(
      [],
    )
  },
)

/** What stands in the rooms an import writes to. */
async function filesThere(): Promise<string[]> {
  const { lake, reports, tmp } = branch.works.folder
  const rooms = [lake, reports, tmp].map(async (room) => {
    const entries = await readdir(room, { recursive: true, withFileTypes: true })
    return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
  })
  return (await Promise.all(rooms)).flat().sort()
}

test('sightings that are delivered again every night are each counted once, as they were told last', async () => {
  const header = 'household_id,operator,monthly_fee,expires_on,seen_at,staff_id'
  const night = async (date: string, ...rows: string[]) =>
    deliver(branch, `${[header, ...rows].join('\n')}\n`, { kind: 'competitors', date })
  const same = 'N1,移动,59,2026-12-31,2026-10-01,W1'
  await night('2026-11-22', same)
  await night('2026-11-23', same, 'N2,电信,39,,2026-10-02,W1')
  // The same day on the same evening, corrected the night after; an older one says nothing more.
  await night('2026-11-24', 'N1,移动,61,2026-12-31,2026-10-01,W1', 'N2,电信,1,,2026-10-01,W1')
  await using session = await branch.works.lake.session()
  const { rows } = await publishCompetitors(branch.works, session, branchId, '2026-11-24')
  const seen = await session.rows<{ household_id: string }>(
    `select household_id, operator, monthly_fee_fen, expires_on, seen_on, staff_id
     from published.competitors order by household_id`,
  )
  expect(rows).toBe(seen.length)
  const told = { operator: '移动', staff_id: 'W1', seen_on: '2026-10-01' }
  expect(seen.filter(({ household_id }) => household_id?.startsWith('N'))).toEqual([
    { ...told, household_id: 'N1', monthly_fee_fen: 6100, expires_on: '2026-12-31' },
    {
      ...{ household_id: 'N2', operator: '电信', monthly_fee_fen: 3900 },
      ...{ expires_on: null, seen_on: '2026-10-02', staff_id: 'W1' },
    },
  ])
})
