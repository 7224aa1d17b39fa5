import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { doctor } from '../commands/doctor.ts'
import { accountsOf } from '../test/account.ts'
import { type Branch, openBranch } from '../test/branch.ts'
import { openDesk } from '../test/journeys/command-line.ts'
import { writeBackup } from './write-backup.ts'

let branch: Branch
let folder: string
let backup: string
beforeAll(async () => {
  branch = await openBranch('2026-11-20T00:00Z')
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-keys-'))
  backup = join(folder, 'backup.tar.gz')
  const { hire, enrol } = accountsOf(branch)
  await enrol(await hire())
  await writeBackup(branch.house, backup, unwatched)
})
afterAll(async () => {
  await branch.close()
  await rm(folder, { recursive: true, force: true })
})

test('a backup holds what is sealed, and not the key that opens it', async () => {
  const { keys } = branch.works
  const unpacked = gunzipSync(await readFile(backup))
  const key = (await readFile(keys.file, 'utf8')).trim()
  expect(unpacked.includes(`v1.${keys.id}.`)).toBe(true)
  expect(unpacked.includes(key)).toBe(false)
  expect(unpacked.includes(Buffer.from(key, 'base64url'))).toBe(false)
})

test('a restore says what cannot be read without the key, and so does the doctor', async () => {
  await using desk = await openDesk()
  const keyFile = join(desk.folder, 'data.key')
  expect(await desk.done('restore', backup)).toMatchObject({ keyFile, unreadable: 1 })
  const found = await desk.done('doctor')
  expect(found).toMatchObject({ keys: { file: keyFile }, healthy: false })
  expect(JSON.stringify(found.problems)).toContain('is not the key file of then')
})

test('beside the key file of before everything can be read again', async () => {
  await using desk = await openDesk()
  await copyFile(branch.works.keys.file, join(desk.folder, 'data.key'))
  expect(await desk.done('restore', backup)).toMatchObject({ unreadable: 0 })
  const found = await desk.done('doctor')
  expect(found).toMatchObject({ keys: { id: branch.works.keys.id } })
  expect(JSON.stringify(found.problems)).not.toContain('key file')
})

test('the doctor names the key file, not the key', async () => {
  const { keys } = branch.works
  const found = await doctor.perform(branch.house, {}, unwatched)
  expect(found).toMatchObject({ keys: { file: keys.file, id: keys.id } })
  expect(JSON.stringify(found)).not.toContain((await readFile(keys.file, 'utf8')).trim())
})
