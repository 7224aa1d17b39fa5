import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { sealSnapshots, snapshotsByKey, sweep } from '#subscribers'
import { openBranch } from '../../../test/branch.ts'
import { deliver } from '../../../test/extract.ts'

const branch = await openBranch('2026-11-23T01:00Z')
afterAll(() => branch.close())
const { works } = branch
const rows = Array.from({ length: 21 }, (_, at) => ({
  ...{ 用户编号: `A${at + 10}`, 用户状态: '正常', 客户名称: `欧阳某${at + 10}` },
  ...{ 联系电话: `139000074${at + 10}`, 宽带到期时间: '20261225' },
}))
const nameOf = (snapshot: string | null) =>
  globSync(`subscribers/**/${snapshot}.parquet`, { cwd: works.folder.lake })[0] ?? ''
const differenceOf = async (snapshot: string | null) => {
  const [row] = await branch.sql(
    `select appeared, gone, changed from subscribers.difference where after_snapshot = '${snapshot}'`,
  )
  return row
}

test('a night after a new key is compared under one key: only who changed is changed', async () => {
  await deliver(branch, rows, { date: '2026-11-20' })
  await works.keys.add()
  const next = rows.map((row) =>
    row.用户编号 === 'A15' ? { ...row, 联系电话: '10000777777' } : row,
  )
  const { snapshot } = await deliver(branch, next, { date: '2026-11-21' })
  expect(await differenceOf(snapshot)).toMatchObject({ appeared: 0, gone: 0, changed: 1 })
  expect(await snapshotsByKey(works)).toEqual(new Map([[works.keys.id, 2]]))
})

test('snapshots that cannot be sealed are left and told, the others are sealed', async () => {
  const { snapshot } = await deliver(branch, rows, { date: '2026-11-22' })
  const name = nameOf(snapshot)
  const file = join(works.lake.folder, name)
  const whole = await readFile(file)
  await writeFile(file, Buffer.from(whole).fill(0, 100, 120))
  await works.keys.add()
  expect(await sealSnapshots(works, unwatched)).toEqual({ sealed: 2, left: [name] })
  expect(await sealSnapshots(works, unwatched)).toEqual({ sealed: 0, left: [name] })
  await writeFile(file, whole)
  expect(await sealSnapshots(works, unwatched)).toEqual({ sealed: 1, left: [] })
})

test('a start removes snapshots that the ledger does not know, and no others', async () => {
  const before = globSync('subscribers/**/*.parquet', { cwd: works.folder.lake })
  const folder = dirname(join(works.lake.folder, before[0] ?? ''))
  await writeFile(join(folder, 'lost.parquet'), '欧阳某10')
  await sweep(works)
  expect(globSync('subscribers/**/*.parquet', { cwd: works.folder.lake })).toEqual(before)
})
