import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { openBranch } from '../branch.ts'
import { FULL } from '../journeys/command-line.ts'
import type { JobsOf } from './job-worker.ts'

const SEED = 11
const JOBS = FULL ? 20_000 : 2_000
const KILLS = FULL ? 30 : 6
const AT_ONCE = 500

const branch = await openBranch('2026-11-20T01:00Z')
const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-jobs-'))
afterAll(async () => {
  await branch.close()
  await rm(folder, { recursive: true, force: true })
})
const { branchId, system, jobs } = branch

test(`${JOBS} jobs have ${JOBS} effects, though their worker is killed ${KILLS} times`, {
  timeout: 3_600_000,
}, async () => {
  await branch.house.queue.close() // what is ordered here is worked on there
  await branch.sql(`
    create table public.begun (nth integer not null);
    create table public.effect (nth integer primary key);
    grant insert on public.begun to gridkeeper_app;
    grant insert, select on public.effect to gridkeeper_app`)
  for (let from = 0; from < JOBS; from += AT_ONCE)
    await branch.unit(system, async (unit) => {
      for (let nth = from; nth < Math.min(from + AT_ONCE, JOBS); nth += 1)
        await jobs.start(unit, { branchId, kind: 'plan', input: { nth } })
    })
  const of = await whereTheyAre()
  const since = performance.now()
  for (const [nth, until] of killsOf(KILLS).entries()) {
    const worker = startWorker(of)
    try {
      await expect.poll(count('effect'), { timeout: 600_000, interval: 5 }).toBeGreaterThan(until)
    } finally {
      worker.kill('SIGKILL')
      await once(worker, 'exit')
    }
    expect(await count('effect')(), `after kill ${nth + 1} something is left`).toBeLessThan(JOBS)
  }
  const last = startWorker(of)
  try {
    const unfinished = () => count(`platform.job where state <> 'done'`)()
    await expect.poll(unfinished, { timeout: 1_800_000, interval: 50 }).toBe(0)
    const unsettled = () => count(`pgboss.job where state <> 'completed'`)()
    await expect.poll(unsettled, { timeout: 20_000 }).toBe(0)
  } finally {
    last.kill('SIGKILL')
    await once(last, 'exit')
  }
  expect(await count('effect')()).toBe(JOBS)
  const begun = await count('begun')()
  expect(begun, 'what was killed at work is begun again').toBeGreaterThan(JOBS)
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  process.stdout.write(`${JOBS} jobs begun ${begun} times in ${seconds} s, ${KILLS} kills\n`)
})

const count = (what: string) => async () => {
  const [row] = await branch.sql(`select count(*)::integer as n from ${what}`)
  return Number(row?.n)
}

/** After how many effects the worker is killed, one time after the other; it never gets to the end. */
function killsOf(times: number): number[] {
  return Array.from({ length: times }, (_, nth) => {
    const draw = createHash('sha256').update(`${SEED} ${nth}`).digest().readUInt32BE(0) / 2 ** 32
    return Math.floor(((nth + draw) * JOBS * 0.9) / times)
  })
}

async function whereTheyAre(): Promise<JobsOf> {
  const { template: _, ...address } = inject('cluster')
  const [row] = await branch.sql('select current_database() as name')
  const login = address.password === undefined ? 'gridkeeper_login' : address.user
  return { ...address, login, database: String(row?.name), folder }
}

const startWorker = (of: JobsOf) =>
  spawn(process.execPath, [join(import.meta.dirname, 'job-worker.ts'), JSON.stringify(of)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
