import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { FAILED, PASSED, ROOT, run, type Step } from './ci-step.ts'

/**
 * What a stranger does: clones the repository into a folder that only they can enter, asks the
 * doctor, starts the product with one command, opens its page, and stops it; the second time
 * roughly. Nothing of it may be left running.
 */
export const cloneStep: Step = {
  name: 'A fresh clone starts, serves and leaves nothing behind',
  run: async () => {
    if (!existsSync(join(ROOT, '.git'))) {
      console.log('   skipped: this is not a clone, so there is nothing to clone from')
      return { passed: 0, failed: 0, skipped: 1 }
    }
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'gridkeeper-clone-')))
    try {
      return (await inClone(folder)) ? PASSED : FAILED
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function inClone(folder: string): Promise<boolean> {
  const home = join(folder, 'county')
  const trust = join(folder, 'gitconfig') // a build server may check out under another account
  await writeFile(trust, '[safe]\n\tdirectory = *\n')
  const git = { args: ['clone', '-q', ROOT, home], env: { GIT_CONFIG_GLOBAL: trust } }
  if ((await run('git', git)) !== 0) return false
  const env = strangersEnvironment()
  const doctor = { args: ['doctor', '--json'], cwd: home, env, limitMs: 240_000 }
  if ((await run(join(home, 'gridkeeper'), doctor)) !== 0) return false
  return (await startAndStop(home, env, 'SIGTERM')) && (await startAndStop(home, env, 'SIGKILL'))
}

/** Ours without what the bootstrap put there, so that the clone must find its own Node. */
function strangersEnvironment(): Record<string, string> {
  const path = (process.env.PATH ?? '').split(delimiter)
  const outside = path.filter((entry) => !entry.includes('node_modules'))
  return { PATH: outside.join(delimiter), GRIDKEEPER_PORT: '0', npm_config_prefer_offline: 'true' }
}

/** Starts the sample county, opens its page, and ends npm by `signal`. */
async function startAndStop(
  home: string,
  env: Record<string, string>,
  signal: NodeJS.Signals,
): Promise<boolean> {
  const began = performance.now()
  const npm = spawn('npm', ['start'], {
    cwd: home,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = once(npm, 'exit')
  const url = await addressOf(home, () => npm.exitCode === null)
  const answers = url !== null && (await opens(`${url}/readyz`)) && (await opens(`${url}/`))
  console.log(`   served ${url} after ${((performance.now() - began) / 1000).toFixed(1)} s`)
  npm.kill(signal)
  await ended
  const left = await leftRunning(home)
  for (const process of left) console.log(`   still running after ${signal}: ${process}`)
  return answers && left.length === 0
}

/** Where the owner of the data folder serves, within three minutes. */
async function addressOf(home: string, lives: () => boolean): Promise<string | null> {
  const until = performance.now() + 180_000
  const note = join(home, 'data', 'owner.json')
  while (lives() && performance.now() < until) {
    const owner = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')) : {}
    // What a killed owner noted stays until the next one writes its own.
    if (owner.url && (await opens(`${owner.url}/healthz`))) return owner.url
    await wait(100)
  }
  return null
}

const opens = (url: string) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  )

/** The processes that still work in `home`, or were called with it, ten seconds later. */
async function leftRunning(home: string): Promise<string[]> {
  const until = performance.now() + 10_000
  for (;;) {
    const left = runningIn(home)
    if (left.length === 0 || performance.now() > until) return left
    await wait(100)
  }
}

function runningIn(home: string): string[] {
  if (process.platform !== 'linux') {
    const all = execFileSync('ps', ['-A', '-o', 'command='], { encoding: 'utf8' })
    return all.split('\n').filter((command) => command.includes(home))
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const place = readlinkSync(`/proc/${pid}/cwd`)
      return place.startsWith(home) || command.includes(home) ? [`${pid} ${command}`] : []
    } catch {
      return [] // it ended while we looked
    }
  })
}
