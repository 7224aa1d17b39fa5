import { loadavg } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spentBy } from '../../../bench/spent.ts'
import { type Desk, FULL, openDesk } from '../journeys/command-line.ts'
import { openAt, type Served, startServer } from '../journeys/served.ts'
import { EIGHT, prepareMorning, type Visitor } from './morning.ts'
import { allMornings, quantile, reached, type Took } from './phones.ts'

// `GRIDKEEPER_FULL=1 npx vitest run --project house server/test/load` has 500 phones in one minute.
const PHONES = FULL ? 500 : 12
const DOORS = FULL ? 20 : 4
/** In which the phones come, spread as strangers to each other do. */
const WITHIN_MS = FULL ? 58_000 : 0
const TIME = { timeout: FULL ? 900_000 : 300_000 }

let desk: Desk
let visitors: readonly Visitor[]
let server: Served
beforeAll(async () => {
  desk = await openDesk()
  visitors = await prepareMorning(desk, { people: PHONES, doors: DOORS })
  server = await startServer(desk, ['--now', EIGHT])
}, TIME.timeout)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await desk[Symbol.asyncDispose]()
}, 120_000)

test(
  `${PHONES} phones take their lists and deliver, and none of them meets an error`,
  TIME,
  async () => {
    const took: Took[] = []
    const pid = server.process.pid ?? 0
    const before = spentBy(pid)
    const began = performance.now()
    const phones = reached(server.url, took)
    const clock = () => new Date(EIGHT)
    const came = await allMornings(phones, visitors, { withinMs: WITHIN_MS, clock })
    const seconds = (performance.now() - began) / 1000
    const after = spentBy(pid)
    expect(came).toEqual(
      Array.from({ length: PHONES }, () => ({
        ...{ doors: DOORS, outcomes: ['recorded', 'recorded', 'recorded'] },
      })),
    )
    expect(took).toHaveLength(PHONES * 3)
    expect(took.filter(({ status }) => status !== 200)).toEqual([])
    console.log(said(took, { seconds, before, after }))
    if (FULL) {
      const p95 = quantile(
        took.map(({ ms }) => ms),
        0.95,
      )
      expect(seconds, 'they came within 58 s, and the last has its answer').toBeLessThan(60)
      expect(p95).toBeLessThanOrEqual(1_000)
    }
  },
)

test('what the phones delivered is in the ledger, each result once', TIME, async () => {
  await server[Symbol.asyncDispose]()
  await using house = await openAt(desk)
  const { rows } = await house.ledger.owner.query(
    'select count(*)::integer as results, count(distinct task_id)::integer as tasks from worklists.result',
  )
  expect(rows).toEqual([{ results: PHONES * 3, tasks: PHONES * 3 }])
})

type Measured = Readonly<{
  seconds: number
  before: ReturnType<typeof spentBy>
  after: ReturnType<typeof spentBy>
}>

/** How long the calls took, and what the server and its database used for each phone. */
function said(took: readonly Took[], { seconds, before, after }: Measured): string {
  const of = (calls: readonly Took[]) => {
    const ms = calls.map((each) => each.ms)
    const at = (share: number) => `p${share * 100} ${quantile(ms, share)} ms`
    return [0.5, 0.95, 0.99].map(at).join(', ')
  }
  const each = (call: string) => `${call} ${of(took.filter((one) => one.call === call))}`
  const used = (part: 'ownSeconds' | 'belowSeconds') =>
    `${Math.round(((after[part] - before[part]) * 1000) / PHONES)} ms`
  return [
    `${PHONES} phones in ${seconds.toFixed(1)} s: all calls ${of(took)}`,
    ...['devices', 'packs', 'outbox'].map(each),
    `processor time for each phone: server ${used('ownSeconds')}, database ${used('belowSeconds')}`,
    `memory of server and database ${Math.round(after.bytes / 1e6)} MB`,
    `load of the machine ${loadavg()[0]?.toFixed(1)}`,
  ].join('\n')
}
