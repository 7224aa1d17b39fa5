import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import pg from 'pg'

export const ROOT = resolve(import.meta.dirname, '../../..')

/** The whole size of a journey by one switch; else the size that fits into a run of all tests. */
export const FULL = process.env.GRIDKEEPER_FULL === '1'

/** What a command answered: its exit code, the object that `--json` prints, and what it said. */
export type Answer = Readonly<{
  code: number | null
  json: Readonly<Record<string, unknown>>
  stderr: string
}>

/** A folder of this test alone, and the surroundings in which its commands run. */
export type Desk = AsyncDisposable &
  Readonly<{
    folder: string
    env: NodeJS.ProcessEnv
    /** Runs `./gridkeeper` with `--json` inside the folder. */
    run(...words: string[]): Promise<Answer>
    /** The same, and it must succeed: answers with what it printed. */
    done(...words: string[]): Promise<Answer['json']>
  }>

/**
 * Opens a desk. Where `TEST_DATABASE_URL` names a server, the commands work on a database of their
 * own there, so that one desk is one installation with one data folder; else on the product’s own.
 */
export async function openDesk(): Promise<Desk> {
  await using opened = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-journey-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const database = process.env.TEST_DATABASE_URL
    ? opened.use(await ownDatabase(process.env.TEST_DATABASE_URL))
    : undefined
  const env = {
    ...process.env,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
    GRIDKEEPER_LANG: 'en',
    NODE_COMPILE_CACHE: join(ROOT, '.node', 'compile-cache'), // as the bootstrap sets it
    GRIDKEEPER_PORT: '0',
    ...(database && { DATABASE_URL: database.url }),
  }
  const run = (...words: string[]) => commandLine([...words, '--json'], { cwd: folder, env })
  const done = async (...words: string[]) => {
    const { code, json, stderr } = await run(...words)
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${stderr}`)
    return json
  }
  const keep = opened.move()
  return { folder, env, run, done, [Symbol.asyncDispose]: () => keep.disposeAsync() }
}

async function ownDatabase(server: string): Promise<AsyncDisposable & { url: string }> {
  const name = `gridkeeper_journey_${randomUUID().replaceAll('-', '')}`
  const order = async (text: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  }
  await order(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => order(`drop database if exists ${name} with (force)`),
  }
}

function commandLine(
  words: readonly string[],
  options: Readonly<{ cwd: string; env: NodeJS.ProcessEnv }>,
): Promise<Answer> {
  return new Promise((answer, fail) => {
    const child = spawn(join(ROOT, 'gridkeeper'), words, { ...options, stdio: 'pipe' })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.stdin.end()
    child.on('error', fail)
    child.on('close', (code) =>
      answer({ code, stderr, json: stdout.trim() === '' ? {} : JSON.parse(stdout) }),
    )
  })
}
