import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Refusal } from '../refusal.ts'
import { type Account, nameFor } from './account.ts'
import type { Binaries } from './binaries.ts'
import { isTaken } from './process.ts'
import { readPidFile } from './stop.ts'

/** The role that owns everything; migrations run as it, requests never do. */
export const SUPERUSER = 'gridkeeper'

const MAJOR = '18'
const run = promisify(execFile)

/**
 * Makes sure that `ledger` is a data folder that this engine can open. A new one is made under a
 * passing name and moved into place when it is whole, so one cut short is simply made again.
 * No server runs in it: the caller has seen to that.
 * @throws Refusal `ledger-of-other-version` for a data folder of another PostgreSQL.
 */
export async function prepareLedger(
  ledger: string,
  binaries: Binaries,
  account: Account | null,
): Promise<void> {
  await removeDrafts(ledger)
  if (!existsSync(ledger)) return createLedger(ledger, binaries, account)
  const found = (await readFile(join(ledger, 'PG_VERSION'), 'utf8')).trim()
  if (found !== MAJOR)
    throw new Refusal('conflict', 'ledger-of-other-version', {
      folder: ledger,
      found,
      wanted: MAJOR,
    })
  await dropStalePidFile(ledger)
}

async function createLedger(ledger: string, binaries: Binaries, account: Account | null) {
  const draft = await mkdtemp(`${ledger}.draft-`)
  await chmod(draft, 0o700)
  if (account) await chown(draft, account.uid, account.gid)
  // Order and case are the engine's own, not the machine's: byte by byte, alike everywhere.
  const how = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin']
  const who = [`--username=${SUPERUSER}`, '--auth=trust'] // the socket's folder admits only us
  const where = ['-D', nameFor(account, draft)]
  await run(binaries.initdb, [...where, ...how, '--builtin-locale=C.UTF-8', ...who], {
    cwd: draft,
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
    ...(account && { uid: account.uid, gid: account.gid }),
  })
  await rename(draft, ledger)
}

/** What an earlier first start left half-made. */
async function removeDrafts(ledger: string): Promise<void> {
  const folder = dirname(ledger)
  for (const name of await readdir(folder))
    if (name.startsWith(`${basename(ledger)}.draft-`))
      await rm(join(folder, name), { recursive: true, force: true })
}

/**
 * A server that was killed leaves its number behind. Where another process has that number now, or
 * nobody has reaped the dead one yet, PostgreSQL would take it for a living server and not start.
 */
async function dropStalePidFile(ledger: string): Promise<void> {
  const { pid } = await readPidFile(ledger)
  if (pid !== null && isTaken(pid)) await rm(join(ledger, 'postmaster.pid'))
}
