import { loadavg } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#platform/http.ts'
import { readConfig } from '../../config.ts'
import { openWebServer } from '../../house.ts'
import type { Answered } from '../branch.ts'
import { openPhone, type Reached } from '../phone.ts'
import { type Morning, openMorning, type Visitor } from './morning.ts'

// `GRIDKEEPER_FULL=1 npx vitest run --project house server/test/load` has 500 phones in one minute.
const FULL = process.env.GRIDKEEPER_FULL === '1'
const PHONES = FULL ? 500 : 12
const DOORS = FULL ? 20 : 4
/** In which the phones come, spread as strangers to each other do. */
const WITHIN_MS = FULL ? 50_000 : 0
const TIME = { timeout: FULL ? 900_000 : 300_000 }

let morning: Morning
let server: FastifyInstance
beforeAll(async () => {
  morning = await openMorning(PHONES, DOORS)
  const config = readConfig({ GRIDKEEPER_LOG_LEVEL: 'error' })
  server = await openWebServer(morning.house, config, '', { limits: config.rateLimits })
  await server.listen({ port: 0, host: '127.0.0.1' })
}, TIME.timeout)
afterAll(async () => {
  await server.close()
  await morning.close()
}, 120_000)

type Took = Readonly<{ call: string; ms: number }>

/** The server over real connections; how long each call took, from its first byte to its last. */
function reached(took: Took[]): Reached {
  const { port } = server.server.address() as { port: number }
  return {
    post: async (path, who, body): Promise<Answered> => {
      const began = performance.now()
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method: 'POST',
        headers: {
          cookie: `${SESSION_COOKIE}=${who?.cookie}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      })
      const told: unknown = await answer.json()
      took.push({ call: path.split('/').at(-1) ?? '', ms: performance.now() - began })
      return { status: answer.status, body: told, headers: {} }
    },
  }
}

/** What a phone does in the morning: registers, takes the list along, delivers three results. */
async function morningOf({ who, tasks }: Visitor, took: Took[]): Promise<string[]> {
  const phone = await openPhone(reached(took), who, { clock: morning.clock.now })
  const pack = await phone.pack()
  expect(pack.tasks.length).toBe(DOORS)
  const items = await Promise.all(tasks.slice(0, 3).map((task) => phone.record(task)))
  return (await phone.deliver(items)).items.map(({ outcome }) => outcome)
}

/** When each phone comes: as far apart as waiting times without a memory, the same on every run. */
function comings(): number[] {
  let state = 20261121
  const draw = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state + 1) / 2 ** 32
  }
  const gaps = Array.from({ length: PHONES }, () => -Math.log(draw()))
  const whole = gaps.reduce((sum, gap) => sum + gap, 0)
  let at = 0
  return gaps.map((gap) => {
    at += gap
    return (at / whole) * WITHIN_MS
  })
}

test(
  `${PHONES} phones take their lists and deliver, and none of them meets an error`,
  TIME,
  async () => {
    const took: Took[] = []
    const began = performance.now()
    const at = comings()
    const outcomes = await Promise.all(
      morning.visitors.map(async (visitor, nth) => {
        if (WITHIN_MS > 0) await new Promise((done) => setTimeout(done, at[nth]))
        return morningOf(visitor, took)
      }),
    )
    const seconds = (performance.now() - began) / 1000
    expect(outcomes.flat()).toEqual(Array.from({ length: PHONES * 3 }, () => 'recorded'))
    const [results] = await morning.sql('select count(*)::integer as n from worklists.result')
    expect(results?.n).toBe(PHONES * 3)
    expect(took).toHaveLength(PHONES * 3)
    const told = ['devices', 'packs', 'outbox'].map((call) => {
      const ms = took.filter((each) => each.call === call).map((each) => each.ms)
      return `${call} p50 ${at95(ms, 0.5)} ms, p95 ${at95(ms)} ms`
    })
    const p95 = at95(took.map(({ ms }) => ms))
    console.log(
      `${PHONES} phones in ${seconds.toFixed(1)} s, all calls p95 ${p95} ms; ${told.join('; ')}; load of the machine ${loadavg()[0]?.toFixed(1)}`,
    )
    if (FULL) {
      expect(seconds).toBeLessThan(60)
      expect(p95).toBeLessThanOrEqual(1_000)
    }
  },
)

function at95(ms: readonly number[], share = 0.95): number {
  const sorted = ms.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN)
}
