import { createHook } from 'node:async_hooks'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { importUnits } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { openMessenger } from '#platform/webhooks/deliver.ts'
import { readConfig } from '../config.ts'
import { serve } from '../main.ts'

const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-outside-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Every way out that this runtime has: a connection, a datagram, a question about a name. */
const WAYS_OUT = /^(TCPCONNECTWRAP|UDPSENDWRAP|GETADDRINFOREQWRAP|GETNAMEINFOREQWRAP|QUERYWRAP)$/
const taken: string[] = []
const watch = createHook({
  init: (_, type) => {
    if (WAYS_OUT.test(type)) taken.push(type)
  },
})

test('an installation that nobody has told otherwise opens no connection', async () => {
  watch.enable()
  let looks = 0
  await using served = await serve({
    dataFolder: join(folder, 'data'),
    config: readConfig({ GRIDKEEPER_PORT: '0', GRIDKEEPER_LOG_LEVEL: 'error' }),
    effects: {
      clock: () => new Date(),
      log: { error: (fields, text) => console.error(text, fields) },
      onDeath: (error) => {
        throw error
      },
      outside: {
        networks: [],
        resolve: async () => {
          looks += 1
          return []
        },
      },
    },
  })
  const { works, ledger } = served.house
  await works.run(works.system, async (unit) => {
    await importUnits(unit, { branchId: '370686', date: '2020-01-01' }, [
      {
        ...{ row: 1, unitId: '370686', parentId: null, kind: 'branch', name: '栖霞' },
        ...{ divisionCode: null, headStaffId: null, validFrom: '2020-01-01', validTo: null },
      },
    ])
    audit(unit, {
      ...{ branchId: '370686', action: 'plan.published', values: { day: '2026-11-22' } },
      about: { kind: 'plan', id: '2026-11-22-nobody-hears' },
    })
  })
  await using messenger = openMessenger(works, served.house.outside, console)
  expect(await messenger.begin()).toBe(0)
  const { rows } = await ledger.owner.query('select from platform.webhook_delivery')
  expect(rows).toEqual([])
  expect(looks).toBe(0)
  expect(taken).toEqual([])
  // Whoever watches sees a connection where there is one.
  expect((await fetch(new URL('/healthz', served.url))).status).toBe(200)
  expect(taken).toContain('TCPCONNECTWRAP')
  watch.disable()
})
