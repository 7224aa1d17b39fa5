import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

/** True while a process of this number runs. One that has ended and is not yet reaped does not. */
export function isRunning(pid: number): boolean {
  return isTaken(pid) && (process.platform !== 'linux' || stateOf(pid) !== 'Z')
}

/** True while the number belongs to a process, be it one that has ended and is not yet reaped. */
export function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if (codeOf(error) === 'EPERM') return true
    if (codeOf(error) === 'ESRCH') return false
    throw error
  }
}

/** Sends `signal`; to a process that has ended meanwhile there is nothing to say. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}

/**
 * True while `pid` is a PostgreSQL server at work in `ledger` (a real path), and not some stranger
 * who got the number after it. Where the system does not say where a process works, what it was
 * called with must name `ledger`.
 */
export function isServerOf(pid: number, ledger: string): boolean {
  if (!isRunning(pid)) return false
  if (process.platform === 'linux') return linksTo(pid, 'cwd', ledger) && isPostgres(pid)
  const call = commandOf(pid)
  return call.includes('postgres') && call.includes(ledger)
}

/**
 * All PostgreSQL processes at work in `ledger`: the server and its sessions. Linux only; elsewhere
 * none is found.
 */
export function processesOf(ledger: string): number[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return pids.filter((pid) => isServerOf(pid, ledger))
}

function linksTo(pid: number, link: 'cwd' | 'exe', path: string): boolean {
  return readLink(pid, link) === path
}

function isPostgres(pid: number): boolean {
  return basename(readLink(pid, 'exe') ?? '').split(' ')[0] === 'postgres' // ` (deleted)` may follow
}

/** What a link of /proc says; null when the process has ended or is not ours to look at. */
function readLink(pid: number, link: 'cwd' | 'exe'): string | null {
  try {
    return readlinkSync(`/proc/${pid}/${link}`)
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(codeOf(error))) return null
    throw error
  }
}

/** The state letter of /proc/<pid>/stat, after the name, which may itself hold brackets. */
function stateOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(codeOf(error))) return 'Z'
    throw error
  }
}

/** The command line of a process; empty when it has ended meanwhile. */
function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1) return ''
    throw error
  }
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
