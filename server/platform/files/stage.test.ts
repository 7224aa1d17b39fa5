import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { preview } from './preview.ts'
import { type StageOptions, type StageProgress, stage } from './stage.ts'
import { rejectsOf, rowsOf } from './staged-rows.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-stage-'))
})
afterAll(() => rm(folder, { recursive: true }))

let count = 0
async function staged(content: string | Uint8Array, options: Partial<StageOptions> = {}) {
  const path = join(folder, `delivered-${++count}`)
  await writeFile(path, content)
  const signal = new AbortController().signal
  return stage({ path, name: 'a.csv', out: join(folder, `out-${count}`), signal, ...options })
}

describe('a delivered CSV', () => {
  test('is staged with the physical number of each row', async () => {
    const file = await staged('编号,姓名\n1,张三\n\n2,李四\n')
    expect(await rowsOf(file)).toEqual([
      [2, '1', '张三'],
      [4, '2', '李四'],
    ])
    expect(file).toMatchObject({ headerRow: 1, header: ['编号', '姓名'], rows: 2, rejectedRows: 0 })
  })

  test('has its header found below title lines, and its notes counted and rejected', async () => {
    const content = '到期用户清单,,\n账期：,20261120,\n用户编号,用户状态,备注\n1,正常,\n合计,1\n'
    const file = await staged(content, { knows: (cell) => ['用户编号', '用户状态'].includes(cell) })
    expect(file.titleLines).toEqual(['到期用户清单', '账期： 20261120'])
    expect(file).toMatchObject({ headerRow: 3, rows: 2, goodRows: 1, rejectedRows: 1 })
    expect(await rejectsOf(file)).toEqual([
      { row: 5, code: 'row-too-short', cells: 2, raw: '合计,1' },
    ])
  })

  test('may have quoted cells with delimiters, quotes and line breaks, which become blanks', async () => {
    const file = await staged('a,b\r\n"1,2","say ""x""\r\nthen"\r\n"3",4\r\n')
    expect(await rowsOf(file)).toEqual([
      [2, '1,2', 'say "x" then'],
      [3, '3', '4'],
    ])
  })

  test('loses one line, not the file, to a quote that is never closed', async () => {
    const file = await staged('a,b\n1,"x\n"2","y"\n3,"z" w\n"4","v"\n"5","u"\n')
    expect(await rowsOf(file)).toEqual([
      [3, '2', 'y'],
      [5, '4', 'v'],
      [6, '5', 'u'],
    ])
    expect((await rejectsOf(file)).map(({ row, code }) => [row, code])).toEqual([
      [2, 'row-broken-quotes'],
      [4, 'row-broken-quotes'],
    ])
  })

  test('may have surplus empty cells but not surplus values', async () => {
    const file = await staged('a,b,\n1,2,,\n1,2,3\n1,2\n')
    expect(file.header).toEqual(['a', 'b'])
    expect(await rowsOf(file)).toEqual([
      [2, '1', '2'],
      [4, '1', '2'],
    ])
    expect((await rejectsOf(file)).map(({ row, code }) => [row, code])).toEqual([
      [3, 'row-too-long'],
    ])
  })
})

describe('a large delivery', () => {
  const line = '370686199001,融合169套餐,20261120,正常,98.50\n'
  const large = gzipSync(`编号,套餐,到期,状态,金额\n${line.repeat(400_000)}`, { level: 1 })

  test('reports its progress', async () => {
    const seen: StageProgress[] = []
    const text = `a,b,c,d,e\n${line.repeat(600_000)}`
    const file = await staged(text, { progress: (progress) => seen.push(progress) })
    expect(file.rows).toBe(600_000)
    expect(seen.length).toBeGreaterThan(1)
    for (const [i, { bytes, totalBytes, rows }] of seen.entries()) {
      expect(bytes).toBeLessThanOrEqual(totalBytes)
      expect(rows).toBeGreaterThan(seen[i - 1]?.rows ?? 0)
    }
  })

  test('stops within a second when it is cancelled, and leaves nothing', async () => {
    const controller = new AbortController()
    const out = join(folder, 'cancelled')
    const staging = staged(large, { out, signal: controller.signal })
    const reason = new Error('cancelled by its owner')
    let cancelledAt = 0
    const watch = (async () => {
      while (!(await readdir(out).catch((): string[] => [])).includes('staged-1.txt')) {
        await new Promise((resolve) => setImmediate(resolve))
      }
      cancelledAt = performance.now()
      controller.abort(reason)
    })()
    await expect(staging).rejects.toBe(reason)
    await watch
    expect(performance.now() - cancelledAt).toBeLessThan(1000)
    expect(await readdir(out)).toEqual([])
  })

  test('that is packed is staged like its content', async () => {
    const file = await staged(large)
    expect(file).toMatchObject({ rows: 400_000, goodRows: 400_000, shape: { gzip: true } })
    expect(file.sha256).toBe(createHash('sha256').update(large).digest('hex'))
  })
})

test('a Parquet file is staged with its rows numbered and its values as text', async () => {
  const path = join(folder, 'delivered.parquet')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(
    `copy (select i as "用户编号", (13800000000 + i)::double as 手机, i / 4 as 金额,
       date '2026-11-20' as 到期, case when i = 1 then null else '正常' end as 状态,
       encode('字节') as 备注 from range(3) r(i)) to '${path}' (format parquet)`,
  )
  const signal = new AbortController().signal
  const file = await stage({ path, out: join(folder, 'parquet'), signal })
  expect(file).toMatchObject({ rows: 3, headerRow: 0, rejectedRows: 0, shape: { kind: 'parquet' } })
  expect(file.header).toEqual(['用户编号', '手机', '金额', '到期', '状态', '备注'])
  expect(await rowsOf(file)).toEqual([
    [1, '0', '13800000000', '0', '2026-11-20', '正常', '字节'],
    [2, '1', '13800000001', '0.25', '2026-11-20', null, '字节'],
    [3, '2', '13800000002', '0.5', '2026-11-20', '正常', '字节'],
  ])
  const seen = await preview({ path, signal, rows: 2 })
  expect(seen.rows.map(({ row, cells }) => [row, cells[0]])).toEqual([
    [1, '0'],
    [2, '1'],
  ])
})

test('a preview of a CSV shows what will be staged', async () => {
  const path = join(folder, 'preview.csv')
  await writeFile(path, '清单\n编号,状态\n1,正常\n\n2,停机\n3,销号\n')
  const knows = (cell: string) => ['编号', '状态'].includes(cell)
  const signal = new AbortController().signal
  expect(await preview({ path, knows, signal, rows: 2 })).toMatchObject({
    headerRow: 2,
    titleLines: ['清单'],
    header: ['编号', '状态'],
    rows: [
      { row: 3, cells: ['1', '正常'] },
      { row: 5, cells: ['2', '停机'] },
    ],
  })
})

test('a broken byte costs its row and is shown as unknown', async () => {
  const gb = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd])
  const good = Buffer.concat([Buffer.from('1,'), gb, Buffer.from('\n')])
  const bad = Buffer.concat([Buffer.from('2,'), Buffer.from([0xd5, 0x0a])])
  const file = await staged(Buffer.concat([Buffer.from('a,b\n'), good, good, bad, good]))
  expect(file).toMatchObject({ rows: 4, goodRows: 3, shape: { encoding: 'gb18030' } })
  expect(await rejectsOf(file)).toEqual([
    { row: 4, code: 'row-broken-bytes', cells: 2, raw: '2,\uFFFD' },
  ])
})
