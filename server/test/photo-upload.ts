import { SESSION_COOKIE } from '#platform/http.ts'
import { readConfig } from '../config.ts'
import { openWebServer } from '../house.ts'
import type { Branch, Person } from './branch.ts'

/** A JPEG by its first bytes; another text is another photo. */
export const jpegOf = (looks: string): Buffer =>
  Buffer.concat([
    Buffer.from('\xff\xd8\xff\xe0', 'latin1'),
    Buffer.alloc(2_000, 7),
    Buffer.from(looks),
  ])

/** A server of the branch that is listened to, for files come and go over a connection. */
export async function openLine({ house, branchId }: Branch) {
  const server = await openWebServer(house, readConfig({ GRIDKEEPER_LOG_LEVEL: 'error' }), '')
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as { port: number }
  const at = `http://127.0.0.1:${port}/api/v1/branches/${branchId}`
  const headers = (who: Person) => ({
    cookie: `${SESSION_COOKIE}=${who.cookie}`,
    'accept-language': 'en',
  })
  return {
    /** Sends a photo as a browser does. */
    async upload(id: string, content: Buffer, who: Person) {
      const form = new FormData()
      form.set('file', new Blob([new Uint8Array(content)]), 'photo.jpg')
      const url = `${at}/field/evidence/${id}`
      const answer = await fetch(url, { method: 'POST', headers: headers(who), body: form })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
    /** Asks for a file below the branch. */
    async download(path: string, who: Person) {
      const answer = await fetch(`${at}${path}`, { headers: headers(who) })
      return { answer, content: Buffer.from(await answer.arrayBuffer()) }
    },
    close: () => server.close(),
  }
}
