import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** What a phone in a village may have to fetch before the first list stands. */
const MOST_BYTES = 150_000
const ROOT = `${import.meta.dirname}/../..`
const dist = mkdtempSync(join(tmpdir(), 'gridkeeper-web-'))

beforeAll(() => {
  const vite = `${ROOT}/node_modules/vite/bin/vite.js`
  const asReleased = { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } }
  execFileSync(
    process.execPath,
    [vite, 'build', '--outDir', dist, '--logLevel', 'error'],
    asReleased,
  )
})
afterAll(() => rmSync(dist, { recursive: true }))

/** The files that a page asks for by itself, the page included. */
function firstLoad(page: string): string[] {
  const html = readFileSync(join(dist, page), 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)]
  return [page, ...files.map(([, file = '']) => file)]
}
const read = (file: string) => readFileSync(join(dist, file))

test('the phone’s first load is at most 150 kB', () => {
  const files = firstLoad('field/index.html')
  expect(files.length).toBeGreaterThan(2)
  const bytes = files.reduce((sum, file) => sum + gzipSync(read(file)).length, 0)
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
})

test('the phone fetches neither the console’s controls nor its charts', () => {
  for (const file of firstLoad('field/index.html')) {
    expect(read(file).includes('ant-btn'), file).toBe(false)
    expect(read(file).includes('zrender'), file).toBe(false)
  }
})

test('no page carries a script of its own, so that a strict policy can forbid them', () => {
  for (const page of ['index.html', 'field/index.html'])
    expect(read(page).toString()).not.toMatch(/<script(?![^>]*\bsrc=)/)
})

test('the phone keeps every file of its pages for when there is no network', () => {
  const worker = read('field-worker.js').toString()
  const kept: string[] = JSON.parse(/\["\/assets[^\]]+\]/.exec(worker)?.[0] ?? '[]')
  for (const file of kept) expect(read(file).length, file).toBeGreaterThan(0)
  for (const file of firstLoad('field/index.html').slice(1)) expect(kept).toContain(`/${file}`)
  const parts = kept.filter((file) => /\/(ResultSheet|MyDay|PinPage|TaskSheet)-/.test(file))
  expect(parts.filter((file) => file.endsWith('.js'))).toHaveLength(4)
})
