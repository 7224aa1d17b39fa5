import { createReadStream, existsSync, statSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
} from 'fastify-type-provider-zod'
import { GUARDS, type Guards } from '#platform/guards.ts'
import { Refusal } from '#platform/refusal.ts'
import { readingFields } from '#platform/unknown-field.ts'
import { guardRequests } from './request-guards.ts'

/** Takes the log, a line at a time. */
export type LogTo = Readonly<{ write(line: string): void }>

const SECRET = ['req.headers.cookie', 'req.headers.authorization']
/** PostgreSQL says in these which values it fell over. */
const OF_A_ROW = ['err.detail', 'err.where', 'err.internalQuery']

/** The web server without its routes: headers, limits, problem documents, OpenAPI, the web app. */
export async function openHttpServer(options: {
  logLevel: string
  uploadLimitBytes: number
  trustedProxies: string | undefined
  webRoot: string
  /** Where the log goes; standard output when nothing is said. */
  logTo?: LogTo | undefined
  guards?: Guards | undefined
}): Promise<FastifyInstance> {
  const { guards = GUARDS } = options
  const fastify = Fastify({
    logger: {
      level: options.logLevel,
      redact: [...SECRET, ...OF_A_ROW],
      serializers: { req: withoutQuery },
      ...(options.logTo && { stream: options.logTo }),
    },
    trustProxy: options.trustedProxies ?? false,
    bodyLimit: guards.bodyBytes,
    requestTimeout: 0, // an upload of 2 GiB takes its time; all other calls have `callMs`
    http: {
      maxHeaderSize: 16 * 1024,
      headersTimeout: guards.headMs,
      connectionsCheckingInterval: Math.max(1, guards.headMs / 3), // Node looks only so often
    },
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle', // those at work get their answer
  })
  fastify.setValidatorCompiler(readingFields)
  fastify.setSerializerCompiler(serializerCompiler)
  fastify.setErrorHandler(guards.tellError)
  guardRequests(fastify, guards)
  await fastify.register(rateLimit, { global: false })
  await fastify.register(helmet, {
    xContentTypeOptions: guards.noSniffing,
    xFrameOptions: guards.noFrames && { action: 'deny' },
    contentSecurityPolicy: guards.contentPolicy && {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        baseUri: ["'none'"],
        frameAncestors: guards.noFrames ? ["'none'"] : null,
        // antd writes its styles into the page; scripts are files of ours alone.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false, // set by whoever ends TLS in front of us
  })
  await fastify.register(cookie)
  await fastify.register(multipart, {
    limits: { files: 1, fileSize: options.uploadLimitBytes, fields: 20, parts: 21 },
    throwFileSizeLimit: false,
  })
  await fastify.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gridkeeper 守网',
        version: 'v1',
        description: 'Keeps and grows the subscribers an operator already has. 存量用户经营平台。',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  serveWeb(fastify, options.webRoot)
  return fastify
}

/** A request as the log tells it: what was searched for, or is proven by a link, stays out of it. */
function withoutQuery({ method, url, host, ip }: FastifyRequest) {
  return { method, path: url.split('?')[0], host, remoteAddress: ip }
}

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

/**
 * The built web app: hashed files are kept by browsers for a year, pages are asked for anew. An
 * address that is neither a file nor an API call opens the app that owns it: `/field…` the phone’s.
 */
function serveWeb(fastify: FastifyInstance, root: string): void {
  fastify.setNotFoundHandler((request, reply) => {
    const path = decodedPath(request.url)
    const isApi = path === undefined || path.startsWith('/api/') || request.method !== 'GET'
    if (isApi) throw new Refusal('not-found', 'no-such-address', { path: path ?? '' })
    const asked = join(root, normalize(path))
    const inside = asked.startsWith(root) && existsSync(asked) && statSync(asked).isFile()
    const page = path === '/field' || path.startsWith('/field/') ? 'field/index.html' : 'index.html'
    const file = inside ? asked : join(root, page)
    if (!existsSync(file)) throw new Refusal('not-found', 'no-such-address', { path })
    const isHashed = inside && path.startsWith('/assets/')
    return reply
      .header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      .type(TYPES[extname(file)] ?? 'application/octet-stream')
      .send(createReadStream(file))
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
