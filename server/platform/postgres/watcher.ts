/**
 * The small companion of an embedded engine: it outlives the process that started both, however
 * that ends, and then stops the engine. Its standard input is a pipe that only its starter holds,
 * so the end of that pipe without a word is the death of the starter. Called with the engine's
 * folder.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { BRISK, serverIn, stopServer } from './stop.ts'

const ledger = process.argv[2]
if (!ledger) throw new Error('usage: watcher.ts LEDGER')

// A terminal or a service manager that ends everything at once must not end the watch first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

let dismissed = false
for await (const _ of process.stdin) dismissed = true
if (!dismissed) await stopWhatRuns(ledger)

/** A server that was started a moment ago may not have noted its number yet. */
async function stopWhatRuns(ledger: string): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    const pid = await serverIn(ledger)
    if (pid) return stopServer(pid, ledger, BRISK)
    await wait(25)
  }
}
