import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generateCounty } from '../../sample/index.ts'
import { addDays } from '../journeys/closed-doors.ts'
import { FULL, openDesk } from '../journeys/command-line.ts'
import { untilAllAreGone } from '../journeys/processes.ts'
import { PASSWORD, type Served, signIn, startServer } from '../journeys/served.ts'
import { importOf, orderAt, startImport } from './orders.ts'
import { BRANCH, DAY, openSmallCounty } from './small-county.ts'

/** What is promised of a machine that does nothing else, and asked of it in the long form. */
const [STOPPED_MS, GONE_MS] = FULL ? [10_000, 5_000] : [60_000, 30_000]
const MINUTES = { timeout: 600_000 }

/** Asks the server to stop, as a service manager does. Answers with the milliseconds it takes. */
async function stop({ process: server, ended }: Served): Promise<number> {
  const since = performance.now()
  server.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  const ms = Math.round(performance.now() - since)
  process.stdout.write(`stopped in ${ms} ms\n`)
  return ms
}

test(
  'a server that is asked to stop answers what was asked before, and nothing of it runs on',
  MINUTES,
  async () => {
    await using desk = await openDesk()
    const { account } = await openSmallCounty(desk)
    await using server = await startServer(desk)
    const asked = Array.from({ length: 4 }, () =>
      fetch(new URL('/api/v1/session', server.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ account, password: PASSWORD }),
      }),
    )
    await Promise.race(asked) // the slow work of the others is under way
    const ms = await stop(server)
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200))
    expect(ms).toBeLessThan(STOPPED_MS)
    expect(await untilAllAreGone(desk.folder, GONE_MS)).toBeLessThan(GONE_MS)
    expect(existsSync(join(desk.folder, 'data/ledger/postmaster.pid')), 'the engine ended').toBe(
      false,
    )
  },
)

test(
  'jobs and orders under way are given back: the next start does the job, once',
  MINUTES,
  async () => {
    await using desk = await openDesk()
    const { account } = await openSmallCounty(desk)
    const [date, out] = [addDays(DAY, 1), join(desk.folder, 'next')]
    await generateCounty({ branchId: BRANCH, households: 6000, seed: 7, date, out })
    const file = join(out, 'subscribers.csv')
    await using first = await startServer(desk)
    const call = await signIn(first, account)
    const jobId = await startImport(call, { file, date })
    const order = await orderAt(desk, 'import', importOf({ file, date: addDays(date, 1) }))
    await untilRunning(call, jobId)
    expect(await stop(first)).toBeLessThan(STOPPED_MS)
    expect(await order.last).toMatchObject({ refusal: { code: 'server-stopping' } })
    await untilAllAreGone(desk.folder, GONE_MS)

    await using second = await startServer(desk)
    const again = await signIn(second, account)
    const done = await untilDone(again, jobId)
    expect(done).toMatchObject({ state: 'done', result: { changed: true } })
    const { body } = await again('GET', `/branches/${BRANCH}/imports?kind=subscribers`)
    expect((body.rows as { date: string }[]).map((row) => row.date)).toEqual([date, DAY])
  },
)

test(
  'whoever sends something and never ends does not keep the server from stopping',
  MINUTES,
  async () => {
    await using desk = await openDesk()
    const { account } = await openSmallCounty(desk)
    await using server = await startServer(desk)
    await using slow = await sendForEver(server, account)
    expect(await stop(server)).toBeLessThan(STOPPED_MS)
    await slow.closed
  },
)

type Call = Awaited<ReturnType<typeof signIn>>

async function untilState(call: Call, jobId: string, states: readonly string[]) {
  for (;;) {
    const { body } = await call('GET', `/branches/${BRANCH}/jobs/${jobId}`)
    if (states.includes(String(body.state))) return body
  }
}

const untilRunning = async (call: Call, jobId: string) =>
  expect(await untilState(call, jobId, ['running', 'done'])).toMatchObject({ state: 'running' })

const untilDone = (call: Call, jobId: string) =>
  untilState(call, jobId, ['done', 'refused', 'failed', 'cancelled'])

/** A request whose body never ends, and whose head the server has read. */
async function sendForEver({ url }: Served, account: string) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined) // it is cut off in the end
  socket.write(
    `POST /api/v1/session HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\n` +
      `expect: 100-continue\r\ncontent-length: 1000\r\n\r\n{"account":"${account}"`,
  )
  const [answer] = await once(socket, 'data') // from here on it reads, and so hears the end
  expect(String(answer)).toContain('100 Continue')
  return {
    closed,
    [Symbol.asyncDispose]: async () => {
      socket.destroy()
      await closed
    },
  }
}
