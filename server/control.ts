import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { detailsOf, faultsOf } from '#platform/malformed.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Watch } from '#platform/works.ts'
import { COMMANDS, type CommandName } from './commands/index.ts'
import type { House } from './house.ts'

/** One line of the answer to an order: how far it is, then its result, refusal or defect. */
export type ControlLine =
  | Readonly<{ progress: Parameters<Watch['tell']>[0] }>
  | Readonly<{ result: Record<string, unknown> }>
  | Readonly<{ refusal: Pick<Refusal, 'kind' | 'code' | 'values'> }>
  | Readonly<{ defect: string }>

/**
 * Takes orders of the command line while this server owns the data folder. Who knows the token can
 * read the owner’s files on this machine; the token lives in a 0600 file of the data folder.
 */
export function serveControl(
  fastify: FastifyInstance,
  house: House,
  { token, stopping }: Readonly<{ token: string; stopping: AbortSignal }>,
): void {
  fastify.post('/control/:name', { schema: { hide: true } }, async (request, reply) => {
    if (!holds(request.headers.authorization, token))
      throw new Refusal('unauthenticated', 'not-signed-in')
    const { name } = z.object({ name: z.string() }).parse(request.params)
    if (!Object.hasOwn(COMMANDS, name))
      throw new Refusal('not-found', 'no-such-address', { path: `/control/${name}` })
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort(new Error('the caller went away')))
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'application/x-ndjson' })
    const say = (line: ControlLine) => void reply.raw.write(`${JSON.stringify(line)}\n`)
    const signal = AbortSignal.any([gone.signal, stopping])
    say(await performed(house, name as CommandName, request.body, { signal, say }))
    reply.raw.end()
  })
}

async function performed(
  house: House,
  name: CommandName,
  body: unknown,
  { signal, say }: { signal: AbortSignal; say: (line: ControlLine) => void },
): Promise<ControlLine> {
  try {
    const watch: Watch = { signal, tell: (progress) => say({ progress }) }
    return { result: await perform(house, name, body, watch) }
  } catch (error) {
    if (error instanceof Refusal)
      return { refusal: { kind: error.kind, code: error.code, values: error.values } }
    return { defect: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/**
 * Performs a command on a house: its input is checked here, wherever it came from.
 * @throws Refusal `disk-full` before or while something is written that has no room.
 */
export async function perform(
  house: House,
  name: CommandName,
  body: unknown,
  watch: Watch,
): Promise<Record<string, unknown>> {
  const { input, perform: work } = COMMANDS[name]
  const read = input.safeParse(body)
  if (!read.success)
    throw new Refusal('invalid', 'malformed-request', detailsOf(faultsOf(input, body, read.error)))
  const perform = (within: Watch) => work(house, read.data as never, within)
  return WRITES.has(name) ? house.works.room.within(watch, perform) : perform(watch)
}

/** The orders that leave more behind than an entry in the audit trail. */
const WRITES: ReadonlySet<CommandName> = new Set(['import', 'plan', 'password'])

function holds(header: string | undefined, token: string): boolean {
  const [given, wanted] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
