import type { z } from 'zod'
import type { Endpoint } from '#contract/endpoint.ts'
import { languageNow } from './language.ts'
import { Problem } from './problem.ts'

export { Problem } from './problem.ts'

const BASE = '/api/v1'

type Part<E extends Endpoint, K extends 'params' | 'query' | 'body'> = E extends {
  [key in K]: infer S extends z.ZodType
}
  ? Record<never, never> extends z.input<S>
    ? { [key in K]?: z.input<S> }
    : { [key in K]: z.input<S> }
  : { [key in K]?: never }

/** What a call of the endpoint takes: the parameters of its path, its query and its body. */
export type Input<E extends Endpoint> = Part<E, 'params'> & Part<E, 'query'> & Part<E, 'body'>
/** What it answers. The server enforces the response schema, so the answer is not parsed again. */
export type Answer<E extends Endpoint> = z.output<E['response']>

/** Asks the server. Throws a `Problem`; an abort is thrown on as it is. */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  signal?: AbortSignal,
): Promise<Answer<E>> {
  const { body } = input as Loose
  const response = await reach(urlOf(endpoint, input), {
    method: endpoint.method,
    headers: {
      ...ownHeaders(endpoint.method),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  const text = await response.text()
  if (!response.ok) throw stillHere(endpoint, problemOf(response.status, text))
  return JSON.parse(text) as Answer<E>
}

/** The address of a call, for links to downloads. */
export function urlOf<E extends Endpoint>(endpoint: E, input: Input<E>): string {
  const { params = {}, query = {} } = input as Loose
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  const asked = search.toString()
  return `${BASE}${path}${asked ? `?${asked}` : ''}`
}

export type Sent = Readonly<{ bytes: number; of: number }>

/** Sends one file; `tell` hears how much is sent. `signal` stops it. */
export function upload<E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  file: File,
  { tell, signal }: { tell: (sent: Sent) => void; signal: AbortSignal },
): Promise<Answer<E>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', urlOf(endpoint, input))
    for (const [name, value] of Object.entries(ownHeaders('POST')))
      request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => tell({ bytes: event.loaded, of: file.size })
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Answer<E>)
      else reject(problemOf(request.status, request.responseText))
    }
    request.onerror = () => reject(unreachable())
    request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}

type Loose = {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
}

/** Every command carries a key of its own, so that a repeat of the same request changes nothing. */
function ownHeaders(method: string): Record<string, string> {
  const language = { 'accept-language': languageNow() === 'zh' ? 'zh-CN' : 'en' }
  return method === 'GET' ? language : { ...language, 'idempotency-key': freshKey() }
}

/** A random key; `crypto.randomUUID` is missing where the page is served without TLS. */
function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw unreachable()
  }
}

function unreachable(): Problem {
  return new Problem(
    0,
    'unreachable',
    languageNow() === 'zh'
      ? '连不上服务器，请检查网络后重试。'
      : 'The server cannot be reached; check the network and try again.',
  )
}

function problemOf(status: number, text: string): Problem {
  const document = readJson(text)
  if (document?.code && document.detail) return new Problem(status, document.code, document.detail)
  return new Problem(
    status,
    'defect',
    languageNow() === 'zh'
      ? `服务器出错（${status}），请稍后重试；多次出现请联系管理员。`
      : `The server failed (${status}); try again later, and tell the administrator if it goes on.`,
  )
}

/** Somebody whose session ended meanwhile is told how not to lose what stands in the form. */
function stillHere({ method, needs }: Endpoint, problem: Problem): Problem {
  if (problem.code !== 'not-signed-in' || method === 'GET' || needs === 'anyone') return problem
  return new Problem(
    problem.status,
    problem.code,
    languageNow() === 'zh'
      ? '登录已失效。请在新窗口登录，再回到这里提交；填写的内容还在。'
      : 'You are signed out. Sign in in another window, then send this again; what you typed is still here.',
  )
}

function readJson(text: string): { code?: string; detail?: string } | undefined {
  try {
    return JSON.parse(text) as { code?: string; detail?: string }
  } catch {
    return undefined // not a problem document: the caller says so
  }
}
