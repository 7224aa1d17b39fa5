import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyFileBeside, openKeys } from './keys.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-keys-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const SECRET = 'JBSWY3DPEHPK3PXP 守网'

test('the first start makes a key that its owner alone can read, and later starts take it', async () => {
  const file = keyFileBeside(join(folder, 'first'))
  const made = await openKeys(file)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readFile(file, 'utf8')).trim()).toMatch(/^[\w-]{43}$/)
  expect((await openKeys(file)).id).toBe(made.id)
})

test('starts at the same moment agree on one key', async () => {
  const file = join(folder, 'together.key')
  const all = await Promise.all(Array.from({ length: 8 }, () => openKeys(file)))
  expect(new Set(all.map(({ id }) => id)).size).toBe(1)
})

test('what is sealed opens again, in the same place and for the same purpose only', async () => {
  const keys = await openKeys(join(folder, 'seal.key'))
  const sealer = keys.sealerFor('people.second_factor')
  const sealed = sealer.seal(SECRET, 'S1')
  expect(sealed).toMatch(new RegExp(`^v1\\.${keys.id}\\.`))
  expect(sealed).not.toContain('JBSW')
  expect(sealer.open(sealed, 'S1')).toBe(SECRET)
  expect(sealer.seal(SECRET, 'S1'), 'no nonce comes twice').not.toBe(sealed)
  expect(() => sealer.open(sealed, 'S2')).toThrow()
  expect(() => keys.sealerFor('subscribers.phone').open(sealed, 'S1')).toThrow()
})

test('no byte of a sealed text can be changed', async () => {
  const sealer = (await openKeys(join(folder, 'seal.key'))).sealerFor('people.second_factor')
  const [form, id, nonce = '', body = ''] = sealer.seal(SECRET, 'S1').split('.')
  const bytes = Buffer.from(body, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at)
    const text = [form, id, nonce, changed.toString('base64url')].join('.')
    expect(() => sealer.open(text, 'S1')).toThrow()
  }
})

test('a second key seals from then on, the first still opens', async () => {
  const file = join(folder, 'turned.key')
  const before = (await openKeys(file)).sealerFor('x').seal(SECRET, 'S1')
  const other = await readFile(join(folder, 'seal.key'), 'utf8')
  await writeFile(file, (await readFile(file, 'utf8')) + other)
  const keys = await openKeys(file)
  expect(keys.sealerFor('x').open(before, 'S1')).toBe(SECRET)
  expect(keys.sealerFor('x').seal(SECRET, 'S1').slice(0, 11)).not.toBe(before.slice(0, 11))
})

test('what was sealed under a lost key is told from what was tampered with', async () => {
  const sealed = (await openKeys(join(folder, 'seal.key'))).sealerFor('x').seal(SECRET, 'S1')
  const stranger = await openKeys(join(folder, 'stranger.key'))
  expect(stranger.holds(sealed)).toBe(false)
  expect(stranger.sealerFor('x').open(sealed, 'S1')).toBeUndefined()
})

test('a key file that others may read is refused, as is one that is damaged or cannot be made', async () => {
  const file = join(folder, 'open.key')
  await openKeys(file)
  await chmod(file, 0o640)
  await expect(openKeys(file)).rejects.toMatchObject({ code: 'key-file-open', values: { file } })
  const damaged = join(folder, 'damaged.key')
  await writeFile(damaged, 'short\n', { mode: 0o600 })
  await expect(openKeys(damaged)).rejects.toMatchObject({ code: 'key-file-damaged' })
  await expect(openKeys(join(folder, 'nowhere', 'a.key'))).rejects.toMatchObject({
    code: 'key-file-unwritable',
  })
})

test('keys that are added at the same moment are all in the file, also behind a line without an end', async () => {
  const file = join(folder, 'added.key')
  const keys = await openKeys(file)
  await writeFile(file, (await readFile(file, 'utf8')).trimEnd())
  await Promise.all(Array.from({ length: 6 }, () => keys.add()))
  expect((await openKeys(file)).ids).toEqual(keys.ids)
  expect(keys.ids).toHaveLength(7)
  expect((await openKeys(file)).id).toBe(keys.id)
})

test('a key is not added to a file from which one that is held is gone', async () => {
  const file = join(folder, 'lost.key')
  const keys = await openKeys(file)
  const other = await readFile(join(folder, 'seal.key'), 'utf8')
  await writeFile(file, other)
  await expect(keys.add()).rejects.toThrow('key-file-damaged')
  expect(await readFile(file, 'utf8')).toBe(other)
  expect(keys.ids).toHaveLength(1)
})
