import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Guards } from '#platform/guards.ts'
import { levelsOf } from '#platform/json-depth.ts'
import { ADDRESS_TOO_LONG } from '#platform/malformed.ts'
import { holdsNul } from '#platform/nul.ts'
import { Refusal } from '#platform/refusal.ts'

const READ_ONLY: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
/** What pages of ours may ask of a device: where it is, for visits; nothing else. */
const PERMISSIONS = [
  'geolocation=(self)',
  ...['camera', 'microphone', 'payment', 'usb', 'serial', 'bluetooth', 'midi', 'hid'].map(
    (feature) => `${feature}=()`,
  ),
].join(', ')

/**
 * What every request meets before anybody reads it: addresses of a sane length, no command on behalf
 * of a page of somebody else, JSON that is not nested without end; and answers of the API that no
 * cache keeps.
 */
export function guardRequests(fastify: FastifyInstance, guards: Guards): void {
  const { addressLetters, noStore, ownPagesOnly } = guards
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', PERMISSIONS)
    if (noStore && !isPage(request.url)) reply.header('cache-control', 'no-store')
    if (request.url.length > addressLetters)
      throw Object.assign(new Error(`an address of over ${addressLetters} characters`), {
        ...{ statusCode: 414, code: ADDRESS_TOO_LONG },
      })
    if (ownPagesOnly && !READ_ONLY.has(request.method) && isFromElsewhere(request))
      throw new Refusal('forbidden', 'cross-site')
  })
  fastify.addHook('preValidation', async ({ params, query, body }) => {
    if ([params, query, body].some(holdsNul))
      throw new Refusal('invalid', 'malformed-request', {
        ...{ detailZh: '\\u0000', detailEn: '\\u0000' },
      })
  })
  readJsonCarefully(fastify, guards.jsonLevels)
}

const isPage = (url: string) => !url.startsWith('/api/') && !url.startsWith('/control/')

/**
 * Whether a page of another site sends this with the cookies of its visitor. Browsers of today say so
 * themselves, and no page can make them say otherwise; of others the origin is compared.
 */
function isFromElsewhere({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin } = headers
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}

function readJsonCarefully(fastify: FastifyInstance, mostLevels: number): void {
  const parse = fastify.getDefaultJsonParser('error', 'error')
  fastify.removeContentTypeParser('application/json')
  fastify.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, text, done) => {
      if (levelsOf(text) > mostLevels)
        done(new Refusal('invalid', 'json-too-deep', { limit: mostLevels }))
      else void parse(request, text, done)
    },
  )
}
