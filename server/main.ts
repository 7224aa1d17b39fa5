import { randomBytes } from 'node:crypto'

import { resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '#platform/refusal.ts'
import { unwatched } from '#platform/works.ts'
import { sealSnapshots, snapshotsByKey } from '#subscribers'
import type { Config } from './config.ts'
import { serveControl } from './control.ts'
import { type Effects, type OwnedHouse, openHouse, openWebServer } from './house.ts'
import { keepUp } from './upkeep.ts'

/** The built web app, beside the sources. */
export const WEB_ROOT = resolve(import.meta.dirname, '../web/dist')

/** A house that serves. Disposing it finishes what is under way and stops its ledger. */
export type Served = AsyncDisposable & Readonly<{ url: string; house: OwnedHouse }>

/**
 * Opens the data folder, runs `prepare` on it, then serves web, API and the command line’s orders.
 * What a dead process left unfinished is taken up again before the address is answered with.
 */
export async function serve(options: {
  dataFolder: string
  config: Config
  effects: Effects
  prepare?: (house: OwnedHouse) => Promise<void>
}): Promise<Served> {
  const { dataFolder, config, effects, prepare } = options
  await using opened = new AsyncDisposableStack()
  const house = opened.use(await openHouse(dataFolder, config, effects))
  const token = randomBytes(32).toString('hex')
  const [fastify] = await Promise.all([
    openWebServer(house, config, WEB_ROOT, { limits: config.rateLimits }),
    house.queue.takeOver(),
  ])
  const stopping = new AbortController()
  serveControl(fastify, house, { token, stopping: stopping.signal })
  serveHealth(fastify, house)
  let upkeep: AsyncDisposable | undefined
  opened.defer(async () => {
    await Promise.all([stopServing(fastify, house, stopping), upkeep?.[Symbol.asyncDispose]()])
  })
  await sealWhatIsClear(house)
  await prepare?.(house)
  await house.jobs.resume()
  upkeep = keepUp(house, config, effects.log)
  const url = await fastify.listen({ host: config.host, port: config.port })
  await house.publish({ url, token })
  house.queue.start()
  const keep = opened.move()
  return { url, house, [Symbol.asyncDispose]: () => keep.disposeAsync() }
}

/** Snapshots from before names and numbers were sealed are sealed before anybody can ask for them. */
async function sealWhatIsClear({ works }: OwnedHouse): Promise<void> {
  if ((await snapshotsByKey(works)).has(null))
    await sealSnapshots(works, unwatched, { clearAlone: true })
}

/** Of the ten seconds in which a server stops. */
const ANSWER_WITHIN_MS = 6_000
const LOOK_FOR_IDLE_MS = 50

/**
 * Takes no more requests, answers those under way, returns jobs and orders of the command line to
 * whoever asks for them next. What has no answer after `ANSWER_WITHIN_MS` is cut off.
 */
async function stopServing(
  fastify: FastifyInstance,
  { queue }: OwnedHouse,
  stopping: AbortController,
): Promise<void> {
  stopping.abort(new Refusal('conflict', 'server-stopping'))
  const { server } = fastify
  const cut = setTimeout(() => server.closeAllConnections(), ANSWER_WITHIN_MS)
  // A connection that was at work when we began is idle once it has its answer.
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_FOR_IDLE_MS)
  try {
    await Promise.all([fastify.close(), queue.close()])
  } finally {
    clearTimeout(cut)
    clearInterval(idle)
  }
}

/** `/healthz`: the process answers. `/readyz`: the ledger answers too. */
function serveHealth(fastify: FastifyInstance, { ledger }: OwnedHouse): void {
  fastify.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  fastify.get('/readyz', { schema: { hide: true } }, async () => {
    await ledger.serving.query('select 1')
    return { status: 'ready' }
  })
}
