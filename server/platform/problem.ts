import type { FastifyReply, FastifyRequest } from 'fastify'
import { isResponseSerializationError } from 'fastify-type-provider-zod'
import type { Language } from '#contract/language.ts'
import { sentenceOf } from '#contract/refusals.ts'
import { detailsOf, Malformed, pathOf, unreadDetails } from './malformed.ts'
import { Refusal } from './refusal.ts'

const STATUS = {
  invalid: 422,
  malformed: 400,
  'not-found': 404,
  conflict: 409,
  forbidden: 403,
  unauthenticated: 401,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
  full: 507,
} as const satisfies Record<Refusal['kind'], number>

/** RFC 9457. `code` is stable, `detail` is for people, in the language of the request. */
export type Problem = Readonly<{
  type: string
  title: string
  status: number
  code: string
  detail: string
  values?: Refusal['values']
  errors?: readonly Readonly<{ path: string; message: string }>[]
}>

/** Chinese unless the request asks for English first: by `?lang=en` or `Accept-Language: en`. */
export function languageOf(request: FastifyRequest): Language {
  const asked = new URLSearchParams(request.url.split('?')[1]).get('lang')
  if (asked === 'en' || asked === 'zh') return asked
  return request.headers['accept-language']?.trim().toLowerCase().startsWith('en') ? 'en' : 'zh'
}

/**
 * Tells a refusal as a status and a sentence; everything else is a defect: logged, told as 500. Of a
 * refusal the log says what it came from, in a line: strangers can have thousands of them written.
 */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error, request)
  if (!(error instanceof Refusal)) {
    if (problem.status >= 500) request.log.error({ err: error }, 'defect')
  } else if (problem.status >= 500 || error.code === 'changed-meanwhile')
    request.log.warn({ because: becauseOf(error.cause) }, error.code)
  if (error instanceof Refusal && typeof error.values.seconds === 'number')
    reply.header('retry-after', String(error.values.seconds))
  reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** The whole chain of causes, without what a row or a statement held. */
function becauseOf(cause: unknown): string {
  if (!(cause instanceof Error)) return ''
  const { code, constraint } = cause as NodeJS.ErrnoException & { constraint?: string }
  const own = [code, constraint, cause.message].filter(Boolean).join(' ')
  return cause.cause instanceof Error ? `${own}: ${becauseOf(cause.cause)}` : own
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  const language = languageOf(request)
  if (error instanceof Refusal)
    return {
      ...named(error.code, STATUS[error.kind]),
      detail: sentenceOf(error.code, error.values, language),
      values: error.values,
    }
  if (error instanceof Malformed) {
    const errors = error.faults.map((fault) => ({ path: pathOf(fault), message: fault[language] }))
    return malformed(400, detailsOf(error.faults), { language, errors })
  }
  if ((error as { code?: unknown } | null)?.code === 'FST_ERR_HANDLER_TIMEOUT') {
    const code = request.method === 'GET' ? 'question-too-long' : 'maybe-done'
    const limit = Math.ceil(request.routeOptions.handlerTimeout / 1000)
    return { ...named(code, 503), detail: sentenceOf(code, { limit }, language) }
  }
  const status = statusOf(error)
  if (status === 413)
    return {
      ...named('body-too-large', 413),
      detail: sentenceOf('body-too-large', { limit: '1 MB' }, language),
    }
  if (status >= 400 && status < 500 && !isResponseSerializationError(error))
    return malformed(status, unreadDetails(error), { language, errors: [] })
  const detail = { zh: '服务器内部错误，已记录。', en: 'An error inside the server; it is logged.' }
  return { ...named('defect', 500), detail: detail[language] }
}

function malformed(
  status: number,
  details: ReturnType<typeof detailsOf>,
  { language, errors }: Readonly<{ language: Language; errors: NonNullable<Problem['errors']> }>,
): Problem {
  return {
    ...named('malformed-request', status),
    detail: sentenceOf('malformed-request', details, language),
    errors,
  }
}

function named(code: string, status: number) {
  return { type: `urn:gridkeeper:problem:${code}`, title: code, status, code }
}

function statusOf(error: unknown): number {
  const status = (error as { statusCode?: unknown } | null)?.statusCode
  return typeof status === 'number' ? status : 500
}
