import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '#platform/refusal.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** What gets no smaller, because it is compressed as it is. */
const SMALL_ALREADY: ReadonlySet<string> = new Set(['.png', '.ico', '.woff2'])

/**
 * The built web app: hashed files are kept by browsers for a year, pages are asked for anew. Text goes
 * compressed to whoever takes it so. An address that is neither a file nor an API call opens the app
 * that owns it: `/field…` the phone’s.
 */
export function serveWeb(fastify: FastifyInstance, root: string): void {
  const compressed = keepCompressed()
  fastify.setNotFoundHandler(async (request, reply) => {
    const path = decodedPath(request.url)
    const isApi = path === undefined || path.startsWith('/api/') || request.method !== 'GET'
    if (isApi) throw new Refusal('not-found', 'no-such-address', { path: path ?? '' })
    const asked = join(root, normalize(path))
    const inside = asked.startsWith(root) && existsSync(asked) && statSync(asked).isFile()
    const page = path === '/field' || path.startsWith('/field/') ? 'field/index.html' : 'index.html'
    const file = inside ? asked : join(root, page)
    if (!existsSync(file)) throw new Refusal('not-found', 'no-such-address', { path })
    const isHashed = inside && path.startsWith('/assets/')
    const isText = !SMALL_ALREADY.has(extname(file))
    const encoding = isText ? encodingFor(request.headers['accept-encoding']) : undefined
    reply
      .header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      .type(TYPES[extname(file)] ?? 'application/octet-stream')
    if (isText) reply.header('vary', 'accept-encoding')
    if (!encoding) return reply.send(await readFile(file))
    return reply.header('content-encoding', encoding).send(await compressed(file, encoding))
  })
}

type Encoding = 'br' | 'gzip'

/** The best of what the browser takes; undefined: as it is. */
function encodingFor(accepted: string | string[] | undefined): Encoding | undefined {
  const taken = String(accepted ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => !/;\s*q=0(\.0*)?$/.test(each))
    .map((each) => each.split(';')[0])
  return (['br', 'gzip'] as const).find((encoding) => taken.includes(encoding))
}

const COMPRESS = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
} as const satisfies Record<Encoding, (bytes: Buffer) => Promise<Buffer>>

/** The files of a release are compressed once each, when they are first asked for. */
function keepCompressed() {
  const kept = new Map<string, Readonly<{ mtimeMs: number; bytes: Promise<Buffer> }>>()
  return (file: string, encoding: Encoding): Promise<Buffer> => {
    const key = `${encoding} ${file}`
    const { mtimeMs } = statSync(file)
    const known = kept.get(key)
    if (known?.mtimeMs === mtimeMs) return known.bytes
    const bytes = readFile(file).then(COMPRESS[encoding])
    kept.set(key, { mtimeMs, bytes })
    bytes.catch(() => kept.delete(key)) // whoever asked hears of it; the next one tries again
    return bytes
  }
}

function decodedPath(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '')
  } catch (cause) {
    if (cause instanceof URIError) return undefined
    throw cause
  }
}
