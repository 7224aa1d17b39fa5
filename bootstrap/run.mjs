import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Runs a program of ours under `node` in our place: it has our terminal, gets our signals and ends
 * with us; we end with its exit code. The programs run where the caller stands.
 */
export async function runTethered(node, [program, ...args], root) {
  const tether = pathToFileURL(join(root, 'bootstrap', 'tether.mjs')).href
  const child = spawn(node, ['--import', tether, join(root, program), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: {
      ...process.env,
      PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
      GRIDKEEPER_TETHER: '3',
      // What was compiled once is not compiled again: a start takes half the time.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, '.node', 'compile-cache'),
    },
  })
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the program as well, which must not get it twice.
      if (signal !== 'SIGINT' || !terminal) child.kill(signal)
    })
  const watch = endWithNpm(() => {
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 2_000).unref()
  })
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
    })
  } finally {
    clearInterval(watch)
  }
}

/**
 * Under `npm start`, npm stands between the person and us. When it is killed it takes nobody with
 * it, so we look whether it, or the shell it runs us in, is gone.
 */
function endWithNpm(end) {
  if (!process.env.npm_lifecycle_event) return undefined
  const ancestors = [process.ppid, parentOf(process.ppid)].filter((pid) => pid > 1)
  const watch = setInterval(() => {
    if (ancestors.every((pid) => parentOf(pid) > 0)) return
    clearInterval(watch)
    end()
  }, 250)
  return watch.unref()
}

/** The parent of a process, 0 when that has ended; where /proc is missing only ours is known. */
function parentOf(pid) {
  if (process.platform !== 'linux') return pid === process.ppid ? 1 : 0
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? 0 : Number(parent)
  } catch {
    return 0
  }
}
