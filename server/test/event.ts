import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { SESSION_COOKIE } from '#platform/http.ts'
import { readConfig } from '../config.ts'
import { openWebServer } from '../house.ts'
import type { Branch, Person } from './branch.ts'

/** Sends photos as a browser does, each a JPEG of its own unless it is told which. */
export type Camera = AsyncDisposable &
  Readonly<{
    send(who: Person, picture?: string): Promise<string>
    /** Asks for a photo of an event as a browser does. */
    look(who: Person, of: Readonly<{ eventId: string; photo: string }>): Promise<Response>
  }>

export async function openCamera(branch: Branch): Promise<Camera> {
  const config = readConfig({ GRIDKEEPER_LOG_LEVEL: 'error' })
  const server: FastifyInstance = await openWebServer(branch.house, config, '')
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as { port: number }
  const at = `http://127.0.0.1:${port}/api/v1/branches/${branch.branchId}`
  const headersOf = ({ cookie }: Person) => ({ cookie: `${SESSION_COOKIE}=${cookie}` })
  return {
    look: (who, { eventId, photo }) =>
      fetch(`${at}/events/${eventId}/photos/${photo}`, { headers: headersOf(who) }),
    send: async (who, picture = randomUUID()) => {
      const id = randomUUID()
      const content = Buffer.concat([
        Buffer.from('\xff\xd8\xff\xe0', 'latin1'),
        Buffer.from(picture),
      ])
      const form = new FormData()
      form.set('file', new Blob([new Uint8Array(content)]), 'photo.jpg')
      const url = `${at}/field/evidence/${id}`
      const answer = await fetch(url, { method: 'POST', headers: headersOf(who), body: form })
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
      return id
    },
    [Symbol.asyncDispose]: async () => {
      await server.close()
    },
  }
}
