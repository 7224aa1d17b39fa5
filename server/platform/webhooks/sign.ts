import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new signing secret, as its receiver is given it. */
export const newSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`

/**
 * The headers of a message by Standard Webhooks, version 1: HMAC-SHA256 over its id, the second of
 * the attempt and the body, once with each of the secrets. The id stays the same at every attempt, the
 * second does not.
 */
export function signedHeaders(
  secrets: readonly string[],
  message: Readonly<{ id: string; at: Date; body: string }>,
): Record<string, string> {
  const second = String(Math.floor(message.at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    const signing = createHmac('sha256', key).update(`${message.id}.${second}.${message.body}`)
    return `v1,${signing.digest('base64')}`
  })
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Gridkeeper-Webhooks',
    'webhook-id': message.id,
    'webhook-timestamp': second,
    'webhook-signature': signatures.join(' '),
  }
}
