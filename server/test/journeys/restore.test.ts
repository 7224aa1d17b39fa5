import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UNFINISHED } from '../../backup/restore-backup.ts'
import { generateCounty } from '../../sample/index.ts'
import { lookAfter } from './aftermath.ts'
import { addDays } from './closed-doors.ts'
import { type Desk, openDesk, ROOT } from './command-line.ts'
import { untilAllAreGone } from './processes.ts'
import { openAt, startServer } from './served.ts'

const BRANCH = '370686'
const FIRST_DAY = '2026-11-20'
const DATES = (date: string) => ['--branch', BRANCH, '--date', date]
const KINDS = ['organisation', 'places', 'staff', 'subscribers', 'contacts', 'resources']
const MINUTES = { timeout: 600_000 }

let desk: Desk
let backup: string
let plan: Desk['done'] extends (...words: string[]) => Promise<infer Told> ? Told : never

beforeAll(async () => {
  desk = await openDesk()
  for (const nth of [0, 1, 2]) await deliver(nth)
  for (const kind of KINDS)
    await desk.done('import', `day-0/${kind}.csv`, '--kind', kind, ...DATES(FIRST_DAY))
  plan = await desk.done('plan', ...DATES('2026-11-23'), '--publish')
  backup = join(desk.folder, 'at-rest.tar.gz')
  await desk.done('backup', backup)
}, 600_000)
afterAll(() => desk[Symbol.asyncDispose]())

async function deliver(nth: number): Promise<void> {
  const [date, out] = [addDays(FIRST_DAY, nth), join(desk.folder, `day-${nth}`)]
  await generateCounty({ branchId: BRANCH, households: 1500, seed: 11, date, out })
}

test(
  'a restored house has every row and every file, and makes the same plan',
  MINUTES,
  async () => {
    await using other = await openDesk()
    const told = await other.done('restore', backup)
    expect(told.rows).toBeGreaterThan(1000)
    expect(await filesOf(other)).toEqual(await filesOf(desk))
    expect(await tablesOf(other)).toEqual(await tablesOf(desk))
    const again = await other.done('plan', ...DATES('2026-11-23'))
    expect(again).toEqual({ ...plan, published: false })
  },
)

test('a backup taken while extracts come in is a house in itself', MINUTES, async () => {
  const file = join(desk.folder, 'while-serving.tar.gz')
  {
    await using _ = await startServer(desk)
    const nights = [1, 2].map((nth) =>
      desk.done(
        ...['import', `day-${nth}/subscribers.csv`, '--kind', 'subscribers'],
        ...DATES(addDays(FIRST_DAY, nth)),
      ),
    )
    await Promise.all([desk.done('backup', file), ...nights])
  }
  await using other = await openDesk()
  await other.done('restore', file)
  await using house = await openAt(other)
  const planned = { order: { name: 'plan', input: {} }, result: plan } as const
  expect(await lookAfter(house, BRANCH, [planned])).toEqual([])
})

test.each([
  { damage: 'one byte is another', done: (bytes: Buffer) => flipped(bytes) },
  { damage: 'the end is missing', done: (bytes: Buffer) => bytes.subarray(0, bytes.length * 0.7) },
  { damage: 'it is something else', done: () => Buffer.from('not a backup at all') },
])('a backup is refused where $damage', MINUTES, async ({ done }) => {
  await using other = await openDesk()
  const damaged = join(other.folder, 'damaged.tar.gz')
  await writeFile(damaged, done(await readFile(backup)))
  const { code, json } = await other.run('restore', damaged)
  expect({ code, refused: json.refused }).toEqual({ code: 1, refused: 'backup-damaged' })
  expect(existsSync(join(other.folder, 'data')), 'there was no folder').toBe(false)
  await mkdir(join(other.folder, 'data'))
  expect((await other.run('restore', damaged)).json.refused).toBe('backup-damaged')
  expect(await readdir(join(other.folder, 'data')), 'there was an empty one').toEqual([])
})

test('after a refused backup another one is restored into the same folder', MINUTES, async () => {
  await using other = await openDesk()
  const damaged = join(other.folder, 'damaged.tar.gz')
  await writeFile(damaged, flipped(await readFile(backup)))
  expect((await other.run('restore', damaged)).code).toBe(1)
  expect((await other.done('restore', backup)).rows).toBeGreaterThan(1000)
})

function flipped(bytes: Buffer): Buffer {
  const middle = Math.floor(bytes.length / 2)
  const changed = Buffer.from(bytes)
  changed[middle] = (changed[middle] ?? 0) ^ 1
  return changed
}

test('nothing is restored over what is there', MINUTES, async () => {
  await using other = await openDesk()
  await mkdir(join(other.folder, 'data'))
  await writeFile(join(other.folder, 'data', 'somebody.txt'), 'was here')
  const { code, json } = await other.run('restore', backup)
  expect({ code, refused: json.refused }).toEqual({ code: 1, refused: 'folder-not-empty' })
  expect(await readdir(join(other.folder, 'data'))).toEqual(['somebody.txt'])
})

test('a restore that was killed leaves a folder that refuses to open', MINUTES, async () => {
  await using other = await openDesk()
  const restoring = spawn(process.execPath, [join(ROOT, 'cli/main.ts'), 'restore', backup], {
    cwd: other.folder,
    env: other.env,
    stdio: 'ignore',
  })
  const ended = once(restoring, 'exit')
  while (!existsSync(join(other.folder, 'data', UNFINISHED)) && restoring.exitCode === null)
    await wait(1)
  restoring.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
  await untilAllAreGone(other.folder, 5000)
  const { code, json } = await other.run('doctor')
  expect({ code, refused: json.refused }).toEqual({ code: 1, refused: 'restore-unfinished' })
})

/** Every file of the lake and of the reports with what is in it. */
async function filesOf({ folder }: Desk): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const room of ['lake', 'reports'])
    for (const entry of await readdir(join(folder, 'data', room), {
      recursive: true,
      withFileTypes: true,
    })) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isFile() && !path.includes('/spill/'))
        found[relative(folder, path)] = createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
    }
  return found
}

/**
 * Every table with a digest of its rows. Tickets are made anew whenever a house is opened, and which
 * transactions are copied to the lake holds for one ledger only.
 */
async function tablesOf(of: Desk): Promise<Record<string, string>> {
  await using house = await openAt(of)
  const { owner } = house.ledger
  const { rows: tables } = await owner.query<{ name: string; columns: string }>(`
    select format('%I.%I', table_schema, table_name) as name,
           string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
      from information_schema.columns join information_schema.tables
           using (table_schema, table_name)
     where table_type = 'BASE TABLE' and udt_name <> 'xid8'
       and table_schema not in ('pg_catalog', 'information_schema', 'pgboss')
       and (table_schema, table_name) not in (('people', 'ticket'),
           ('contacts', 'published_part'), ('public', 'gridkeeper_migration'))
     group by 1`)
  const digests: Record<string, string> = {}
  for (const { name, columns } of tables) {
    const { rows } = await owner.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(row::text), '' order by row::text)), '')
           as digest from (select ${columns} from ${name}) as row`,
    )
    digests[name] = rows[0]?.digest ?? ''
  }
  return digests
}
