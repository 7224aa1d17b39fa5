import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** What a client asks of the server, and what it puts down of it. */
export type Call = Readonly<{
  errand: string
  method: 'GET' | 'POST' | 'PUT'
  path: string
  body?: object
  key?: string
}>

/** A line of the log. `asked` comes before anything is sent, `acknowledged` is on the disk first. */
export type Line =
  | Readonly<{ asked: Call; nth: number }>
  | Readonly<{ acknowledged: Call; nth: number; askedAt: number; at: number; answer: unknown }>
  | Readonly<{ ended: { jobId: string; errand: string; result: unknown } }>
  | Readonly<{ complaint: string }>

type Answer = Readonly<{ body: unknown; cookie: string | undefined; repeated: boolean }>

const AGAIN_MS = 40
/** A server that does not come back within this time has not come back. */
const PATIENCE_MS = 60_000
/** The server is stopping, or its ledger is recovering; or somebody else asks too much. */
const PASSING = new Set([429, 502, 503])

/**
 * A client as it should be: what has no answer is asked again, under the same key, until there is
 * one, be the server dead, starting or recovering meanwhile. Only then is it put down.
 */
export function openClient(url: string, log: string) {
  const file = openSync(log, 'a')
  let asked = 0
  const put = (line: Line) => void writeSync(file, `${JSON.stringify(line)}\n`)

  async function once(call: Call, cookie: string | undefined): Promise<Response | undefined> {
    const isForm = call.body instanceof FormData
    try {
      const response = await fetch(new URL(`/api/v1${call.path}`, url), {
        method: call.method,
        headers: {
          ...(cookie && { cookie }),
          ...(call.key && { 'idempotency-key': call.key }),
          ...(call.body && !isForm && { 'content-type': 'application/json' }),
        },
        ...(call.body && { body: isForm ? (call.body as FormData) : JSON.stringify(call.body) }),
      })
      const body = await response.arrayBuffer() // to its end: an answer cut short is none
      return new Response(response.status === 204 ? null : body, response)
    } catch (error) {
      if (error instanceof TypeError) return undefined // nobody answers, or not to the end
      throw error
    }
  }

  async function ask(call: Call, session?: string): Promise<Answer> {
    asked += 1
    const nth = asked
    put({ asked: call, nth })
    const askedAt = Date.now()
    const until = performance.now() + PATIENCE_MS
    while (performance.now() < until) {
      const response = await once(call, session)
      if (!response || PASSING.has(response.status)) {
        await wait(AGAIN_MS)
        continue
      }
      const isJson = response.headers.get('content-type')?.includes('json')
      const body = isJson ? await response.json() : null
      if (!response.ok) throw new Error(`${said(call)}: ${response.status} ${JSON.stringify(body)}`)
      put({ acknowledged: call, nth, askedAt, at: Date.now(), answer: body })
      fsyncSync(file)
      const cookie = response.headers.get('set-cookie')?.split(';')[0]
      return { body, cookie, repeated: response.headers.has('idempotency-replayed') }
    }
    throw new Error(`${said(call)}: no answer in ${PATIENCE_MS} ms`)
  }

  /** Waits for a job; one that ends in any other way than done is a complaint. */
  async function follow(errand: string, job: string, cookie: string): Promise<unknown> {
    for (;;) {
      const { body } = await ask({ errand: `${errand} job`, method: 'GET', path: job }, cookie)
      const { jobId, state, result, refusal } = body as Record<string, unknown>
      if (state === 'done') {
        put({ ended: { jobId: String(jobId), errand, result } })
        return result
      }
      if (state !== 'queued' && state !== 'running')
        throw new Error(`${errand}: the job ended as ${state}: ${JSON.stringify(refusal)}`)
      await wait(AGAIN_MS)
    }
  }

  return {
    ask,
    follow,
    complain: (error: unknown) => put({ complaint: String(error) }),
    close: () => closeSync(file),
  }
}
export type Client = ReturnType<typeof openClient>

const said = ({ errand, method, path }: Call): string => `${errand} (${method} ${path})`
