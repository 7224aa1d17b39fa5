import { afterAll, expect, test } from 'vitest'
import { readNetworks } from '#platform/outgoing/networks.ts'
import { openOutside } from '#platform/outgoing/target.ts'
import { openMessenger } from '#platform/webhooks/deliver.ts'
import { openBranch } from '../test/branch.ts'
import { deliver } from '../test/extract.ts'
import { isSigned, openReceiver } from '../test/receiver.ts'
import { makeWebhook } from './webhooks.ts'

const outside = openOutside(readNetworks('127.0.0.0/8').networks)
const branch = await openBranch('2026-11-20T00:00:00Z', { outside })
afterAll(() => branch.close())
const { works } = branch

test('a receiver hears that a file was refused, and nothing of what is in it', async () => {
  await using receiver = await openReceiver()
  const { secret } = await makeWebhook({ works, outside }, works.system, {
    ...{ unitId: '370686', name: '接收方', url: receiver.url, kinds: ['import.refused'] },
  })
  const refused = deliver(branch, '用户编号,客户名称\nA1,王小明\n', { name: '王小明.csv' })
  await expect(refused).rejects.toMatchObject({ code: 'columns-missing' })
  const log = { error: (fields: object, text: string) => console.error(text, fields) }
  await using messenger = openMessenger(works, outside, log)
  expect(await messenger.begin()).toBe(1)
  await messenger.rest()
  const [message] = receiver.received
  if (!message) throw new Error('nothing came')
  expect(await isSigned(message, secret)).toBe(true)
  expect(JSON.parse(message.body)).toEqual({
    ...{ type: 'import.refused', timestamp: '2026-11-20T00:00:00.000Z' },
    data: {
      ...{ branchId: '370686', kind: 'subscribers', date: '2026-11-20' },
      because: 'columns-missing',
    },
  })
})
