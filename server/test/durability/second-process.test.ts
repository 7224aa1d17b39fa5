import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { FULL, openDesk } from '../journeys/command-line.ts'
import { startServer } from '../journeys/served.ts'

const TIMES = FULL ? 100 : 10
/** What is promised of a machine that does nothing else, and asked of it in the long form. */
const WITHIN_MS = FULL ? 1_000 : 60_000

const FOLDER = JSON.stringify(join(import.meta.dirname, '../../platform/folder.ts'))

/** A process that tries to own a folder and tells how it went, and how long that took. */
const SCRIPT = `
  import { ownFolder } from ${FOLDER}
  const since = performance.now()
  const told = await ownFolder(process.argv[1], new Date(0)).then(
    () => ({ owned: true }),
    ({ code, values }) => ({ code, pid: values.pid }),
  )
  console.log(JSON.stringify({ ...told, ms: performance.now() - since }))
  setInterval(() => {}, 1000)`

type Said = Readonly<{ owned?: true; code?: string; pid?: number; ms: number }>
type Tried = AsyncDisposable & Readonly<{ child: ChildProcess; said: Said }>

async function tryToOwn(folder: string): Promise<Tried> {
  const words = ['--input-type=module-typescript', '-e', SCRIPT, folder]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const tried = {
    child,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
  for await (const line of createInterface({ input: child.stdout }))
    return { ...tried, said: JSON.parse(line) }
  throw new Error('the process said nothing')
}

test(`${TIMES} of ${TIMES} second processes are refused and told who was first; a killed owner leaves the folder free`, {
  timeout: 600_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-owned-'))
  const took: number[] = []
  for (let nth = 0; nth < TIMES; nth++) {
    await using owner = await tryToOwn(folder) // the one before was killed a moment ago
    expect(owner.said, `owner ${nth}`).toMatchObject({ owned: true })
    await using second = await tryToOwn(folder)
    expect(second.said).toMatchObject({ code: 'folder-owned', pid: owner.child.pid })
    took.push(second.said.ms)
  }
  await rm(folder, { recursive: true })
  const [most = 0] = took.toSorted((a, b) => b - a)
  expect(most).toBeLessThan(WITHIN_MS)
  process.stdout.write(`${took.length} refused, the slowest after ${Math.round(most)} ms\n`)
})

test('a second server on the folder of a first is refused by its command and names the first', {
  timeout: 300_000,
}, async () => {
  await using desk = await openDesk()
  await using first = await startServer(desk)
  const { code, json } = await desk.run('start')
  expect({ code, refused: json.refused, values: json.values }).toEqual({
    code: 1,
    refused: 'folder-owned',
    values: { folder: join(desk.folder, 'data'), pid: first.process.pid },
  })
  const { status } = await fetch(new URL('/readyz', first.url))
  expect(status, 'the first serves on').toBe(200)
})
