import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { fastify as openFastify } from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { serveWeb } from './web-files.ts'

const SCRIPT = 'export const words = ["清单", "结果"]\n'.repeat(200)
const root = await mkdtemp(join(tmpdir(), 'gridkeeper-web-'))
/** A file as the build leaves it: beside it what it is when compressed. */
async function built(path: string, text: string): Promise<void> {
  await writeFile(join(root, path), text)
  await writeFile(join(root, `${path}.br`), brotliCompressSync(text))
  await writeFile(join(root, `${path}.gz`), gzipSync(text))
}
await mkdir(join(root, 'assets'))
await mkdir(join(root, 'field'))
await built('index.html', '<title>console</title>')
await built('field/index.html', '<title>phone</title>')
await built('assets/app-1.js', SCRIPT)
await writeFile(join(root, 'assets/mark.png'), Buffer.alloc(500))
await writeFile(join(root, '.secret'), 'of nobody')
const server = openFastify()
await serveWeb(server, root)
afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true, force: true })
})
const ask = (url: string, accepted?: string, more: Readonly<Record<string, string>> = {}) =>
  server.inject({
    url,
    headers: accepted === undefined ? more : { ...more, 'accept-encoding': accepted },
  })

test('whoever takes it compressed gets the same text in a fraction of the bytes', async () => {
  const small = await ask('/assets/app-1.js', 'gzip, deflate, br')
  expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' })
  expect(small.headers['content-type']).toContain('javascript')
  expect(small.headers['cache-control']).toContain('immutable')
  expect(small.rawPayload.length).toBeLessThan(SCRIPT.length / 10)
  expect(brotliDecompressSync(small.rawPayload).toString()).toBe(SCRIPT)
  const { headers, rawPayload } = await ask('/assets/app-1.js', 'gzip, br;q=0')
  expect(headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(rawPayload).toString()).toBe(SCRIPT)
})

test('who takes nothing compressed gets it as it is, and so does a picture', async () => {
  for (const accepted of [undefined, 'identity', 'br;q=0, gzip;q=0.0']) {
    const { headers, body } = await ask('/assets/app-1.js', accepted)
    expect(headers['content-encoding']).toBeUndefined()
    expect(headers['cache-control']).toContain('immutable')
    expect(body).toBe(SCRIPT)
  }
  const picture = await ask('/assets/mark.png', 'gzip, br')
  expect(picture.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '500' })
  expect(picture.headers['content-encoding']).toBeUndefined()
})

test('an address of no file opens the app that owns it, asked for anew each time', async () => {
  for (const [url, title] of [
    ['/', 'console'],
    ['/field', 'phone'],
    ['/field/day', 'phone'],
    ['/work/board?date=2026-11-22', 'console'],
    ['/.secret', 'console'],
    ['/..%2f..%2fetc/passwd', 'console'],
  ] as const) {
    const { headers, rawPayload, statusCode } = await ask(url, 'gzip')
    expect(statusCode, url).toBe(200)
    expect(headers['cache-control']).toBe('no-cache')
    expect(gunzipSync(rawPayload).toString(), url).toContain(title)
  }
})

test('a page that is as it was is not sent again, and one of the next release is', async () => {
  const { headers } = await ask('/field', 'br')
  const known = { 'if-none-match': String(headers.etag) }
  expect((await ask('/field', 'br', known)).statusCode).toBe(304)
  await built('field/index.html', '<title>the next release</title>')
  const { rawPayload } = await ask('/field', 'br', known)
  expect(brotliDecompressSync(rawPayload).toString()).toContain('next release')
})

test('a call that nobody serves is refused, whatever it takes', async () => {
  const answers = [await ask('/api/v1/nowhere', 'br'), await ask('/%E0%A4%A', 'br')]
  for (const { statusCode } of answers) expect(statusCode).toBeGreaterThanOrEqual(400)
})
