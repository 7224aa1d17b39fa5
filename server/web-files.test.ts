import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { fastify as openFastify } from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { serveWeb } from './web-files.ts'

const SCRIPT = 'export const words = ["清单", "结果"]\n'.repeat(200)
const root = await mkdtemp(join(tmpdir(), 'gridkeeper-web-'))
await mkdir(join(root, 'assets'))
await mkdir(join(root, 'field'))
await writeFile(join(root, 'index.html'), '<title>console</title>')
await writeFile(join(root, 'field/index.html'), '<title>phone</title>')
await writeFile(join(root, 'assets/app-1.js'), SCRIPT)
await writeFile(join(root, 'assets/mark.png'), Buffer.alloc(500))
const server = openFastify()
serveWeb(server, root)
afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true, force: true })
})
const ask = (url: string, accepted?: string) =>
  server.inject({ url, headers: accepted === undefined ? {} : { 'accept-encoding': accepted } })

test('whoever takes it compressed gets the same text in a fraction of the bytes', async () => {
  const small = await ask('/assets/app-1.js', 'gzip, deflate, br')
  expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' })
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
    ['/field/day', 'phone'],
    ['/work/board', 'console'],
  ] as const) {
    const { headers, rawPayload } = await ask(url, 'gzip')
    expect(headers['cache-control']).toBe('no-cache')
    expect(gunzipSync(rawPayload).toString()).toContain(title)
  }
})

test('a file of the next release is not answered with that of the one before', async () => {
  await ask('/field', 'gzip')
  await writeFile(join(root, 'field/index.html'), '<title>next</title>')
  await utimes(join(root, 'field/index.html'), 2_000_000_000, 2_000_000_000)
  const { rawPayload } = await ask('/field', 'gzip')
  expect(gunzipSync(rawPayload).toString()).toContain('next')
})

test('a call that nobody serves is refused, whatever it takes', async () => {
  const answers = [await ask('/api/v1/nowhere', 'br'), await ask('/%E0%A4%A', 'br')]
  for (const { statusCode } of answers) expect(statusCode).toBeGreaterThanOrEqual(400)
})
