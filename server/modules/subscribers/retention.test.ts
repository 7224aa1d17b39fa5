import { existsSync } from 'node:fs'
import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'
import { forgetFiles } from './retention.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId, works } = branch
const KEPT = { uploads: 7, leftOut: 30 }
const daysAgo = (days: number) => new Date(branch.clock.now().getTime() - days * 86_400_000)

test('what was sent is forgotten after its time, and not a day before', async () => {
  for (const days of [6, 8]) {
    const path = join(works.folder.uploads, `${days}.bin`)
    await writeFile(path, 'x')
    await utimes(path, daysAgo(days), daysAgo(days))
  }
  expect(await forgetFiles(works, KEPT)).toBe(1)
  expect(existsSync(join(works.folder.uploads, '6.bin'))).toBe(true)
  expect(await forgetFiles(works, KEPT)).toBe(0)
})

test('rows that were left out can be had until they are forgotten; then the answer says so', async () => {
  const { importId, rejects } = await importRows(branch, {
    kind: 'subscribers',
    date: '2026-11-20',
    rows: [
      { subscriber_id: 'S1', status: 'active' },
      { subscriber_id: null, status: 'active' },
    ],
  })
  const manager = await branch.hire()
  const url = `/branches/${branchId}/imports/${importId}/rejects.csv`
  expect(existsSync(String(rejects))).toBe(true)
  await utimes(String(rejects), daysAgo(31), daysAgo(31))
  expect(await forgetFiles(works, KEPT)).toBe(1)
  expect(await branch.get(url, manager)).toMatchObject({
    status: 404,
    body: { code: 'left-out-gone' },
  })
  expect(await branch.get(`/branches/${branchId}/imports/${importId}`, manager)).toMatchObject({
    status: 200,
    body: { rejected: 1 },
  })
})
