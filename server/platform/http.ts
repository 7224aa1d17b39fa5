import assert from 'node:assert/strict'
import type { Readable } from 'node:stream'
import type {} from '@fastify/cookie'
import type {} from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Endpoint } from '#contract/endpoint.ts'
import { neededAction } from '#contract/permissions.ts'
import { type CallTime, inTime, type TooLong } from './call-time.ts'
import { GUARDS, type Guards } from './guards.ts'
import { commandIdOf, once, onceAround, type Sent } from './once.ts'
import { toldOfPassing, toldOfRace } from './passing.ts'
import { NO_LIMITS, type RateLimits, ratesOn } from './rates.ts'
import { Refusal } from './refusal.ts'
import type { Room } from './room.ts'
import type { Actor, RunUnit, Unit } from './unit.ts'
import { keepToAsked, withoutMore } from './unknown-field.ts'

type Part<
  Of extends Endpoint,
  Name extends 'params' | 'query' | 'body',
> = Of[Name] extends z.ZodType ? z.output<Of[Name]> : Record<never, never>
/** Path parameters and query of an endpoint, in one object. */
export type Asked<Of extends Endpoint> = Part<Of, 'params'> & Part<Of, 'query'>
export type Body<Of extends Endpoint> = Part<Of, 'body'>
export type Answer<Of extends Endpoint> = z.input<Of['response']>

/** A call by somebody who need not be signed in: it reads and sets the cookie of the session. */
export type OpenCall = Readonly<{
  ip: string
  secure: boolean
  /** What the caller says of its browser, as far as that is kept. */
  device: string | null
  /** The token of the session, from the cookie that this protocol uses. */
  token: string | undefined
  /** Gives the caller another token, or takes it away. */
  setToken(token: string, maxAgeSeconds: number): void
  cookie(name: string): string | undefined
  setCookie(name: string, value: string, maxAgeSeconds: number): void
}>

export type Download = Readonly<{ name: string; type: string; stream: Readable }>
export type Upload = Readonly<{ name: string; stream: Readable }>

/**
 * How modules serve their endpoints: who calls, what the call needs, one unit, the schemas in and
 * out. A module’s policy asks beyond that on which rows the action is allowed.
 */
export type Http = Readonly<{
  serve<Of extends Endpoint>(
    endpoint: Of,
    handler: (unit: Unit, of: Asked<Of>, body: Body<Of>) => Promise<Answer<Of>>,
  ): void
  /**
   * Without a unit around it, for work that runs its own: signed in all the same. `commandId` is the
   * same for repeats of a command, by which work that cannot be undone knows that it was begun.
   */
  serveActor<Of extends Endpoint>(
    endpoint: Of,
    handler: (
      actor: Actor,
      of: Asked<Of>,
      body: Body<Of>,
      signal: AbortSignal,
      commandId: string,
    ) => Promise<Answer<Of>>,
  ): void
  serveOpen<Of extends Endpoint>(
    endpoint: Of,
    handler: (call: OpenCall, of: Asked<Of>, body: Body<Of>) => Promise<Answer<Of>>,
  ): void
  /** For browsers that come by a link: where they are sent on. Counted by address, as `form`. */
  redirect<Of extends Endpoint>(
    endpoint: Of,
    handler: (call: OpenCall, of: Asked<Of>) => Promise<string>,
  ): void
  /** For other servers that post the fields of a form; no other call understands these. */
  form<Of extends Endpoint>(
    endpoint: Of,
    handler: (call: OpenCall, of: Asked<Of>, body: Body<Of>) => Promise<Answer<Of>>,
  ): void
  download<Of extends Endpoint>(
    endpoint: Of,
    handler: (actor: Actor, of: Asked<Of>) => Promise<Download>,
  ): void
  upload<Of extends Endpoint>(
    endpoint: Of,
    handler: (actor: Actor, of: Asked<Of>, file: Upload) => Promise<Answer<Of>>,
  ): void
}>

/** Who calls, by what the request carries; undefined for a stranger. */
export type WhoCalls = (request: FastifyRequest) => Promise<Actor | undefined>

export const SESSION_COOKIE = 'gridkeeper_session'
/** Over TLS a cookie whose name no other host, path or plain connection can set. */
const SECURE_SESSION_COOKIE = `__Host-${SESSION_COOKIE}`
const cookieName = ({ protocol }: FastifyRequest) =>
  protocol === 'https' ? SECURE_SESSION_COOKIE : SESSION_COOKIE

/** The token of the session that a request belongs to. */
export const sessionToken = (request: FastifyRequest): string | undefined =>
  request.cookies[cookieName(request)]

export function httpOn(
  fastify: FastifyInstance,
  { run, room }: Readonly<{ run: RunUnit; room: Room }>,
  whoCalls: WhoCalls,
  { limits = NO_LIMITS, guards = GUARDS }: Readonly<{ limits?: RateLimits; guards?: Guards }> = {},
): Http {
  const app = fastify.withTypeProvider<ZodTypeProvider>()
  const rates = ratesOn(fastify, limits)

  async function counted(request: FastifyRequest): Promise<Actor | undefined> {
    const actor = await whoCalls(request)
    await rates.count(request, actor && `${actor.kind} ${actor.id}`)
    return actor
  }

  /** Who still has something to do about the sign-in counts as a stranger. */
  async function countOpen(request: FastifyRequest): Promise<void> {
    try {
      await counted(request)
    } catch (error) {
      if (!(error instanceof Refusal) || !DUE.has(error.code)) throw error
      await rates.count(request, undefined)
    }
  }

  async function signedIn(request: FastifyRequest, endpoint: Endpoint): Promise<Actor> {
    const actor = await counted(request)
    if (!actor) throw new Refusal('unauthenticated', 'not-signed-in')
    const { needs } = endpoint
    const action = neededAction(needs)
    if (action !== null && actor.kind !== 'system' && !actor.can.has(action))
      throw new Refusal('forbidden', 'not-allowed', { action })
    if (actor.kind === 'token' && (needs === undefined || needs === 'own'))
      throw new Refusal('forbidden', 'not-for-tokens')
    if (isCommand(endpoint) || endpoint.kind === 'upload') await room.ask()
    return actor
  }

  function route(
    endpoint: Endpoint,
    answer: (request: FastifyRequest, reply: FastifyReply, time?: CallTime) => Promise<unknown>,
    { on = app, isOneUnit = false }: Readonly<{ on?: typeof app; isOneUnit?: boolean }> = {},
  ): void {
    const { response, kind } = endpoint
    const { params, query, body } = guards.knownFieldsOnly ? withoutMore(endpoint) : endpoint
    const late = lateOf(endpoint, isOneUnit)
    on.route({
      method: endpoint.method,
      url: `/api/v1${endpoint.path}`,
      ...(!takesItsTime(endpoint) && { handlerTimeout: guards.slowCallMs }),
      ...(guards.knownFieldsOnly && {
        preValidation: async (request) => keepToAsked(endpoint, request),
      }),
      schema: {
        operationId: endpoint.operationId,
        summary: endpoint.summary.en,
        description: endpoint.summary.zh,
        ...(params && { params }),
        ...(query && { querystring: query }),
        ...(body && { body }),
        ...(isCommand(endpoint) && { headers: CommandHeaders }),
        ...(kind === 'download' || kind === 'redirect' ? {} : { response: { 200: response } }),
        ...(kind === 'upload' && { consumes: ['multipart/form-data'] }),
        ...(kind === 'form' && { consumes: [FORM] }),
      },
      handler: async (request, reply) => {
        try {
          if (takesItsTime(endpoint)) return await answer(request, reply)
          return await inTime(guards.callMs, late, (time) => answer(request, reply, time))
        } catch (error) {
          const told = toldOfRace(toldOfPassing(error))
          if (told instanceof Refusal) assertListed(endpoint, told)
          throw told
        }
      },
    })
  }

  const callOf = (request: FastifyRequest, reply: FastifyReply) =>
    openCall(request, reply, guards.closedCookies)

  return {
    serve: (endpoint, handler) =>
      route(
        endpoint,
        async (request, reply, time) => {
          const actor = await signedIn(request, endpoint)
          const inUnit = async (unit: Unit) => {
            const work = () => handler(unit, asked(request), request.body as never)
            const sent = sentBy(endpoint, request)
            if (!sent) return work()
            const { answer, repeated } = await once(unit, sent, work)
            if (repeated) reply.header(REPEATED, 'true')
            return answer
          }
          return run(actor, inUnit, time)
        },
        { isOneUnit: true },
      ),
    serveActor: (endpoint, handler) =>
      route(endpoint, async (request, reply, time) => {
        const gone = new AbortController()
        reply.raw.once('close', () => gone.abort(new Error('the caller went away')))
        const signal = AbortSignal.any([gone.signal, ...(time ? [time.signal] : [])])
        const actor = await signedIn(request, endpoint)
        const sent = sentBy(endpoint, request)
        const commandId = commandIdOf(actor, sent)
        const work = () => handler(actor, asked(request), request.body as never, signal, commandId)
        if (!sent) return work()
        const { answer, repeated } = await onceAround(run, actor, sent, work)
        if (repeated) reply.header(REPEATED, 'true')
        return answer
      }),
    serveOpen: (endpoint, handler) =>
      route(endpoint, async (request, reply) => {
        if (endpoint.needs === 'own' && request.headers.authorization !== undefined)
          throw new Refusal('forbidden', 'not-for-tokens')
        await countOpen(request)
        return handler(callOf(request, reply), asked(request), request.body as never)
      }),
    redirect: (endpoint, handler) =>
      route(endpoint, async (request, reply) => {
        await rates.count(request, undefined)
        return reply.redirect(await handler(callOf(request, reply), asked(request)), 303)
      }),
    form: (endpoint, handler) =>
      void fastify.register(async (scope) => {
        scope.addContentTypeParser(FORM, { parseAs: 'string' }, async (_: unknown, text: string) =>
          Object.fromEntries(new URLSearchParams(text)),
        )
        route(
          endpoint,
          async (request, reply) => {
            await rates.count(request, undefined)
            return handler(callOf(request, reply), asked(request), request.body as never)
          },
          { on: scope.withTypeProvider<ZodTypeProvider>() },
        )
      }),
    download: (endpoint, handler) =>
      route(endpoint, async (request, reply) => {
        const { name, type, stream } = await handler(
          await signedIn(request, endpoint),
          asked(request),
        )
        reply.type(type).header('content-disposition', attachment(name))
        return reply.send(stream)
      }),
    upload: (endpoint, handler) =>
      route(endpoint, async (request) => {
        const actor = await signedIn(request, endpoint)
        const file = request.isMultipart() ? await request.file() : undefined
        if (!file) throw new Refusal('invalid', 'upload-missing')
        const name = file.filename.replaceAll('\0', '')
        return handler(actor, asked(request), { name, stream: file.file })
      }),
  }
}

const FORM = 'application/x-www-form-urlencoded'
/** Tells that an answer is that of an earlier call with the same key. */
const REPEATED = 'idempotency-replayed'
const KEY = 'idempotency-key'
const CommandHeaders = z.looseObject({
  [KEY]: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional()
    .describe('The same key with the same content gets the first answer; kept for 30 days.'),
})

/** Files of any size come and go at the speed of a line, and are looked into once they are here. */
const takesItsTime = ({ kind, path }: Endpoint) =>
  kind === 'download' || kind === 'upload' || path.includes('/uploads/')

/** One unit is undone as a whole; of what runs several, those before are done. */
function lateOf({ method, asks, kind }: Endpoint, isOneUnit: boolean): TooLong {
  if (asks || (method === 'GET' && kind === undefined)) return 'question-too-long'
  return isOneUnit ? 'call-undone' : 'maybe-done'
}

/** Whether a call changes something; a question may be asked by POST as well. */
const isCommand = ({ method, asks, open, session, kind }: Endpoint) =>
  method !== 'GET' && !asks && !open && !session && kind !== 'upload'

function sentBy(endpoint: Endpoint, request: FastifyRequest): Sent | undefined {
  const key = request.headers[KEY]
  if (!isCommand(endpoint) || typeof key !== 'string') return undefined
  const { operationId, secret = false } = endpoint
  const content = { ...asked(request), body: request.body ?? null }
  return { operation: operationId, key, content, secret }
}

/** What a session that is not open yet answers to everything but what opens it. */
const DUE: ReadonlySet<string> = new Set([
  'second-factor-due',
  'password-change-due',
  'enrolment-due',
])

/** Refusals that any call may meet need not be listed by each endpoint. */
const EVERYWHERE = new Set([
  ...['not-signed-in', 'malformed-request', 'not-allowed', 'branch-unknown'],
  ...['key-reused', 'done-before', 'changed-meanwhile', 'ledger-away', 'disk-full'],
  ...['cell-key-missing', 'cell-damaged'],
  ...['too-many-requests', 'question-too-long', 'call-undone', 'maybe-done'],
  ...DUE,
  ...['not-for-tokens', 'token-not-valid'],
])

function assertListed(endpoint: Endpoint, { code }: Refusal): void {
  const listed = EVERYWHERE.has(code) || endpoint.refusals.includes(code)
  assert(listed, `${endpoint.operationId} refuses with ${code}, which it does not list`)
}

function asked<Of extends Endpoint>(request: FastifyRequest): Asked<Of> {
  return Object.assign({}, request.params, request.query) as Asked<Of>
}

const DEVICE_LETTERS = 300

function openCall(request: FastifyRequest, reply: FastifyReply, isClosed: boolean): OpenCall {
  const secure = request.protocol === 'https'
  const closed = { httpOnly: true, sameSite: 'lax', secure } as const
  const setCookie = (name: string, value: string, maxAge: number) => {
    reply.setCookie(name, value, { path: '/', maxAge, ...(isClosed && closed) })
  }
  return {
    ip: request.ip,
    secure,
    device: request.headers['user-agent']?.slice(0, DEVICE_LETTERS) ?? null,
    token: sessionToken(request),
    setToken: (token, maxAge) => setCookie(cookieName(request), token, maxAge),
    cookie: (name) => request.cookies[name],
    setCookie,
  }
}

/** RFC 6266: an ASCII name for old clients, the real one beside it. */
function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`
}
