import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { generateCounty } from '../../sample/index.ts'
import type { Acknowledged, Heard, Order } from './acknowledge.ts'
import { lookAfter } from './aftermath.ts'
import { addDays } from './closed-doors.ts'
import { type Desk, FULL, openDesk } from './command-line.ts'
import { ANSWERED, FIRST_PHASE, type Moment, momentsOf } from './moments.ts'
import { CAN_SEE_PROCESSES, processesOf, untilAllAreGone } from './processes.ts'
import { giveAccount, openAt, type Served, signIn, startServer } from './served.ts'

const BRANCH = '370686'
const HOUSEHOLDS = 2000
const FIRST_DAY = '2026-11-20'
const PLAN_DAY = '2026-12-25'
const SEED = 5
const KILLS = FULL ? 30 : 4
const GONE_MS = FULL ? 5_000 : 30_000

type Killed = Readonly<{ last: string; answered: boolean; goneMs: number }>

test(`${KILLS} times the server is killed: nothing acknowledged is lost, nothing is stored half`, {
  timeout: 3_600_000,
}, async () => {
  await using desk = await openDesk()
  await openBranch(desk)
  const manager = await giveAccount(desk, BRANCH, 'branch_manager')
  const lasted = new Map<string, number>()
  const table: string[] = []
  let unfinished = ordersOf(await deliver(desk, 0))
  for (const [nth, moment] of momentsOf(SEED, KILLS).entries()) {
    const since = performance.now()
    const server = await startServer(desk)
    const openedMs = Math.round(performance.now() - since)
    await seeOnePlan(server, manager, desk)
    await finish(desk, unfinished, lasted)
    unfinished = ordersOf(await deliver(desk, nth + 1))
    const killed = await killAt(desk, server, unfinished, { moment, lasted })
    expect(await complaintsOf(desk), `after ${moment.command}, ${moment.phase}`).toEqual([])
    table.push(row(nth + 1, moment, killed, openedMs))
  }
  await using server = await startServer(desk)
  await finish(desk, unfinished, lasted)
  await seeOnePlan(server, manager, desk)
  process.stdout.write(`${table.join('\n')}\n`)
  await server[Symbol.asyncDispose]()
  await noticeDamage(desk)
})

/** Whoever looks after a death finds what is lost or half: otherwise finding nothing says nothing. */
async function noticeDamage(desk: Desk): Promise<void> {
  await using house = await openAt(desk)
  const told = acknowledgedSoFar(desk)
  const look = () => lookAfter(house, BRANCH, told)
  expect(await look()).toEqual([])
  for (const [order, result] of [
    [told[0]?.order, { snapshot: 'never', rows: 1 }],
    [told[1]?.order, { plan: 'never', assigned: 1 }],
  ] as const)
    if (order) expect(await lookAfter(house, BRANCH, [{ order, result }])).toHaveLength(1)
  const { owner } = house.ledger
  await owner.query(`update subscribers.card set plan = '—' where subscriber_id =
    (select min(subscriber_id) from subscribers.card)`)
  expect((await look()).join()).toContain('a card says')
  await owner.query(`update worklists.task set state = 'withdrawn' where task_id =
    (select min(task_id) from worklists.task where state = 'open')`)
  expect((await look()).join()).toContain('half a plan is published')
}

const row = (nth: number, { command, phase, share }: Moment, killed: Killed, openedMs: number) =>
  `kill ${String(nth).padStart(2)}  ${command.padEnd(6)} ${phase.padEnd(34)} ${share.toFixed(2)}` +
  `  in: ${killed.last}${killed.answered ? ', answered' : ''}; opened in ${openedMs} ms` +
  `, all gone in ${killed.goneMs} ms`

const KINDS = ['organisation', 'places', 'staff', 'contacts', 'competitors', 'resources']

async function openBranch(desk: Desk): Promise<void> {
  await deliver(desk, 0)
  for (const kind of KINDS)
    await desk.done(
      ...['import', `day-0/${kind}.csv`, '--kind', kind],
      ...['--branch', BRANCH, '--date', FIRST_DAY],
    )
}

type Delivered = Readonly<{ file: string; date: string }>

/** The extract of the `nth` night of the same county. */
async function deliver({ folder }: Desk, nth: number): Promise<Delivered> {
  const date = addDays(FIRST_DAY, nth)
  const out = join(folder, `day-${nth}`)
  const of = { branchId: BRANCH, households: HOUSEHOLDS, seed: SEED, date, out }
  if (!existsSync(out)) await generateCounty(of)
  await rm(join(out, 'truth.json'), { force: true })
  return { file: join(out, 'subscribers.csv'), date }
}

/** A night: the extract comes in, and the plan of one day is made of it and published. */
const ordersOf = ({ file, date }: Delivered): Order[] => [
  {
    name: 'import',
    input: {
      ...{ files: [file], kind: 'subscribers', branch: BRANCH, date },
      ...{ profile: null, dryRun: false, force: null },
    },
  },
  { name: 'plan', input: { branch: BRANCH, date: PLAN_DAY, publish: true, out: null } },
]

const logOf = ({ folder }: Desk) => join(folder, 'acknowledged.jsonl')

function acknowledgedSoFar(desk: Desk): Acknowledged[] {
  if (!existsSync(logOf(desk))) return []
  const lines = readFileSync(logOf(desk), 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line))
}

/** A process of its own orders, and puts down what is acknowledged; `hear` is told as it goes. */
async function order(desk: Desk, orders: readonly Order[], hear: (heard: Heard) => void) {
  const script = join(import.meta.dirname, 'acknowledge.ts')
  const data = join(desk.folder, 'data')
  const words = [script, data, logOf(desk), JSON.stringify(orders)]
  const child: ChildProcess = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  if (child.stdout)
    for await (const line of createInterface({ input: child.stdout })) hear(JSON.parse(line))
  await ended
}

/** All of it is done; measures how long each phase takes. */
async function finish(desk: Desk, orders: readonly Order[], lasted: Map<string, number>) {
  const before = acknowledgedSoFar(desk).length
  let [phase, since] = ['', 0]
  await order(desk, orders, (heard) => {
    if ('failed' in heard) throw new Error(heard.failed)
    const next = phaseOf(heard)
    if (next === phase) return
    const now = performance.now()
    if (phase) lasted.set(phase, now - since)
    ;[phase, since] = [next, now]
  })
  expect(acknowledgedSoFar(desk)).toHaveLength(before + orders.length)
}

const phaseOf = (heard: Exclude<Heard, { failed: string }>): string =>
  'begun' in heard
    ? FIRST_PHASE[heard.begun]
    : 'progress' in heard
      ? heard.progress.phase.en
      : ANSWERED

async function killAt(
  desk: Desk,
  { process: server, ended }: Served,
  orders: readonly Order[],
  { moment, lasted }: { moment: Moment; lasted: ReadonlyMap<string, number> },
): Promise<Killed> {
  let [current, last, answered] = [0, 'nothing', false]
  let timer: NodeJS.Timeout | undefined
  const kill = () => {
    clearTimeout(timer)
    server.kill('SIGKILL')
  }
  await order(desk, orders, (heard) => {
    if ('failed' in heard) return
    const ours = orders[current]?.name === moment.command
    if ('acknowledged' in heard) {
      current += 1
      answered ||= ours
      if (ours) kill() // at the latest now
      return
    }
    const phase = phaseOf(heard)
    if (!server.killed) last = phase
    if (timer && phase !== moment.phase) kill() // the phase was shorter than the last time
    if (!ours || phase !== moment.phase) return
    const { done, total } = 'progress' in heard ? heard.progress : { done: 0, total: null }
    const counts = total !== null && done > 0 && done < total
    if (counts && done / total >= moment.share) kill()
    timer ??= setTimeout(kill, moment.share * (lasted.get(moment.phase) ?? 0))
  })
  kill()
  await ended
  return { last, answered, goneMs: await untilAllAreGone(desk.folder, GONE_MS) }
}

async function complaintsOf(desk: Desk): Promise<string[]> {
  await using house = await openAt(desk)
  return await lookAfter(house, BRANCH, acknowledgedSoFar(desk))
}

/** People see the tasks of the plan that was published last, or none before the first. */
async function seeOnePlan(server: Served, account: string, desk: Desk): Promise<void> {
  const call = await signIn(server, account)
  const { body: plans } = await call('GET', `/branches/${BRANCH}/plans?date=${PLAN_DAY}`)
  const rows = plans.rows as { state: string; counts: { assigned: number } }[]
  const published = rows.filter(({ state }) => state === 'published')
  const { body: tasks } = await call('GET', `/branches/${BRANCH}/tasks?date=${PLAN_DAY}`)
  expect(tasks.total).toBe(published[0]?.counts.assigned ?? 0)
  const plan = acknowledgedSoFar(desk).some(({ order }) => order.name === 'plan')
  if (plan) expect(published).toHaveLength(1)
}

test.runIf(CAN_SEE_PROCESSES)(
  'whoever looks for processes finds those of a running server',
  {
    timeout: 120_000,
  },
  async () => {
    await using desk = await openDesk()
    const server = await startServer(desk)
    expect(processesOf(desk.folder).join('\n')).toContain('start')
    await server[Symbol.asyncDispose]()
    expect(await untilAllAreGone(desk.folder, GONE_MS)).toBeLessThan(GONE_MS + 1)
  },
)
