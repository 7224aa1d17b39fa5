import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNpm } from './npm.mjs'
import { step } from './say.mjs'

/** True when `node_modules` holds exactly what the lockfile says. */
export function dependenciesAreInstalled(root) {
  const { stamp, lockfile } = places(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stampOf(lockfile)) return true
  if (!isWhatNpmInstalled(root)) return false
  tryToStamp(stamp, lockfile)
  return true
}

/** Installs from the lockfile, and notes it. The caller holds the set-up lock. */
export async function installDependencies(root, node) {
  await step('安装依赖', 'Installing the dependencies', async () => {
    await runNpm(root, node, ['ci', '--include=dev', '--include=optional'])
    const { stamp, lockfile } = places(root)
    writeFileSync(stamp, stampOf(lockfile))
  })
}

/**
 * Whether npm's own list of what it installed, written when it has finished, is the lockfile's;
 * packages for other platforms are missing from it rightly. So whatever was installed by hand, or
 * kept by a build server, is taken as it is.
 */
function isWhatNpmInstalled(root) {
  const { lockfile } = places(root)
  const list = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(list)) return false
  const installed = JSON.parse(readFileSync(list, 'utf8')).packages
  const { '': _project, ...locked } = JSON.parse(readFileSync(lockfile, 'utf8')).packages
  if (Object.keys(installed).some((path) => !locked[path])) return false
  return Object.entries(locked).every(([path, { version, integrity, optional }]) => {
    const found = installed[path]
    if (!found) return optional === true && !existsSync(join(root, path))
    return found.version === version && found.integrity === integrity
  })
}

function tryToStamp(stamp, lockfile) {
  try {
    writeFileSync(stamp, stampOf(lockfile))
  } catch {
    // Somebody else's installation, which we may read: it is compared again the next time.
  }
}

const places = (root) => ({
  lockfile: join(root, 'package-lock.json'),
  stamp: join(root, 'node_modules', '.gridkeeper-stamp'),
})

const stampOf = (lockfile) =>
  createHash('sha256')
    .update(readFileSync(lockfile))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
