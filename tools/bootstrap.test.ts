import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { isRunning } from '#platform/postgres/process.ts'

const ROOT = resolve(import.meta.dirname, '..')
const made: string[] = []
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A project of the same build, whose command line is `program` and whose dependencies are `locked`. */
function project(program: string, locked: Readonly<Record<string, object>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'gridkeeper-bootstrap-'))
  made.push(root)
  cpSync(join(ROOT, 'bootstrap'), join(root, 'bootstrap'), { recursive: true })
  cpSync(join(ROOT, 'gridkeeper'), join(root, 'gridkeeper'))
  for (const folder of ['cli', 'node_modules']) mkdirSync(join(root, folder))
  const about = { name: 'county', version: '1.0.0', lockfileVersion: 3 }
  const dependencies = Object.fromEntries(
    Object.keys(locked).map((path) => [path.slice(13), '1.0.0']),
  )
  write(root, 'package.json', { ...about, type: 'module', dependencies })
  write(root, 'package-lock.json', {
    ...about,
    packages: { '': { ...about, dependencies }, ...locked },
  })
  write(root, 'node_modules/.package-lock.json', { packages: {} })
  writeFileSync(join(root, 'cli', 'main.ts'), program)
  return root
}

const write = (root: string, path: string, content: object) =>
  writeFileSync(join(root, path), JSON.stringify(content))

type Run = {
  child: ChildProcess
  out: () => string
  err: () => string
  code: Promise<number | null>
}

function launch(root: string, args: readonly string[] = [], more: NodeJS.ProcessEnv = {}): Run {
  const { npm_lifecycle_event: _, ...environment } = process.env
  const child = spawn(join(root, 'gridkeeper'), args, {
    cwd: tmpdir(),
    env: { ...environment, PATH: `${join(process.execPath, '..')}:${process.env.PATH}`, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const code = once(child, 'close').then(([code]) => code)
  return { child, out: () => out, err: () => err, code }
}

const LIVES = `
  process.on('SIGTERM', () => { console.log('asked to end'); process.exit(7) })
  console.log(process.pid)
  setInterval(() => {}, 1000)`

test('the command gets its words, stands where the caller stands, and gives its exit code', async () => {
  const said = `console.log(JSON.stringify([process.argv.slice(2), process.cwd()])); process.exitCode = 2`
  const run = launch(project(said), ['plan', '--branch', '栖霞'])
  expect(await run.code).toBe(2)
  expect(JSON.parse(run.out())).toEqual([['plan', '--branch', '栖霞'], resolve(tmpdir())])
  expect(run.err(), 'nothing is said when nothing is to do').toBe('')
})

test('it may be called through a link from anywhere', async () => {
  const root = project(`console.log('here')`)
  mkdirSync(join(root, 'bin'))
  symlinkSync('../gridkeeper', join(root, 'bin', 'gk'))
  const run = launch(root)
  await run.code
  const child = spawn(join(root, 'bin', 'gk'), { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  expect(String(await once(child.stdout, 'data'))).toBe('here\n')
})

test('a request to end is passed on, and the answer passed back', async () => {
  const run = launch(project(LIVES))
  await expect.poll(run.out, { timeout: 10_000 }).toMatch(/\d+\n/)
  run.child.kill('SIGTERM')
  expect(await run.code).toBe(7)
  expect(run.out()).toContain('asked to end')
})

test('a command whose launcher was killed ends by itself', async () => {
  const run = launch(project(LIVES))
  await expect.poll(run.out, { timeout: 10_000 }).toMatch(/\d+\n/)
  run.child.kill('SIGKILL')
  await expect.poll(run.out, { timeout: 5_000 }).toContain('asked to end')
})

test('a command that does not listen is ended by force when its launcher was killed', async () => {
  const run = launch(project(LIVES.replace('process.exit(7)', '')))
  await expect.poll(run.out, { timeout: 10_000 }).toMatch(/\d+\n/)
  const pid = Number.parseInt(run.out(), 10)
  run.child.kill('SIGKILL')
  await run.code
  await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false)
})

test('a command that npm runs ends when npm is killed', async () => {
  const root = project(LIVES)
  const script = `const { spawn } = require('child_process')
    spawn(process.argv[1], { stdio: 'inherit', env: { ...process.env, npm_lifecycle_event: 'start' } })`
  const npm = spawn(process.execPath, ['-e', script, join(root, 'gridkeeper')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  children.push(npm)
  let out = ''
  npm.stdout.on('data', (chunk) => {
    out += chunk
  })
  await expect.poll(() => out, { timeout: 10_000 }).toMatch(/\d+\n/)
  npm.kill('SIGKILL')
  await expect.poll(() => out, { timeout: 5_000 }).toContain('asked to end')
})

const UNKNOWN = { 'node_modules/no-such-package': { version: '1.0.0', integrity: 'sha512-AAAA' } }
const NOWHERE = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0' }

test('without a network it says in both languages that the first run needs one', async () => {
  const root = project(`console.log('here')`, UNKNOWN)
  const run = launch(root, [], { ...NOWHERE, npm_config_cache: join(root, 'cache') })
  expect(await run.code).toBe(3)
  expect(run.err()).toContain('首次运行需要联网')
  expect(run.err()).toContain('The first run needs a network')
  expect(run.out()).toBe('')
})

test('the lock of a dead set-up is taken over, and released even after a failure', async () => {
  const root = project('', UNKNOWN)
  mkdirSync(join(root, '.node'))
  const lock = join(root, '.node', 'setup.lock')
  writeFileSync(lock, '4194304 1@never')
  const run = launch(root, [], { ...NOWHERE, npm_config_cache: join(root, 'cache') })
  expect(await run.code).toBe(3)
  expect(existsSync(lock)).toBe(false)
})

test('who comes second waits, and finds the work of the first one done', async () => {
  const root = project(`console.log('here')`, UNKNOWN)
  mkdirSync(join(root, '.node'))
  const lock = join(root, '.node', 'setup.lock')
  const other = spawn(process.execPath, ['--input-type=module', '-e', HOLD], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: root,
  })
  children.push(other)
  await once(other.stdout, 'data')
  const run = launch(root)
  await expect.poll(run.err, { timeout: 10_000 }).toContain(`process ${other.pid}`)
  expect(existsSync(lock)).toBe(true)
  write(root, 'node_modules/.package-lock.json', { packages: UNKNOWN })
  mkdirSync(join(root, 'node_modules', 'no-such-package'))
  other.stdin.end()
  expect(await run.code).toBe(0)
  expect(run.out()).toBe('here\n')
})

const HOLD = `
  import { withLock } from './bootstrap/setup-lock.mjs'
  await withLock(process.cwd(), async () => {
    console.log('holding')
    for await (const _ of process.stdin);
  })`
