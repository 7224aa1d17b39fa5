import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { Refusal } from '../refusal.ts'
import { type Plain, toPlain } from './values.ts'

export type Params = readonly DuckDBValue[] | Readonly<Record<string, DuckDBValue>>

/** The store that knows the base: questions over millions of rows, asked in sessions. */
export type Lake = AsyncDisposable &
  Readonly<{
    folder: string
    session(): Promise<LakeSession>
    /** A session for somebody who waits: it is interrupted when its time is over. */
    ask(): Promise<LakeSession>
    /**
     * Does `work` while no statement of any session runs: DuckDB looks at a file when it plans a
     * statement and again when it reads, and takes one that was replaced in between for damaged, or
     * worse. Short pieces alone: a rename, not a question.
     */
    alone<T>(work: () => Promise<T>): Promise<T>
  }>

/** How long a question may take while somebody waits for its answer. */
const ASK_LIMIT_MS = 30_000

/**
 * One connection with an empty database of its own in memory, which has the schemas `published`
 * (what modules show) and `work` (what a question leaves on its way). Two sessions never see each
 * other’s tables. Close it with `await using`.
 */
export type LakeSession = AsyncDisposable &
  Readonly<{
    run(sql: string, params?: Params): Promise<void>
    /** All rows of the answer; meant for pages and sums, not for a base of millions. */
    rows<Row extends object = Record<string, Plain>>(sql: string, params?: Params): Promise<Row[]>
    /** The connection itself, for appenders and for columns as typed arrays. */
    connection: DuckDBConnection
    /** Stops what runs at once; it rejects. */
    interrupt(): void
  }>

/**
 * Opens the lake over the folders given: nothing else on the machine can be read or written, no
 * extension can be loaded, and what is set here cannot be changed by a statement afterwards.
 */
export async function openLake(options: {
  folder: string
  allowed: readonly string[]
  threads: number
  memoryMb: number
  askLimitMs?: number
}): Promise<Lake> {
  const { askLimitMs = ASK_LIMIT_MS } = options
  const spill = join(options.folder, 'spill')
  await rm(spill, { recursive: true, force: true }) // what a killed process left may hold names
  await mkdir(spill, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads),
    memory_limit: `${options.memoryMb}MB`,
    temp_directory: spill,
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const settings = await instance.connect()
  const folders = [options.folder, ...options.allowed].map((path) => `'${quoted(path)}/'`)
  await settings.run(`set allowed_directories = [${folders.join(', ')}]`)
  await settings.run('set enable_external_access = false')
  await settings.run('set lock_configuration = true')
  settings.closeSync()
  let opened = 0
  const statements = openStatements()
  const session = async () => {
    opened += 1
    const name = `session_${opened}` // before anything is awaited: two may open at once
    return openSession(await instance.connect(), name, statements)
  }
  return {
    folder: options.folder,
    session,
    ask: async () => timed(await session(), askLimitMs),
    alone: statements.alone,
    [Symbol.asyncDispose]: async () => instance.closeSync(),
  }
}

/** The session, which refuses with `question-too-long` once it has been open for `limitMs`. */
function timed(session: LakeSession, limitMs: number): LakeSession {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(tooLong(limitMs)), limitMs)
  const within = <T>(work: () => Promise<T>) => interruptible(session, late.signal, work)
  return {
    ...session,
    run: (sql, params) => within(() => session.run(sql, params)),
    rows: <Row extends object>(sql: string, params?: Params) =>
      within(() => session.rows<Row>(sql, params)),
    [Symbol.asyncDispose]: () => {
      clearTimeout(timer)
      return session[Symbol.asyncDispose]()
    },
  }
}

const tooLong = (limitMs: number) =>
  new Refusal('unavailable', 'question-too-long', { limit: Math.ceil(limitMs / 1000) })

/** Statements that run beside each other, and now and then something that must not run beside any. */
function openStatements() {
  let running = 0
  let idle: (() => void) | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let closed: Promise<unknown> | undefined
  return {
    run: async <T>(statement: () => Promise<T>): Promise<T> => {
      while (closed) await closed
      running += 1
      try {
        return await statement()
      } finally {
        running -= 1
        if (running === 0) idle?.()
      }
    },
    alone: <T>(work: () => Promise<T>): Promise<T> => {
      const mine = turn.then(async () => {
        const { promise, resolve } = Promise.withResolvers<void>()
        closed = promise
        try {
          if (running > 0)
            await new Promise<void>((none) => {
              idle = none
            })
          return await work()
        } finally {
          idle = undefined
          closed = undefined
          resolve()
        }
      })
      turn = mine.catch(() => undefined) // whoever asked for it is told; the next one has its turn
      return mine
    },
  }
}
type Statements = ReturnType<typeof openStatements>

async function openSession(
  connection: DuckDBConnection,
  name: string,
  statements: Statements,
): Promise<LakeSession> {
  await connection.run(`attach ':memory:' as ${name}`)
  await connection.run(`use ${name}`)
  await connection.run('create schema published')
  await connection.run('create schema work')
  return {
    connection,
    run: async (sql, params) => {
      await statements.run(() => connection.run(sql, params as DuckDBValue[]))
    },
    rows: async <Row extends object>(sql: string, params?: Params) => {
      const reader = await statements.run(() =>
        connection.runAndReadAll(sql, params as DuckDBValue[]),
      )
      const names = reader.deduplicatedColumnNames()
      return reader
        .getRows()
        .map((row) =>
          Object.fromEntries(row.map((value, place) => [names[place], toPlain(value)])),
        ) as Row[]
    },
    interrupt: () => connection.interrupt(),
    [Symbol.asyncDispose]: async () => {
      await connection.run('use memory')
      await connection.run(`detach ${name}`)
      connection.closeSync()
    },
  }
}

/** Runs `work` and interrupts the session as soon as `signal` says so. */
export async function interruptible<T>(
  session: LakeSession,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  let again: NodeJS.Timeout | undefined
  const stop = () => {
    session.interrupt()
    // A statement that was sent but has not begun is not stopped by the first call.
    again = setInterval(() => session.interrupt(), 50)
  }
  signal.addEventListener('abort', stop)
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted() // the interruption is the cause, not the statement
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    clearInterval(again)
  }
}

/** The same for somebody who waits: refused with `question-too-long` when the time is over. */
export async function askWithin<T>(
  session: LakeSession,
  signal: AbortSignal,
  work: () => Promise<T>,
  limitMs = ASK_LIMIT_MS,
): Promise<T> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(tooLong(limitMs)), limitMs)
  try {
    return await interruptible(session, AbortSignal.any([signal, late.signal]), work)
  } finally {
    clearTimeout(timer)
  }
}

const texts = new Map<string, string>()

/** The text of a question kept beside a module: `question(import.meta.url, './queries/x.sql')`. */
export function question(module: string, file: string): string {
  const url = new URL(file, module)
  const known = texts.get(url.href)
  if (known !== undefined) return known
  const text = readFileSync(url, 'utf8')
  assert(text.trim(), `an empty question: ${file}`)
  texts.set(url.href, text)
  return text
}

/** A text as it stands inside the quotes of a SQL literal. */
export function quoted(text: string): string {
  return text.replaceAll("'", "''")
}
