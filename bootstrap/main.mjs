/**
 * The first file that runs, under whatever Node (18 or later) the machine has: makes sure of
 * Node 24 and of the locked dependencies, then hands over to the command line or to the checks.
 * Plain JavaScript without dependencies, for nothing is installed yet. Says what it does on
 * stderr, since stdout belongs to the command.
 */
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dependenciesAreInstalled, installDependencies } from './dependencies.mjs'
import { findNode, installNode } from './node.mjs'
import { runTethered } from './run.mjs'
import { Trouble, tell } from './say.mjs'
import { withLock } from './setup-lock.mjs'
import { buildWeb, webIsBuilt } from './web.mjs'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const SERVING = ['demo', 'start']

// Whatever the umask, we ourselves must be able to use what we write.
process.umask(process.umask() & 0o077)

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Trouble)) throw error
  tell(error.message)
  process.exitCode = 3
}

async function main(args) {
  if (!isReady(args)) await withLock(ROOT, () => prepare(args))
  const node = findNode(ROOT)
  if (args[0] !== '--run') return runTethered(node, ['cli/main.ts', ...args], ROOT)
  return runTethered(node, ['tools/ci-checks.ts', ...args.slice(1)], ROOT)
}

/** Nearly always true, and then nothing is locked, written or said. */
function isReady(args) {
  const node = findNode(ROOT)
  if (!node || !dependenciesAreInstalled(ROOT, node)) return false
  return !SERVING.includes(args[0]) || webIsBuilt(ROOT)
}

/** Only one process at a time is in here; whoever waited finds the work of the first one done. */
async function prepare(args) {
  const node = findNode(ROOT) ?? (await installNode(ROOT))
  if (!dependenciesAreInstalled(ROOT, node)) await installDependencies(ROOT, node)
  if (SERVING.includes(args[0]) && !webIsBuilt(ROOT)) await buildWeb(ROOT, node)
}
