import { globSync } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sha256OfFile } from '#platform/files/digest.ts'
import { unwatched } from '#platform/works.ts'
import { openBranch } from '../../../test/branch.ts'
import { deliver } from '../../../test/extract.ts'
import { openedTracesOf, tracesOf } from '../../../test/traces.ts'
import { checkedManifest, writeManifest } from '../snapshots/manifest.ts'
import { eraseInSnapshot, markErased } from '../subjects/erase-snapshot.ts'
import { sealSnapshots, snapshotsByKey } from './seal-snapshots.ts'

const branch = await openBranch('2026-11-21T01:00Z')
afterAll(() => branch.close())
const { branchId, works } = branch
const rows = Array.from({ length: 21 }, (_, at) => ({
  ...{ 用户编号: `A${at + 10}`, 用户状态: '正常', 客户名称: `欧阳某${at + 10}` },
  ...{ 联系电话: `139000074${at + 10}`, 宽带到期时间: '20261225' },
}))
await deliver(branch, rows)
const [name = ''] = globSync('subscribers/**/*.parquet', { cwd: works.folder.lake })
const file = join(works.folder.lake, name)

const cellsOf = async (id: string) => {
  await using session = await works.lake.session()
  return await session.rows<{ identity: string | null }>(
    'select identity from read_parquet($file) where subscriber_id = $id',
    { file, id },
  )
}

test('what is erased while a snapshot is being sealed anew stays erased, and all is sealed', async () => {
  await works.keys.add()
  await using session = await works.lake.session()
  await markErased(session, ['A12'])
  const [, erased] = await Promise.all([
    sealSnapshots(works, unwatched),
    eraseInSnapshot(works, session, file, unwatched),
  ])
  expect(erased).toBe(true)
  expect(await cellsOf('A12')).toEqual([{ identity: null }])
  expect((await checkedManifest(file)).sealed).toBe(works.keys.id)
  expect(await openedTracesOf(branch, ['欧阳某13'])).toHaveLength(2)
})

test('a snapshot from before there were keys is sealed, and its cards with it', async () => {
  await asBefore()
  expect(await tracesOf(branch, ['欧阳某13'])).toHaveLength(1)
  expect(await snapshotsByKey(works)).toEqual(new Map([[null, 1]]))
  expect(await sealSnapshots(works, unwatched)).toEqual({ sealed: 1, left: [] })
  expect(await tracesOf(branch, ['欧阳某13'])).toEqual([])
  expect(await openedTracesOf(branch, ['欧阳某13'])).toHaveLength(2)
  expect(await snapshotsByKey(works)).toEqual(new Map([[works.keys.id, 1]]))
  const who = await branch.hire({ roles: ['branch_manager'] })
  const { body } = await branch.get(`/branches/${branchId}/subscribers?search=7413`, who)
  expect(body).toMatchObject({ rows: [{ subscriberId: 'A13', name: '欧阳***' }] })
})

/** The installation as the release before left it: names and numbers in clear text, cards without. */
async function asBefore(): Promise<void> {
  const manifest = await checkedManifest(file)
  const [clear, clearManifest] = [`${file}.clear`, { ...manifest, sealed: undefined }]
  await using session = await works.lake.session()
  await session.run(
    `copy (
       select said.* exclude (identity, name_initials, name_index, number_index, row_hash),
         '欧阳某' || right(subscriber_id, 2) as customer_name,
         '139000074' || right(subscriber_id, 2) as contact_phone, row_hash
       from read_parquet($file) as said
     ) to '${clear}' (format parquet)`,
    { file },
  )
  await rename(clear, file)
  const { size } = await stat(file)
  await writeManifest(file, { ...clearManifest, bytes: size, sha256: await sha256OfFile(file) })
  await branch.sql('update subscribers.snapshot set key_id = null')
  await branch.sql(
    'update subscribers.card set identity = null, name_index = null, number_index = null',
  )
}
