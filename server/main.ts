import { randomBytes } from 'node:crypto'

import { resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
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
  const fastify = await openWebServer(house, config, WEB_ROOT)
  serveControl(fastify, house, token)
  serveHealth(fastify, house)
  opened.defer(() => fastify.close())
  await prepare?.(house)
  await house.jobs.resume()
  opened.use(keepUp(house.works, config, effects.log))
  const url = await fastify.listen({ host: config.host, port: config.port })
  await house.publish({ url, token })
  const keep = opened.move()
  return { url, house, [Symbol.asyncDispose]: () => keep.disposeAsync() }
}

/** `/healthz`: the process answers. `/readyz`: the ledger answers too. */
function serveHealth(fastify: FastifyInstance, { ledger }: OwnedHouse): void {
  fastify.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  fastify.get('/readyz', { schema: { hide: true } }, async () => {
    await ledger.serving.query('select 1')
    return { status: 'ready' }
  })
}
