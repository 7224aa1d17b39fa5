import { afterAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { openBranch } from './test/branch.ts'
import { keepUp } from './upkeep.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())

test('upkeep that comes to nothing does not keep the server from stopping', async () => {
  const other = await branch.house.ledger.owner.connect()
  try {
    await other.query('begin; lock table platform.webhook in access exclusive mode')
    const upkeep = keepUp(branch.house, readConfig({}), { error: () => undefined })
    const since = performance.now()
    await upkeep[Symbol.asyncDispose]()
    expect(performance.now() - since).toBeLessThan(4_000)
  } finally {
    await other.query('rollback')
    other.release()
  }
})
