import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { type Branch, openBranch } from '../test/branch.ts'
import { openDesk } from '../test/journeys/command-line.ts'
import { writeBackup } from './write-backup.ts'

let branch: Branch
let folder: string
beforeAll(async () => {
  branch = await openBranch('2026-11-20T00:00Z')
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-forgotten-'))
})
afterAll(async () => {
  await branch.close()
  await rm(folder, { recursive: true, force: true })
})

test('a report that is forgotten while a backup is made is left out, and the backup says so', async () => {
  const { reports } = branch.works.folder
  await mkdir(reports, { recursive: true })
  const [stays, goes] = [join(reports, 'a-stays.csv'), join(reports, 'b-goes.csv')]
  for (const path of [stays, goes]) await writeFile(path, 'row\n')
  const file = join(folder, 'backup.tar.gz')
  const made = await writeBackup(branch.house, file, {
    ...unwatched,
    // The files are listed by now, and read after this.
    tell: ({ total }) => total === null && rmSync(goes, { force: true }),
  })
  expect(made).toMatchObject({ files: 1, leftOut: 1 })
  await using desk = await openDesk()
  expect(await desk.done('restore', file)).toMatchObject({ files: 1 })
})

test('a file of the lake that is not there makes no backup', async () => {
  const { evidence } = branch.works.folder
  await mkdir(join(evidence, '370686'), { recursive: true })
  const photo = join(evidence, '370686', 'photo')
  await writeFile(photo, 'sealed')
  const made = writeBackup(branch.house, join(folder, 'other.tar.gz'), {
    ...unwatched,
    tell: ({ total }) => total === null && rmSync(photo, { force: true }),
  })
  await expect(made).rejects.toThrow('ENOENT')
})
