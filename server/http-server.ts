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
import { readingFields } from '#platform/unknown-field.ts'
import { guardRequests } from './request-guards.ts'
import { serveWeb } from './web-files.ts'

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
  await serveWeb(fastify, options.webRoot)
  return fastify
}

/** A request as the log tells it: what was searched for, or is proven by a link, stays out of it. */
function withoutQuery({ method, url, host, ip }: FastifyRequest) {
  return { method, path: url.split('?')[0], host, remoteAddress: ip }
}
