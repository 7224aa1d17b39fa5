import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isServerOf, processesOf, send } from './process.ts'

/** Who holds this lock, beside the ledger, runs its server, or clears up after one. */
export const ENGINE_LOCK = 'engine.lock'

/** Milliseconds that a server has for each way of stopping before the next, harder one. */
export type Patience = Readonly<{ fastMs: number; immediateMs: number }>

/** For a server whose clients are ours and gone: it may finish its checkpoint. */
export const PATIENT: Patience = { fastMs: 30_000, immediateMs: 5_000 }
/** For the watcher, whose promise is five seconds; what was committed is in the log anyway. */
export const BRISK: Patience = { fastMs: 2_500, immediateMs: 1_000 }

/** The number of the server that runs in `ledger`, or null. */
export async function serverIn(ledger: string): Promise<number | null> {
  const { pid } = await readPidFile(ledger)
  return pid !== null && isServerOf(pid, ledger) ? pid : null
}

/**
 * What the server itself notes in `postmaster.pid`: its number, and whether it takes connections.
 * The file is written in pieces, so any of it may be missing.
 */
export async function readPidFile(ledger: string): Promise<{ pid: number | null; ready: boolean }> {
  const text = await readFile(join(ledger, 'postmaster.pid'), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const lines = text.split('\n')
  const pid = Number(lines[0])
  const known = Number.isInteger(pid) && pid > 0
  return { pid: known ? pid : null, ready: lines[7]?.trim() === 'ready' }
}

/**
 * Stops the server `pid` of `ledger`: first fast (sessions are cut, a checkpoint is written), then
 * at once, then by force; and waits until it has gone. Does nothing when it is not that server.
 */
export async function stopServer(pid: number, ledger: string, patience: Patience): Promise<void> {
  const ways = [
    ['SIGINT', patience.fastMs],
    ['SIGQUIT', patience.immediateMs],
    ['SIGKILL', patience.immediateMs],
  ] as const
  for (const [signal, patienceMs] of ways) {
    if (!isServerOf(pid, ledger)) return
    send(pid, signal)
    const until = performance.now() + patienceMs
    while (performance.now() < until) {
      if (!isServerOf(pid, ledger)) return
      await wait(10)
    }
  }
  throw new Error(`The PostgreSQL server ${pid} in ${ledger} does not stop`)
}

/**
 * Ends what still works in `ledger` without a server: a session deep in a calculation does not
 * notice that its server was killed, and no new one starts beside it. What it did is not committed.
 * The caller holds the engine's lock.
 */
export async function endStragglers(ledger: string): Promise<void> {
  for (let left = processesOf(ledger); left.length > 0; left = processesOf(ledger)) {
    for (const pid of left) if (isServerOf(pid, ledger)) send(pid, 'SIGKILL')
    await wait(10)
  }
}
