import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterEach, expect, test, vi } from 'vitest'
import { type Engine, startEngine } from './embedded.ts'
import { isRunning } from './process.ts'
import { serverIn } from './stop.ts'

const HERE = import.meta.dirname
const LIMIT = { timeout: 30_000 }
const isRoot = process.getuid?.() === 0
const made: string[] = []
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})

function emptyFolder(): string {
  const folder = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), 'gridkeeper-engine-'))
  fs.chmodSync(folder, 0o755)
  made.push(folder)
  return folder
}

const start = (dataFolder: string) =>
  startEngine({
    dataFolder,
    onDeath: (error) => {
      throw error
    },
  })

async function ask(engine: Pick<Engine, 'host' | 'port' | 'superuser'>, text: string) {
  const { host, port, superuser: user } = engine
  const client = new pg.Client({ host, port, user, database: 'postgres' })
  client.on('error', () => {}) // a session that is cut fails its query as well
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

type Told = { host: string; port: number; superuser: string }

/** Another process that starts the engine of `folder` and then just lives, as `user` if given. */
async function another(
  folder: string,
  user?: string,
): Promise<{ child: ChildProcess; told: Told }> {
  const script = `
    import { startEngine } from ${JSON.stringify(`${HERE}/embedded.ts`)}
    const [dataFolder] = process.argv.slice(1)
    const engine = await startEngine({ dataFolder, onDeath: () => {} })
    console.log(JSON.stringify(engine))
    setInterval(() => {}, 1000)`
  const node = [process.execPath, '--input-type=module-typescript', '-e', script, folder]
  const call = user ? ['setpriv', `--reuid=${user}`, '--clear-groups', ...node] : node
  const child = spawn(call[0] ?? '', call.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  for await (const line of createInterface({ input: child.stdout }))
    return { child, told: JSON.parse(line) }
  throw new Error('the other process ended before its engine ran')
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** The processes that work in `folder` or were called with it, ourselves apart. */
function processesOf(folder: string): number[] {
  const pids = fs.readdirSync('/proc').map(Number).filter(Boolean)
  return pids.filter((pid) => {
    if (pid === process.pid || !isRunning(pid)) return false
    try {
      const call = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return call.includes(folder) || fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)
    } catch {
      return false // it ended while we looked
    }
  })
}

const nothingLeft = (folder: string) =>
  expect.poll(() => processesOf(folder), { timeout: 5_000, interval: 20 }).toEqual([])

test('an engine keeps what was committed from one start to the next', LIMIT, async () => {
  const folder = emptyFolder()
  {
    await using engine = await start(folder)
    await ask(engine, 'create table kept as select 7 as n')
  }
  expect(await serverIn(join(folder, 'ledger'))).toBeNull()
  await using engine = await start(folder)
  expect(await ask(engine, 'select n from kept')).toEqual([{ n: 7 }])
})

test('it is on disk, off the network, orders by bytes, and only its owner gets in', async () => {
  const folder = emptyFolder()
  await using engine = await start(folder)
  const names = ['fsync', 'full_page_writes', 'listen_addresses', 'server_encoding', 'TimeZone']
  const rows = await ask(
    engine,
    `select current_setting(name) as value from unnest('{${names}}'::text[]) with ordinality
       as setting (name, place) order by place`,
  )
  expect(rows.map(({ value }) => value)).toEqual(['on', 'on', '', 'UTF8', 'UTC'])
  const words = `select array_agg(w order by w) as sorted, lower('Ä') from unnest('{b,A,a,中,é}'::text[]) w`
  expect(await ask(engine, words)).toEqual([{ sorted: ['A', 'a', 'b', 'é', '中'], lower: 'ä' }])
  expect(fs.statSync(engine.host).mode & 0o777).toBe(0o700)
  expect(fs.statSync(join(folder, 'ledger')).mode & 0o077).toBe(0)
})

test('a path too long for a socket is no obstacle', LIMIT, async () => {
  const folder = join(emptyFolder(), '县公司'.repeat(12), 'd'.repeat(60))
  fs.mkdirSync(folder, { recursive: true })
  const engine = await start(folder)
  expect(await ask(engine, 'select 1 as one')).toEqual([{ one: 1 }])
  await engine[Symbol.asyncDispose]()
  expect(fs.existsSync(engine.host)).toBe(false)
})

test('a second engine on one folder is refused, and the first one goes on', LIMIT, async () => {
  const folder = emptyFolder()
  await using engine = await start(folder)
  const pid = await serverIn(join(folder, 'ledger'))
  await expect(start(folder)).rejects.toMatchObject({ code: 'folder-owned', values: { pid } })
  expect(await ask(engine, 'select 1 as one')).toEqual([{ one: 1 }])
})

test.skipIf(process.platform !== 'linux')(
  'kill -9 of its owner leaves no process after five seconds, and nothing is lost',
  LIMIT,
  async () => {
    const folder = emptyFolder()
    const { child, told } = await another(folder)
    await ask(told, 'create table kept as select 7 as n')
    expect(processesOf(folder).length).toBeGreaterThan(2)
    await kill(child)
    await nothingLeft(folder)
    await using engine = await start(folder)
    expect(await ask(engine, 'select n from kept')).toEqual([{ n: 7 }])
  },
)

test.skipIf(process.platform !== 'linux')(
  'a server left behind by owner and companion is stopped before the next one starts',
  LIMIT,
  async () => {
    const folder = emptyFolder()
    const { child } = await another(folder)
    const orphan = await serverIn(join(folder, 'ledger'))
    for (const pid of processesOf(folder))
      if (fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('watcher.ts'))
        process.kill(pid, 'SIGKILL')
    await kill(child)
    expect(await serverIn(join(folder, 'ledger'))).toBe(orphan)
    await using engine = await start(folder)
    expect(orphan && isRunning(orphan)).toBe(false)
    expect(await ask(engine, 'select 1 as one')).toEqual([{ one: 1 }])
  },
)

test.skipIf(process.platform !== 'linux')(
  'a session deep in a calculation does not survive owner and server killed together',
  LIMIT,
  async () => {
    const folder = emptyFolder()
    const { child, told } = await another(folder)
    const busy = ask(told, 'select count(*) from generate_series(1, 1000000000000)')
    const cut = expect(busy).rejects.toThrow()
    await expect
      .poll(async () => ask(told, "select 1 from pg_stat_activity where query ~ 'series.*000'"))
      .toHaveLength(2) // itself, and the one that calculates
    process.kill((await serverIn(join(folder, 'ledger'))) ?? 0, 'SIGKILL')
    await kill(child)
    await cut
    await nothingLeft(folder)
    await using engine = await start(folder)
    expect(await ask(engine, 'select 1 as one')).toEqual([{ one: 1 }])
  },
)

test('a first start that was cut short is made again', LIMIT, async () => {
  const folder = emptyFolder()
  fs.mkdirSync(join(folder, 'ledger.draft-cut', 'base'), { recursive: true })
  await using engine = await start(folder)
  expect(await ask(engine, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(fs.readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([])
})

test(
  'the number of a dead server, now a stranger’s, does not stop the next one',
  LIMIT,
  async () => {
    const folder = emptyFolder()
    await (await start(folder))[Symbol.asyncDispose]()
    const note = `${process.pid}\n${folder}/ledger\n1\n5432\n/nowhere\n\n  1 1\nready\n`
    fs.writeFileSync(join(folder, 'ledger', 'postmaster.pid'), note)
    await using engine = await start(folder)
    expect(await ask(engine, 'select 1 as one')).toEqual([{ one: 1 }])
  },
)

test('a server that dies by itself is reported once', LIMIT, async () => {
  const folder = emptyFolder()
  const onDeath = vi.fn()
  await using _engine = await startEngine({ dataFolder: folder, onDeath })
  const pid = await serverIn(join(folder, 'ledger'))
  process.kill(pid ?? 0, 'SIGKILL')
  await expect.poll(() => onDeath.mock.calls.length, { timeout: 5_000 }).toBe(1)
  expect(String(onDeath.mock.calls[0])).toContain('SIGKILL')
})

test('data of another PostgreSQL is refused and left as it is', LIMIT, async () => {
  const folder = emptyFolder()
  fs.mkdirSync(join(folder, 'ledger'))
  fs.writeFileSync(join(folder, 'ledger', 'PG_VERSION'), '15\n')
  const values = { found: '15', wanted: '18' }
  await expect(start(folder)).rejects.toMatchObject({ code: 'ledger-of-other-version', values })
  expect(fs.readdirSync(join(folder, 'ledger'))).toEqual(['PG_VERSION'])
})

test.runIf(isRoot && process.platform === 'linux')(
  'root’s engine works in a folder that no other account may reach',
  LIMIT,
  async () => {
    const closed = emptyFolder()
    fs.chmodSync(closed, 0o700)
    const folder = join(closed, 'data')
    fs.mkdirSync(folder)
    const { child, told } = await another(folder)
    await ask(told, 'create database county')
    await ask(told, 'create table kept as select n from generate_series(1, 100000) n')
    await ask(told, 'checkpoint')
    await kill(child)
    await nothingLeft(folder)
    expect(fs.existsSync(told.host), 'its socket’s folder is gone as well').toBe(false)
    await using engine = await start(folder)
    await ask(engine, 'vacuum kept')
    expect(await ask(engine, 'select count(*)::int as rows from kept')).toEqual([{ rows: 100_000 }])
  },
)

test.runIf(isRoot && fs.existsSync('/usr/bin/setpriv'))(
  'an ordinary user runs it as themselves',
  LIMIT,
  async () => {
    const folder = emptyFolder()
    fs.chmodSync(folder, 0o777)
    const { child, told } = await another(folder, 'nobody')
    expect(await ask(told, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(fs.statSync(join(folder, 'ledger')).uid).toBe(fs.statSync(told.host).uid)
    await kill(child)
    await nothingLeft(folder)
  },
)
