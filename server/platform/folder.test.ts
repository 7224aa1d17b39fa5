import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test } from 'vitest'
import { ownFolder, readOwner } from './folder.ts'
import { takeLock } from './folder-lock.ts'

const NOW = new Date('2026-11-20T06:00Z')
const HERE = import.meta.dirname
const made: string[] = []
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridkeeper-folder-'))
  made.push(folder)
  return folder
}

/** A process of its own that tries to own `folder`; `said` is `owned` or its refusal. */
async function another(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const script = `
    import { ownFolder } from ${JSON.stringify(`${HERE}/folder.ts`)}
    const [folder] = process.argv.slice(1)
    await ownFolder(folder, new Date(0)).then(() => console.log('owned'), (refusal) => {
      console.log(JSON.stringify({ code: refusal.code, values: refusal.values }))
    })
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  })
  children.push(child)
  for await (const line of createInterface({ input: child.stdout })) return { child, said: line }
  throw new Error('the other process said nothing')
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

test('a data folder has one owner, and whoever comes second is told who it is', async () => {
  const folder = emptyFolder()
  await using _owner = await ownFolder(folder, NOW)
  const { said } = await another(folder)
  expect(JSON.parse(said)).toEqual({ code: 'folder-owned', values: { folder, pid: process.pid } })
})

test('the same process cannot own a folder twice', async () => {
  const folder = emptyFolder()
  await using _owner = await ownFolder(folder, NOW)
  await expect(ownFolder(folder, NOW)).rejects.toMatchObject({ code: 'folder-owned' })
})

test('a lock that nobody refers to any more is held until the process ends', async () => {
  const path = join(emptyFolder(), 'owner.lock')
  expect(takeLock(path)).not.toBeNull()
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  for (let rounds = 0; rounds < 3; rounds++) {
    collect()
    await new Promise(setImmediate) // finalizers run between the turns
  }
  expect(takeLock(path)).toBeNull()
})

test('a folder whose owner was killed is free at once', async () => {
  const folder = emptyFolder()
  const { child, said } = await another(folder)
  expect(said).toBe('owned')
  await expect(ownFolder(folder, NOW)).rejects.toMatchObject({ values: { pid: child.pid } })
  await kill(child)
  await using owner = await ownFolder(folder, NOW)
  expect(owner.folder).toBe(folder)
})

test('of many who come at once exactly one becomes the owner', async () => {
  const folder = emptyFolder()
  const all = await Promise.all(Array.from({ length: 6 }, () => another(folder)))
  const owner = all.filter(({ said }) => said === 'owned')
  expect(owner).toHaveLength(1)
  for (const { said } of all.filter((one) => one !== owner[0]))
    expect(JSON.parse(said).values).toEqual({ folder, pid: owner[0]?.child.pid })
})

test('the owner tells where it serves, to its own account only', async () => {
  const folder = emptyFolder()
  expect(await readOwner(folder)).toBeNull()
  const owner = await ownFolder(folder, NOW)
  expect(await readOwner(folder)).toEqual({ pid: process.pid, since: NOW.toISOString() })
  await owner.publish({ url: 'http://127.0.0.1:8080', token: 'secret' })
  expect(await readOwner(folder)).toMatchObject({ url: 'http://127.0.0.1:8080', token: 'secret' })
  expect(statSync(join(folder, 'owner.json')).mode & 0o777).toBe(0o600)
  await owner[Symbol.asyncDispose]()
  expect(await readOwner(folder)).toBeNull()
  expect(readdirSync(folder)).toEqual(['owner.lock'])
})

test('what a killed owner wrote does not make it a living one', async () => {
  const folder = emptyFolder()
  const { child } = await another(folder)
  expect(await readOwner(folder)).toMatchObject({ pid: child.pid })
  await kill(child)
  expect(await readOwner(folder)).toBeNull()
  expect(readFileSync(join(folder, 'owner.json'), 'utf8')).toContain(`${child.pid}`)
})

test('a folder that does not exist has no owner; owning makes it, parents included', async () => {
  const folder = join(emptyFolder(), 'county', 'data')
  expect(await readOwner(folder)).toBeNull()
  await using _owner = await ownFolder(folder, NOW)
  expect(statSync(folder).mode & 0o777, 'it holds personal data').toBe(0o700)
})

test('a note that is not ours to understand is a defect, not a free folder', async () => {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'owner.json'), '{"pid":"x"}')
  await expect(readOwner(folder)).rejects.toThrow()
})

test('a lock is one empty file, held or not', async () => {
  const folder = emptyFolder()
  await using _owner = await ownFolder(folder, NOW)
  expect(readdirSync(folder).sort()).toEqual(['owner.json', 'owner.lock'])
  expect(statSync(join(folder, 'owner.lock')).size).toBe(0)
})
