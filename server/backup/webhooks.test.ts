import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { unwatched } from '#platform/works.ts'
import { openBranch } from '../test/branch.ts'
import { openDesk } from '../test/journeys/command-line.ts'
import { openAt } from '../test/journeys/served.ts'
import { makeWebhook } from '../webhooks/webhooks.ts'
import { writeBackup } from './write-backup.ts'

const branch = await openBranch('2026-11-20T00:00Z')
const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-copies-'))
afterAll(async () => {
  await branch.close()
  await rm(folder, { recursive: true, force: true })
})

test('a restored copy tells nobody outside anything until somebody lets it', async () => {
  const { works, outside } = branch.house
  const url = 'https://93.184.216.34/hook'
  const wish = { unitId: branch.branchId, name: '接收方', url, kinds: ['plan.made'] as const }
  await makeWebhook({ works, outside }, works.system, wish)
  const backup = join(folder, 'backup.tar.gz')
  await writeBackup(branch.house, backup, unwatched)
  await using desk = await openDesk()
  await desk.done('restore', backup)
  await using house = await openAt(desk)
  const { rows } = await house.ledger.owner.query('select url, state from platform.webhook')
  expect(rows).toEqual([{ url, state: 'paused' }])
})
