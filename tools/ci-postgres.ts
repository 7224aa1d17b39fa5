import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Count, FAILED, run, type Step } from './ci-step.ts'
import { runVitest } from './ci-vitest.ts'

const BIN = '/usr/lib/postgresql/15/bin'
const SKIPPED: Count = { passed: 0, failed: 0, skipped: 1 }
const isRoot = process.getuid?.() === 0

/**
 * The server’s tests once more, on Debian’s PostgreSQL 15 instead of our own 18, which accepts
 * more. Skipped, with the reason, where it is not there and cannot be installed; it is a failure
 * when it could be and was not.
 */
export const postgresStep: Step = {
  name: 'Stores and journeys on Debian’s PostgreSQL 15',
  run: async () => {
    if (process.env.TEST_DATABASE_URL) return runServerTests(process.env.TEST_DATABASE_URL)
    const missing = existsSync(`${BIN}/initdb`) ? null : await install()
    if (missing === 'failed') return FAILED
    if (missing !== null) {
      console.log(`   skipped: ${missing}`)
      return SKIPPED
    }
    return onCluster(runServerTests)
  },
}

/** Null when it is installed now, `failed`, or the reason why this machine cannot have it. */
async function install(): Promise<string | null> {
  if (!isRoot) return 'PostgreSQL 15 is not installed and only root can install it'
  if (!existsSync('/usr/bin/apt-get')) return 'PostgreSQL 15 is not installed and there is no apt'
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) => run('apt-get', { args, env, limitMs: 240_000 })
  if (!hasCandidate()) await apt('update', '-q')
  if (!hasCandidate()) return 'no package source that answers has postgresql-15'
  const code = await apt('install', '-qy', '--no-install-recommends', 'postgresql-15')
  if (code === 0 && existsSync(`${BIN}/initdb`)) return null
  console.log('   PostgreSQL 15 could be installed here, and its installation failed')
  return 'failed'
}

function hasCandidate(): boolean {
  const policy = execFileSync('apt-cache', ['policy', 'postgresql-15'], { encoding: 'utf8' })
  return /Candidate: \d/.test(policy)
}

/** Runs `work` on a cluster of our own: a socket in a passing folder, nothing on the network. */
async function onCluster(work: (url: string) => Promise<Count>): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-pg15-'))
  const account = isRoot ? idOf('postgres') : null
  if (account) await chown(folder, account.uid, account.gid)
  await chmod(folder, 0o700)
  const as = (program: string, ...args: string[]) =>
    account
      ? run('setpriv', { args: [...account.become, `${BIN}/${program}`, ...args], cwd: '/' })
      : run(`${BIN}/${program}`, { args, cwd: '/' })
  const data = ['-D', join(folder, 'data')]
  try {
    const how = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8']
    if ((await as('initdb', ...data, ...how, '--no-sync', '--no-instructions')) !== 0) return FAILED
    const options = `-c listen_addresses='' -c unix_socket_directories=${folder} -c fsync=off`
    const log = ['-l', join(folder, 'log')]
    if ((await as('pg_ctl', ...data, ...log, '-o', options, '-w', 'start')) !== 0) return FAILED
    try {
      return await work(`postgres://postgres@localhost:5432/postgres?host=${folder}`)
    } finally {
      await as('pg_ctl', ...data, '-m', 'immediate', '-w', 'stop')
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function idOf(name: string) {
  const id = (what: string) => Number(execFileSync('id', [what, name], { encoding: 'utf8' }))
  const [uid, gid] = [id('-u'), id('-g')]
  return { uid, gid, become: [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'] }
}

/** Which of them are left out there stands in vitest.config.ts. */
const runServerTests = (url: string) =>
  runVitest(['--project', 'house', 'server/'], { TEST_DATABASE_URL: url })
