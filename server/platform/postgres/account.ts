import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Refusal } from '../refusal.ts'

/** The account that the engine's processes run under, where it is not our own. */
export type Account = Readonly<{ uid: number; gid: number; name: string }>

/**
 * PostgreSQL refuses to run as root; a root process therefore gives the engine to an unprivileged
 * account: the one that owns `ledger` already, else `gridkeeper` or `postgres` when they exist,
 * else a new system account `gridkeeper`, else `nobody`. Null: we are not root, nothing to change.
 * @throws Refusal `engine-no-account` when the machine has none of them.
 */
export function accountFor(ledger: string): Account | null {
  if (process.getuid?.() !== 0) return null
  const accounts = readAccounts()
  const owner = statSync(ledger, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) {
    const known = accounts.find((account) => account.uid === owner.uid)
    return known ?? { uid: owner.uid, gid: owner.gid, name: String(owner.uid) }
  }
  const named = (name: string) => readAccounts().find((account) => account.name === name)
  const account =
    named('gridkeeper') ?? named('postgres') ?? createAccount(named) ?? named('nobody')
  if (!account) throw new Refusal('conflict', 'engine-no-account')
  return account
}

/** Creates the system account `gridkeeper`; undefined where the machine does not let us. */
function createAccount(named: (name: string) => Account | undefined): Account | undefined {
  const ways = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'],
    ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin'],
  ] as const
  for (const [command, ...options] of ways) {
    try {
      execFileSync(command, [...options, 'gridkeeper'], { stdio: 'ignore' })
    } catch {
      continue // not installed, a read-only system, or another process was first: look below
    }
    break
  }
  return named('gridkeeper')
}

/** All accounts but root's, as the machine's own file lists them; none where there is no file. */
function readAccounts(): Account[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return lines.flatMap((line) => {
    const [name = '', , uid, gid] = line.split(':')
    const account = { name, uid: Number(uid), gid: Number(gid) }
    return name && account.uid > 0 && Number.isInteger(account.gid) ? [account] : []
  })
}

/**
 * True when `account` may enter `folder` and every folder above it, by the permission bits alone:
 * an access list that would let it in is not looked at, one that shuts it out shows at the start.
 */
export function mayEnter(account: Account | null, folder: string): boolean {
  if (!account) return true
  for (let path = folder; ; path = dirname(path)) {
    const { uid, gid, mode } = statSync(path)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
    if (path === dirname(path)) return true
  }
}

/**
 * What a program of `account` that was started in `folder` calls that folder. Where the account
 * may not pass the folders above it (a data folder below root's home), Linux lets the program name
 * it by itself: it stands in it already.
 * @throws Refusal `engine-out-of-reach` on other systems.
 */
export function nameFor(account: Account | null, folder: string): string {
  if (!account || mayEnter(account, folder)) return folder
  if (process.platform === 'linux') return '/proc/self/cwd'
  throw new Refusal('conflict', 'engine-out-of-reach', { account: account.name, folder })
}
