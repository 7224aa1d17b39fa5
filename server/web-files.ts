import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '#platform/refusal.ts'

/** A year: the name of such a file says what is in it. */
const KEPT = 'public, max-age=31536000, immutable'

/**
 * The built web app: hashed files are kept by browsers for a year, pages are asked for anew. Whoever
 * takes it so gets what the build has compressed. An address that is neither a file nor an API call
 * opens the app that owns it: `/field…` the phone’s. Without a `root` (empty) there is no app to serve.
 */
export async function serveWeb(fastify: FastifyInstance, root: string): Promise<void> {
  const hashed = join(root, 'assets/')
  if (root !== '')
    await fastify.register(fastifyStatic, {
      ...{ root, preCompressed: true, cacheControl: false, dotfiles: 'ignore' },
      setHeaders: (reply, file) =>
        reply.header('cache-control', file.startsWith(hashed) ? KEPT : 'no-cache'),
    })
  fastify.setNotFoundHandler(async (request, reply) => {
    const path = decodedPath(request.url)
    const isApi = path === undefined || path.startsWith('/api/') || request.method !== 'GET'
    if (isApi) throw new Refusal('not-found', 'no-such-address', { path: path ?? '' })
    const page = path === '/field' || path.startsWith('/field/') ? 'field/index.html' : 'index.html'
    if (root === '' || !existsSync(join(root, page)))
      throw new Refusal('not-found', 'no-such-address', { path })
    return reply.sendFile(page)
  })
}

function decodedPath(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '')
  } catch (cause) {
    if (cause instanceof URIError) return undefined
    throw cause
  }
}
