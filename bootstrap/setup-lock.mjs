import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { tell } from './say.mjs'

/**
 * Runs `work` while no other process of this project sets up. Who comes second waits; a lock whose
 * owner has died is taken over.
 */
export async function withLock(root, work) {
  mkdirSync(join(root, '.node'), { recursive: true })
  const lock = join(root, '.node', 'setup.lock')
  await take(lock)
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

async function take(lock) {
  let told = 0
  while (!create(lock)) {
    const owner = ownerOf(lock)
    if (owner === 'dead') removeDead(lock)
    else if (owner !== told) {
      tell(`等待另一个正在准备的进程 · Waiting for process ${owner}, which is setting up …`)
      told = owner
    }
    await wait(200)
  }
}

/** Creates `path` with our number and birth in it; false when it exists. */
function create(path) {
  try {
    writeFileSync(path, `${process.pid} ${birthOf(process.pid)}`, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** The number of the living owner, or 'dead'. */
function ownerOf(lock) {
  const text = read(lock)
  const [pid, birth] = text.split(' ')
  // It is created and filled in two steps: give the second one a moment.
  if (!birth) return ageOf(lock) > 2_000 ? 'dead' : 0
  return birthOf(Number(pid)) === birth ? Number(pid) : 'dead'
}

/**
 * Of all who found the owner dead one removes the lock, and looks again before: what is there now
 * may be the fresh lock of a third process.
 */
function removeDead(lock) {
  const guard = `${lock}.guard`
  if (create(guard)) {
    if (ownerOf(lock) === 'dead') rmSync(lock, { force: true })
    rmSync(guard, { force: true })
  } else if (ageOf(guard) > 10_000) rmSync(guard, { force: true })
}

/**
 * What tells a process from an earlier one of the same number, or 'none' when it does not run:
 * the tick of its start and the boot, on Linux; elsewhere only that it runs.
 */
function birthOf(pid) {
  if (process.platform === 'linux') {
    const stat = read(`/proc/${pid}/stat`)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (!stat || fields[0] === 'Z') return 'none'
    return `${fields[19]}@${read('/proc/sys/kernel/random/boot_id').trim()}`
  }
  try {
    process.kill(pid, 0)
    return 'runs'
  } catch (error) {
    return error.code === 'EPERM' ? 'runs' : 'none'
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return ''
    throw error
  }
}

/** Milliseconds since `path` was written; 0 when it is gone. */
function ageOf(path) {
  const about = statSync(path, { throwIfNoEntry: false })
  return about ? Date.now() - about.mtimeMs : 0
}
