import type { LookupAddress, LookupOptions } from 'node:dns'
import { type ClientRequest, type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isIPv6 } from 'node:net'
import { Refusal } from '../refusal.ts'
import { checkTarget, type Outside, type Target } from './target.ts'

/** Why nothing was answered. `stopped` and `secret-unreadable` are ours: nothing was sent. */
export type PostFault =
  | 'timed-out'
  | 'connection-refused'
  | 'connection-broken'
  | 'certificate-not-valid'
  | 'stopped'
  | 'secret-unreadable'
/** What came of a message: a status that was answered, or why there is none. */
export type Posted =
  | Readonly<{ kind: 'answered'; status: number }>
  | Readonly<{ kind: 'failed'; fault: PostFault | Refusal['code'] }>

export type Message = Readonly<{ headers: Readonly<Record<string, string>>; body: string }>

const WITHIN_MS = 10_000
/** Of an answer nothing is kept; so much is read, so that the connection ends in order. */
const READ_BYTES = 64 * 1024

/**
 * Posts a message to an address that is checked now, by a connection to an address that was checked
 * and to no other. Redirects are answers like others. Never throws for what the other side does.
 */
export async function post(
  outside: Outside,
  address: string,
  message: Message,
  signal?: AbortSignal,
): Promise<Posted> {
  const late = AbortSignal.timeout(outside.withinMs ?? WITHIN_MS)
  const ended = signal ? AbortSignal.any([signal, late]) : late
  try {
    const target = await before(ended, checkTarget(outside, address))
    return { kind: 'answered', status: await send(outside, target, message, ended) }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'failed', fault: error.code }
    if (signal?.aborted) return { kind: 'failed', fault: 'stopped' }
    if (late.aborted) return { kind: 'failed', fault: 'timed-out' }
    return { kind: 'failed', fault: faultOf(error as NodeJS.ErrnoException) }
  }
}

/** Waits for `work`, but not beyond the signal: the resolver of a machine cannot be stopped. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const gone = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  gone.catch(() => undefined) // told by the race, or of no more interest
  return Promise.race([work, gone])
}

function send(
  { certificates }: Outside,
  { url, addresses }: Target,
  { headers, body }: Message,
  signal: AbortSignal,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const options = {
    ...{ method: 'POST', agent: false, signal, lookup: pinned(addresses) },
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
  }
  const sent: ClientRequest =
    url.protocol === 'https:'
      ? secure(url, {
          ...options,
          minVersion: 'TLSv1.2',
          ...(certificates && { ca: certificates }),
        })
      : plain(url, options)
  const unanswered = () => reject(new Error('closed without an answer'))
  sent.on('response', (answer) => {
    sent.off('close', unanswered) // what was read of the answer counts
    readStatus(answer, sent, resolve)
  })
  // Another protocol is an answer like others, and is not spoken.
  sent.on('upgrade', (answer, socket) => {
    socket.destroy()
    resolve(answer.statusCode ?? 0)
  })
  sent.on('error', reject)
  sent.on('close', unanswered)
  sent.end(body)
  return promise
}

/** The status counts, whatever becomes of the rest of the answer. */
function readStatus(answer: IncomingMessage, sent: ClientRequest, tell: (status: number) => void) {
  const told = () => {
    sent.destroy()
    tell(answer.statusCode ?? 0)
  }
  let read = 0
  answer.on('data', (chunk: Buffer) => {
    read += chunk.length
    if (read > READ_BYTES) told()
  })
  answer.on('end', told)
  answer.on('close', told)
  answer.on('error', told)
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** Answers the connection’s question about the name with what was checked, and asks nobody. */
function pinned(addresses: readonly string[]) {
  const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  return (_: string, options: LookupOptions, found: Found): void => {
    const [first] = all
    if (options.all || !first) found(null, all)
    else found(null, first.address, first.family)
  }
}

const REFUSED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'])

function faultOf(error: NodeJS.ErrnoException): PostFault {
  const code = error.code ?? ''
  if (REFUSED.has(code)) return 'connection-refused'
  if (/CERT|ALTNAME|SELF_SIGNED|UNABLE_TO|ERR_(SSL|TLS)|EPROTO/.test(code))
    return 'certificate-not-valid'
  return 'connection-broken'
}
