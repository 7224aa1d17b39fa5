import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, realpath } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type FolderLock, takeLockSoon } from '../folder-lock.ts'
import { Refusal } from '../refusal.ts'
import { type Account, accountFor, nameFor } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { prepareLedger, SUPERUSER } from './initialise.ts'
import { rotateLog, tailOf } from './log.ts'
import { settingArguments } from './settings.ts'
import { makeSocketFolder, PORT, removeSocketFolder } from './socket.ts'
import { ENGINE_LOCK, endStragglers, PATIENT, readPidFile, serverIn, stopServer } from './stop.ts'

/**
 * A running PostgreSQL of our own. `host` is the folder of its Unix socket, the only way in;
 * `superuser` may do everything and needs no password there. Disposing stops it and waits.
 */
export type Engine = AsyncDisposable &
  Readonly<{ host: string; port: number; superuser: string; version: string }>

/** What an engine is started with; `onDeath` is told once when it ends without being asked to. */
export type EngineOptions = Readonly<{ dataFolder: string; onDeath: (error: Error) => void }>

/**
 * Starts the engine of `dataFolder` (its data in `ledger` below it, made at the first start) and
 * returns when it takes connections. A server that a killed process left behind is stopped first;
 * a companion process stops this one within five seconds of our own death.
 * @throws Refusal `folder-owned` while another process runs the engine, and the `engine-…` ones.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const dataFolder = await realpath(resolve(options.dataFolder))
  await using cleanup = new AsyncDisposableStack()
  cleanup.use(await lockEngine(dataFolder))

  const ledger = join(dataFolder, 'ledger')
  const account = accountFor(ledger)
  const binaries = await findBinaries(account, dataFolder)
  await stopOrphan(ledger)
  await prepareLedger(ledger, binaries, account)
  const host = await makeSocketFolder(dataFolder, account)
  cleanup.defer(() => removeSocketFolder(host))

  const watcher = startWatcher(ledger, host.startsWith(dataFolder) ? [] : [host])
  cleanup.defer(() => endWatcher(watcher))
  const log = join(dataFolder, 'engine.log')
  await rotateLog(log)
  const server = await startServer({ ledger, host, log, binaries, account })
  watcher.stdin?.write(`${server.pid ?? ''}\n`)
  const dead = watchOver(server, log)
  cleanup.defer(() => stop(server, ledger))
  await untilReady(server, ledger, dead)

  const running = cleanup.move()
  let stopping = false
  dead.catch((error) => stopping || options.onDeath(error))
  return {
    host,
    port: PORT,
    superuser: SUPERUSER,
    version: binaries.version,
    [Symbol.asyncDispose]: () => {
      stopping = true
      return running.disposeAsync()
    },
  }
}

/** One process runs the engine of a folder; the lock is free again as soon as that one ends. */
async function lockEngine(dataFolder: string): Promise<FolderLock> {
  const lock = await takeLockSoon(join(dataFolder, ENGINE_LOCK))
  if (lock) return lock
  const pid = (await serverIn(join(dataFolder, 'ledger'))) ?? '?'
  throw new Refusal('conflict', 'folder-owned', { folder: dataFolder, pid })
}

/** Holding the lock, we know that whoever started a server that still runs here has died. */
async function stopOrphan(ledger: string): Promise<void> {
  const orphan = await serverIn(ledger)
  if (orphan) await stopServer(orphan, ledger, PATIENT)
  await endStragglers(ledger)
}

type Start = Readonly<{
  ledger: string
  host: string
  log: string
  binaries: Binaries
  account: Account | null
}>

/** The server works in the ledger's folder, entered before our rights are given up. */
async function startServer({ ledger, host, log, binaries, account }: Start): Promise<ChildProcess> {
  await using out = await open(log, 'a', 0o600)
  const listen = { listen_addresses: '', unix_socket_directories: host, port: String(PORT) }
  const folder = nameFor(account, ledger)
  return spawn(binaries.postgres, ['-D', folder, ...settingArguments(listen)], {
    cwd: ledger,
    detached: true, // Ctrl-C is for us; we stop the server when our own work is done
    stdio: ['ignore', out.fd, out.fd],
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    ...(account && { uid: account.uid, gid: account.gid }),
  })
}

/** A promise that only ever fails: when the server cannot be run, or has ended. */
function watchOver(server: ChildProcess, log: string): Promise<never> {
  const dead = new Promise<never>((_, reject) => {
    server.once('error', (cause) =>
      reject(new Error('The PostgreSQL server cannot run', { cause })),
    )
    server.once('exit', (code, signal) => {
      const how = signal ? `by ${signal}` : `with code ${code}`
      reject(new Error(`The PostgreSQL server ended ${how}:\n${tailOf(log)}`))
    })
  })
  dead.catch(() => {}) // whoever waits is told; nobody waiting is no defect
  server.unref() // a forgotten engine does not keep us from ending; the companion stops it then
  return dead
}

/** Recovery after a crash may take minutes; a server at work on it is waited for as long. */
async function untilReady(server: ChildProcess, ledger: string, dead: Promise<never>) {
  for (;;) {
    const { pid, ready } = await readPidFile(ledger)
    if (ready && pid === server.pid) return
    await Promise.race([wait(10), dead])
  }
}

async function stop(server: ChildProcess, ledger: string): Promise<void> {
  if (server.pid !== undefined) await stopServer(server.pid, ledger, PATIENT)
}

const WATCHER = fileURLToPath(new URL('./watcher.ts', import.meta.url))

function startWatcher(ledger: string, socketFolder: readonly string[]): ChildProcess {
  const watcher = spawn(process.execPath, [WATCHER, ledger, ...socketFolder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  })
  watcher.once('error', () => {}) // endWatcher sees the missing number
  watcher.stdin?.on('error', () => {}) // it has ended: the next start finds what it left
  watcher.unref()
  if (watcher.stdin instanceof Socket) watcher.stdin.unref()
  return watcher
}

async function endWatcher(watcher: ChildProcess): Promise<void> {
  if (watcher.pid === undefined || watcher.exitCode !== null || watcher.signalCode !== null) return
  watcher.ref()
  const ended = once(watcher, 'exit')
  watcher.stdin?.end('dismissed\n')
  await ended
}
