/**
 * The small companion of an embedded engine: it outlives the process that started both, however
 * that ends, and then stops the engine. Its standard input is a pipe that only its starter holds:
 * first comes the server's number; the end of the pipe is the death of the starter, unless the
 * word `dismissed` came before it. Called with the engine's folder and, if there is one outside
 * the data folder, the folder of its socket.
 */
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { takeLock } from '../folder-lock.ts'
import { BRISK, ENGINE_LOCK, endStragglers, stopServer } from './stop.ts'

const [ledger, socketFolder] = process.argv.slice(2)
if (!ledger) throw new Error('usage: watcher.ts LEDGER [SOCKET-FOLDER]')

// A terminal or a service manager that ends everything at once must not end the watch first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

const [pid, last] = (await text(process.stdin)).trim().split('\n')
if (pid && last !== 'dismissed') {
  // Only this one: a successor may have stopped it already, and runs its own server by now.
  await stopServer(Number(pid), ledger, BRISK)
  using lock = takeLock(join(dirname(ledger), ENGINE_LOCK))
  if (lock) await endStragglers(ledger)
  if (socketFolder) await rm(socketFolder, { recursive: true, force: true })
}
