import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askWithin, type Lake, type LakeSession, openLake } from './lake.ts'

let folder: string
let lake: Lake
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-lake-'))
  await writeFile(join(folder, 'secret.csv'), 'a,b\n1,2\n')
  const options = { folder: join(folder, 'lake'), allowed: [], threads: 2, memoryMb: 300 }
  lake = await openLake({ ...options, askLimitMs: 300 })
})
afterAll(async () => {
  await lake[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const ESCAPES = [
  `select * from read_csv('{secret}')`,
  `select * from '{secret}'`,
  `select * from read_text('{secret}')`,
  `select * from read_blob('{secret}')`,
  `select * from read_json('{secret}')`,
  `select * from read_parquet('{secret}')`,
  `select * from read_csv('{lake}/../secret.csv')`,
  `select * from glob('{folder}/*')`,
  `select * from read_text('/etc/passwd')`,
  `copy (select 1) to '{folder}/out.csv'`,
  `copy (select 1) to '{lake}/../out.parquet' (format parquet)`,
  `export database '{folder}/dump'`,
  `import database '{folder}/dump'`,
  `attach '{folder}/other.db'`,
  `install httpfs`,
  `load httpfs`,
  `load '{folder}/evil.duckdb_extension'`,
  `select * from read_csv('http://127.0.0.1:9/x.csv')`,
  `set enable_external_access = true`,
  `set allowed_directories = ['/']`,
  `set lock_configuration = false`,
  `reset allowed_directories`,
  `pragma memory_limit = '100GB'`,
  `set temp_directory = '/tmp'`,
  `create secret s (type s3, key_id 'a', secret 'b')`,
] as const

const textOf = (way: string) =>
  way
    .replaceAll('{secret}', join(folder, 'secret.csv'))
    .replaceAll('{lake}', lake.folder)
    .replaceAll('{folder}', folder)

test.each(ESCAPES)('nobody gets out of the lake by %s', async (way) => {
  await using session = await lake.session()
  const said = session.rows(textOf(way))
  if (way.includes('glob')) expect(await said.catch(() => []), 'it finds nothing').toEqual([])
  else await expect(said).rejects.toThrow()
})

/** What takes an extension or a server, which this machine has not: it leads nowhere either way. */
const TAKES_MORE = /install|load|http:|s3/

test('without what locks the lake the same ways lead out', async () => {
  const instance = await DuckDBInstance.create(':memory:')
  const shut: string[] = []
  const ways = ESCAPES.filter((each) => !TAKES_MORE.test(each))
  for (const way of ways) {
    const connection = await instance.connect()
    await connection.run(textOf(way)).catch(() => shut.push(way))
    connection.closeSync()
  }
  instance.closeSync()
  expect(shut, 'the file is of another kind, and what is open already').toEqual([
    `select * from read_json('{secret}')`,
    `select * from read_parquet('{secret}')`,
    `set enable_external_access = true`,
  ])
  expect(ways.length - shut.length).toBe(17)
})

const ENDLESS =
  'select count(*) from range(1000000) a, range(1000000) b where a.range + b.range = 7'

test('a question of somebody who waits is interrupted, and the session can go on', async () => {
  await using session = await lake.ask()
  await expect(session.rows(ENDLESS)).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'question-too-long',
  })
  await using next = await lake.ask()
  expect(await next.rows('select 1 as one')).toEqual([{ one: 1 }])
})

test('so is one that is asked in a session that stays open', async () => {
  await using session: LakeSession = await lake.session()
  const asked = askWithin(session, new AbortController().signal, () => session.rows(ENDLESS), 100)
  await expect(asked).rejects.toMatchObject({ code: 'question-too-long' })
  expect(await session.rows('select 2 as two')).toEqual([{ two: 2 }])
})

test('whoever goes away stops the question for his own reason', async () => {
  await using session = await lake.session()
  const gone = new AbortController()
  const asked = askWithin(session, gone.signal, () => session.rows(ENDLESS))
  gone.abort(new Error('the caller went away'))
  await expect(asked).rejects.toThrow('the caller went away')
})

test('a file is replaced between statements, never under one', async () => {
  const live = join(folder, 'lake', 'live.parquet')
  await using session = await lake.session()
  const write = (file: string, text: string) =>
    session.run(
      `copy (select range as id, '${text}' || range as cell from range(50000)) to '${file}' (format parquet)`,
    )
  await write(live, 'a')
  let over = false
  const readers = Array.from({ length: 3 }, async () => {
    await using reader = await lake.session()
    for (let reads = 0; ; reads += 1) {
      if (over) return reads
      const sql = 'select count(distinct left(cell, 1))::integer as texts from read_parquet($live)'
      expect(await reader.rows(sql, { live })).toEqual([{ texts: 1 }])
    }
  })
  for (const text of 'bcdefghijklmnopqrst') {
    await write(`${live}.draft`, text.repeat(text.charCodeAt(0) - 90))
    await lake.alone(() => rename(`${live}.draft`, live))
  }
  over = true
  for (const reads of await Promise.all(readers)) expect(reads).toBeGreaterThan(0)
})
