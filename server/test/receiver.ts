import { once } from 'node:events'
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './certificate.ts'

export type Received = Readonly<{
  method: string
  headers: Readonly<Record<string, string>>
  body: string
}>
/** What a receiver does with a message; without an answer it lets the sender wait. */
export type Answering = (message: Received, reply: ServerResponse) => void

/** Another system that takes webhooks, on this machine. */
export type Receiver = AsyncDisposable &
  Readonly<{
    port: number
    url: string
    received: Received[]
    /** Connections that were made, whatever came of them. */
    connections: () => number
    answer: (answering: Answering) => void
    /** Waits until so many messages have come, in all. */
    until: (count: number) => Promise<void>
  }>

const accept: Answering = (_, reply) => reply.writeHead(204).end()

/** Listens at `host`, over TLS with a certificate, and accepts everything until told otherwise. */
export async function openReceiver(
  of: Readonly<{ host?: string; port?: number; certificate?: Certificate }> = {},
): Promise<Receiver> {
  const { host = '127.0.0.1', port = 0, certificate } = of
  const received: Received[] = []
  let answering = accept
  let connections = 0
  let waiting: { count: number; resolve: () => void }[] = []
  const take = async (request: IncomingMessage, reply: ServerResponse) => {
    const message = await messageOf(request)
    received.push(message)
    answering(message, reply)
    for (const { count, resolve } of waiting) if (received.length >= count) resolve()
    waiting = waiting.filter(({ count }) => received.length < count)
  }
  const listener = (request: IncomingMessage, reply: ServerResponse) => void take(request, reply)
  const server = certificate ? createSecure(certificate, listener) : createPlain(listener)
  server.on('connection', () => {
    connections += 1
  })
  server.listen(port, host)
  await once(server, 'listening')
  const at = server.address() as AddressInfo
  const scheme = certificate ? 'https' : 'http'
  return {
    port: at.port,
    url: `${scheme}://${host}:${at.port}/hook`,
    received,
    connections: () => connections,
    answer: (next) => {
      answering = next
    },
    until: (count) =>
      received.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => void waiting.push({ count, resolve })),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function messageOf(request: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return {
    method: request.method ?? '',
    headers: request.headers as Record<string, string>,
    body: Buffer.concat(parts).toString(),
  }
}

/** Standard Webhooks as its receivers check it, written by its text alone, on Web Crypto. */
export async function isSigned({ headers, body }: Received, secret: string): Promise<boolean> {
  const bytes = (text: string) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const raw = bytes(secret.replace('whsec_', ''))
  const key = await crypto.subtle.importKey('raw', raw, algorithm, false, ['verify'])
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const told = new TextEncoder().encode(content)
  for (const each of (headers['webhook-signature'] ?? '').split(' ')) {
    const [version, signature = ''] = each.split(',')
    if (version === 'v1' && (await crypto.subtle.verify('HMAC', key, bytes(signature), told)))
      return true
  }
  return false
}
