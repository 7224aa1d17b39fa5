import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mayEnter } from './account.ts'
import { copyOf, findPackage } from './binaries.ts'

const folder = mkdtempSync(join(tmpdir(), 'gridkeeper-binaries-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const stranger = { uid: 64_999, gid: 64_999, name: 'stranger' }

test('a copy of the engine runs where npm left out the library links, and for any account', async () => {
  const { native } = await findPackage()
  const bare = join(folder, 'bare')
  cpSync(native, bare, { recursive: true, filter: (path) => !/\.so(\.\d+)?$/.test(path) })
  chmodSync(join(bare, 'bin', 'postgres'), 0o700)
  const copy = await copyOf(bare, join(folder, 'copy'))
  const said = execFileSync(join(copy, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })
  expect(said).toContain('PostgreSQL) 18.')
  expect(statSync(join(copy, 'bin', 'postgres')).mode & 0o777).toBe(0o755)
  expect(await copyOf(bare, copy), 'the second time it is there').toBe(copy)
})

test('a copy that fails leaves nothing behind', async () => {
  await expect(copyOf(join(folder, 'missing'), join(folder, 'never'))).rejects.toThrow('ENOENT')
  expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([])
})

test('an account may enter a folder when every folder above it lets it pass', () => {
  const inner = mkdtempSync(join(folder, 'inner-'))
  chmodSync(folder, 0o711)
  chmodSync(inner, 0o755)
  expect(mayEnter(stranger, inner)).toBe(true)
  expect(mayEnter(null, inner), 'we ourselves are not asked').toBe(true)
  chmodSync(folder, 0o700)
  expect(mayEnter(stranger, inner)).toBe(false)
  expect(mayEnter({ ...stranger, uid: statSync(folder).uid }, inner)).toBe(true)
  expect(existsSync(inner)).toBe(true)
})
