import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { listStaff, openSession, setPassword, unitNames } from '#people'
import { SESSION_COOKIE } from '#platform/http.ts'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishedPlanOn, publishPlan } from '#worklists'
import { type OwnedHouse, openWebServer } from '../server/house.ts'
import { WEB_ROOT } from '../server/main.ts'
import type { Bench, BenchOf } from './bench.ts'
import { BRANCH, PLANNED } from './county.ts'
import { CONFIG, copyOfFirstNight, openBenchHouse } from './house.ts'
import { type Asked, drawCalls } from './list-calls.ts'
import { timed } from './table.ts'
import { watched } from './watched.ts'

const CALLS = 200
const PASSWORD = 'bench-people-wait-here'
const FIRST_PAGE_WITHIN_S = 3

/** Pages of every list at every level of the tree, and the start of the server on that folder. */
export const pagesBench: Bench = async (of) => {
  const dataFolder = await plannedFolder(of)
  const { account, lists } = await (async () => {
    await using house = await openBenchHouse(dataFolder)
    return { account: await openAccount(house), lists: await readPages(house) }
  })()
  const started = await watched(() => start(dataFolder, account))
  const { firstPage, signedIn, firstList } = started.result
  return [
    lists,
    {
      work: 'start of the server on an existing data folder, to the first page',
      seconds: firstPage,
      ...{ reference: '', referenceSeconds: null },
      peakBytes: started.peakBytes,
      goal: `≤ ${FIRST_PAGE_WITHIN_S} s`,
      reached: firstPage <= FIRST_PAGE_WITHIN_S,
      note: `signed in after ${signedIn.toFixed(2)} s, the first list after ${firstList.toFixed(2)} s`,
    },
  ]
}

async function plannedFolder(of: BenchOf): Promise<string> {
  const dataFolder = await copyOfFirstNight(of, 'pages')
  await using house = await openBenchHouse(dataFolder)
  const asked = { branchId: BRANCH, day: PLANNED }
  const { planId } = await makePlan(house.works, asked, unwatched)
  await publishPlan(house.works, { branchId: BRANCH, planId }, unwatched)
  return dataFolder
}

/** An account of the branch’s manager, for the server that is started. */
function openAccount({ works }: OwnedHouse): Promise<string> {
  return works.run(works.system, async (unit) => {
    const { rows } = await listStaff(unit, { role: 'branch_manager', on: PLANNED, limit: 1 })
    assert(rows[0]?.account, 'a branch has a manager with an account')
    await setPassword(unit, rows[0].staffId, PASSWORD)
    return rows[0].account
  })
}

async function readPages(house: OwnedHouse) {
  const fastify = await openWebServer(house, CONFIG, WEB_ROOT)
  try {
    const calls = drawCalls(CALLS, await whatIsThere(house))
    const took: Took[] = []
    const { peakBytes } = await watched(async () => {
      for (const call of calls) took.push(...(await readTwoPages(fastify, call)))
    })
    took.sort((a, b) => a.seconds - b.seconds)
    const p95 = took[Math.ceil(took.length * 0.95) - 1]?.seconds ?? Number.NaN
    return {
      work: `a page of a list: p95 of ${took.length} calls, any level, order and filter`,
      seconds: p95,
      ...{ reference: '', referenceSeconds: null },
      peakBytes,
      goal: '≤ 200 ms',
      reached: p95 <= 0.2,
      note: `median ${ms(took[Math.floor(took.length / 2)])}; by list: ${byList(took)}; slowest: ${took
        .slice(-3)
        .reverse()
        .map((each) => `${ms(each)} \`${each.url}\``)
        .join(', ')}`,
    }
  } finally {
    await fastify.close()
  }
}

type Took = Readonly<{ list: string; url: string; seconds: number }>
const ms = (took: Took | undefined) => `${Math.round((took?.seconds ?? Number.NaN) * 1000)} ms`

function byList(took: readonly Took[]): string {
  return [...Map.groupBy(took, ({ list }) => list)]
    .map(([list, all]) => `${list} ≤ ${ms(all[Math.ceil(all.length * 0.95) - 1])}`)
    .join(', ')
}

/** The first page and, if there is one, the second. */
async function readTwoPages(fastify: FastifyInstance, { list, url, token }: Asked) {
  const took: Took[] = []
  let cursor: string | null = null
  for (let page = 0; page < 2; page += 1) {
    const address: string = `${url}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`
    const { seconds, result } = await timed(async () =>
      fastify.inject({
        url: `/api/v1${address}`,
        headers: { cookie: `${SESSION_COOKIE}=${token}` },
      }),
    )
    assert.equal(result.statusCode, 200, `${address}: ${result.body}`)
    took.push({ list, url: address, seconds })
    cursor = (result.json() as { next?: string | null }).next ?? null
    if (cursor === null) break
  }
  return took
}

/** Units by kind, the plan, campaigns, and somebody of each rank, signed in. */
async function whatIsThere({ works }: OwnedHouse) {
  return works.run(works.system, async (unit) => {
    const units = [...(await unitNames(unit, BRANCH)).values()]
    const plan = await publishedPlanOn(unit, { branchId: BRANCH, day: PLANNED })
    assert(plan, 'the day is planned')
    const tokens: string[] = []
    for (const role of ['branch_manager', 'zone_manager', 'hall_manager'] as const) {
      const { rows } = await listStaff(unit, { role, on: PLANNED, limit: 1 })
      assert(rows[0], `somebody is ${role}`)
      tokens.push((await openSession(unit, rows[0].staffId)).token)
    }
    return { units, planId: plan.planId, tokens }
  })
}

/** Starts the server as people do, and looks when what is there: seconds since the command. */
async function start(dataFolder: string, account: string) {
  const began = performance.now()
  const since = () => (performance.now() - began) / 1000
  const cli = join(import.meta.dirname, '../cli/main.ts')
  const server = spawn(process.execPath, [cli, 'start', '--data', dataFolder], {
    env: { ...process.env, GRIDKEEPER_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(server, 'exit')
  try {
    const url = await addressOf(server.stdout)
    const page = await fetch(existsSync(WEB_ROOT) ? url : `${url}/readyz`)
    assert.equal(page.status, 200)
    await page.text()
    const firstPage = since()
    const session = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, password: PASSWORD }),
    })
    assert.equal(session.status, 200, await session.text())
    const signedIn = since()
    const cookie = session.headers.getSetCookie().map((each) => each.split(';')[0] ?? '')
    const list = await fetch(`${url}/api/v1/branches/${BRANCH}/subscribers`, {
      headers: { cookie: cookie.join('; ') },
    })
    assert.equal(list.status, 200, await list.text())
    return { firstPage, signedIn, firstList: since() }
  } finally {
    server.kill('SIGTERM')
    await ended
  }
}

async function addressOf(output: AsyncIterable<Buffer>): Promise<string> {
  let said = ''
  for await (const chunk of output) {
    said += chunk.toString()
    const address = /http:\/\/[\w.:]+/.exec(said)?.[0]
    if (address) return address
  }
  throw new Error(`the server ended without an address: ${said}`)
}
