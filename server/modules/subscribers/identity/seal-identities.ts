import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Keys } from '#platform/keys.ts'
import { beginningOf, type CellKeys, tokenParams } from '#platform/sealed-cells.ts'
import type { Sealed } from '../snapshots/write-snapshot.ts'
import { PURPOSE } from './identity.ts'
import { learnInitials } from './initials.ts'
import { type CellJob, openFile, sealFile } from './seal-file.ts'

export type Sealing = Readonly<{
  keys: Keys
  branchId: string
  /** For what is written on the way. */
  folder: string
  signal: AbortSignal
}>

/** So few are done where they are. */
const FEW = 2_000
const THREADS = Math.min(4, availableParallelism())

const ask = (file: string) => question(import.meta.url, `../queries/${file}.sql`)

/**
 * Makes work.sealed, the names and numbers of everybody in work.accepted as one sealed cell each, with
 * the tokens they are found by. What `before`, a sealed snapshot of the branch, has already is taken
 * from there: of a night, only what is new costs anything.
 */
export async function sealAccepted(
  session: LakeSession,
  of: Sealing,
  before: string | null,
): Promise<Sealed> {
  const cells = of.keys.cellKeysFor(PURPOSE)
  await session.run(ask('identity-said'), { ...tokenParams(cells), branch: of.branchId })
  if (before) await session.run(ask('identity-known'), { before, key: beginningOf(cells, '') })
  else await session.run(ask('identity-none-known'))
  await sealFresh(session, of, cells)
  const [filled = {}] = await session.rows<Record<string, number>>(ask('identity-filled'))
  return { keyId: cells.current, filled: new Map(Object.entries(filled)) }
}

/** Makes work.sealed of the cells in work.said, which another key sealed. */
export async function sealAgain(session: LakeSession, of: Sealing): Promise<Sealed['keyId']> {
  const cells = of.keys.cellKeysFor(PURPOSE)
  await session.run(ask('cells-to-open'))
  await inParts(session, { ...of, cells, task: 'open' })
  await session.run(ask('identity-opened'), {
    ...{ ...tokenParams(cells), branch: of.branchId, files: join(of.folder, 'open-*.out') },
  })
  await session.run(ask('identity-none-known'))
  await sealFresh(session, of, cells)
  return cells.current
}

/** Adds what is in work.identity and not in work.sealed yet. */
async function sealFresh(session: LakeSession, of: Sealing, cells: CellKeys): Promise<void> {
  await session.run(ask('identity-fresh'))
  for (const tokens of ['name-tokens', 'number-tokens'])
    await session.run(ask(tokens), { ...tokenParams(cells), branch: of.branchId })
  await learnInitials(session, of.folder)
  await session.run(ask('cells-to-seal'))
  await inParts(session, { ...of, cells, task: 'seal' })
  await session.run(ask('identity-sealed'), { files: join(of.folder, 'seal-*.out') })
}

/** Has threads do a task with what is in work.cell; a part each, from file to file. */
async function inParts(
  session: LakeSession,
  of: Sealing & Readonly<{ cells: CellKeys; task: CellJob['task'] }>,
): Promise<void> {
  const { cells: keys, branchId, folder, task } = of
  const [{ count } = { count: 0 }] = await session.rows<{ count: number }>(ask('cells-count'))
  const parts = count <= FEW ? 1 : THREADS
  const jobs = Array.from({ length: parts }, (_, part): CellJob => {
    const name = (end: string) => join(folder, `${task}-${part}.${end}`)
    return { task, keys, branchId, from: name('in'), to: name('out') }
  })
  for (const [part, { from }] of jobs.entries())
    await session.run(ask('cells-part'), { file: from, part, parts })
  if (count <= FEW) for (const job of jobs) await (task === 'seal' ? sealFile : openFile)(job)
  else await Promise.all(jobs.map((job) => inThread(job, of.signal)))
}

/** Aborted, the thread ends at once. */
function inThread(job: CellJob, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const worker = new Worker(new URL('./seal-worker.ts', import.meta.url), { workerData: job })
  const abort = () => void worker.terminate()
  signal.addEventListener('abort', abort, { once: true })
  worker.on('error', reject)
  worker.on('exit', () => {
    signal.removeEventListener('abort', abort)
    if (signal.aborted) reject(signal.reason)
    else resolve() // after an error it is rejected already
  })
  return promise
}
