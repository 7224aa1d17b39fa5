import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { audit } from '#platform/audit/audit.ts'
import { readNetworks } from '#platform/outgoing/networks.ts'
import { openOutside } from '#platform/outgoing/target.ts'
import { openMessenger } from '#platform/webhooks/deliver.ts'
import { signedHeaders } from '#platform/webhooks/sign.ts'
import { openBranch } from '../test/branch.ts'
import { freePort } from '../test/identity-provider.ts'
import { makeWebhook } from './webhooks.ts'

const outside = openOutside(readNetworks('127.0.0.0/8').networks)
const branch = await openBranch(new Date().toISOString(), { outside })
const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-receiver-'))
afterAll(async () => {
  await branch.close()
  await rm(folder, { recursive: true, force: true })
})
const { works } = branch

/** Runs the receiver that docs/webhooks.md shows, as it stands there. */
async function run(secret: string, port: number): Promise<ChildProcess> {
  const page = await readFile(join(import.meta.dirname, '../../docs/webhooks.md'), 'utf8')
  const [, source = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? []
  const path = join(folder, 'receiver.mjs')
  await writeFile(path, source)
  const env = { ...process.env, SECRET: secret, PORT: String(port) }
  return spawn(process.execPath, [path], { env, stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Waits until somebody listens. */
async function answersAt(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url, { method: 'POST', body: '{}' }).catch(() => undefined) // not yet
    if (answer) return
  }
}

test('the receiver that the page shows takes what is genuine, once, and nothing else', async () => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const wish = { unitId: '370686', name: '示例', url, kinds: ['plan.published'] as const }
  const { secret } = await makeWebhook({ works, outside }, works.system, wish)
  const receiver = await run(secret, port)
  const heard: string[] = []
  receiver.stdout?.on('data', (chunk: Buffer) => heard.push(String(chunk)))
  try {
    await answersAt(url)
    const about = { kind: 'plan', id: '2026-11-22-shown' } as const
    await works.run(works.system, async (unit) =>
      audit(unit, {
        ...{ branchId: '370686', action: 'plan.published', about },
        values: { day: '2026-11-22' },
      }),
    )
    await using messenger = openMessenger(works, outside, console)
    expect(await messenger.begin()).toBe(1)
    await messenger.rest()
    const [sent] = await branch.sql(
      'select state, outcome, event_id as id, body from platform.webhook_delivery',
    )
    expect(sent).toMatchObject({ state: 'delivered', outcome: '204' })
    const message = { id: String(sent?.id), at: new Date(), body: String(sent?.body) }
    const post = async (body: string, headers: Record<string, string>) =>
      (await fetch(url, { method: 'POST', headers, body })).status
    const genuine = signedHeaders([secret], message)
    expect(await post(message.body, genuine)).toBe(204)
    expect(await post(message.body.replace('shown', 'other'), genuine)).toBe(401)
    const old = signedHeaders([secret], { ...message, at: new Date(Date.now() - 301_000) })
    expect(await post(message.body, old)).toBe(401)
    const foreign = signedHeaders(['whsec_AAAA'], message)
    expect(await post(message.body, foreign)).toBe(401)
  } finally {
    receiver.kill()
    await once(receiver, 'close')
  }
  expect(heard.join('').match(/plan\.published/g)).toHaveLength(1)
})
