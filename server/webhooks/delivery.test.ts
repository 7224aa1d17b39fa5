import { afterAll, expect, test } from 'vitest'
import { audit } from '#platform/audit/audit.ts'
import { readNetworks } from '#platform/outgoing/networks.ts'
import { forgetMessages, openMessenger } from '#platform/webhooks/deliver.ts'
import { openBranch } from '../test/branch.ts'
import { makeCertificate } from '../test/certificate.ts'
import { isSigned, openReceiver, type Received, type Receiver } from '../test/receiver.ts'

const MORNING = '2026-11-20T00:00:00Z'
const certificate = makeCertificate(['receiver.example'])
/** What names lead to now; a test may change it. */
const names = new Map([
  ['receiver.example', ['127.0.0.1']],
  ['impostor.example', ['127.0.0.1']],
])
const outside = {
  networks: readNetworks('127.0.0.0/8').networks,
  resolve: async (host: string) => names.get(host) ?? [],
  certificates: certificate.cert,
  withinMs: 2_000,
}
const branch = await openBranch(MORNING, { outside })
const log = { error: (fields: object, text: string) => console.error(text, fields) }
const open = () => openMessenger(branch.works, outside, log)
const messenger = open()
afterAll(async () => {
  await messenger[Symbol.asyncDispose]()
  await branch.close()
})
const { id } = await branch.hire({ roles: ['administrator'] })
/** Signed in anew: sessions end while the clock goes on by days. */
const administrator = () => branch.signIn(id)

type Hook = Readonly<{ webhookId: string; secret: string }>
async function subscribe(url: string): Promise<Hook> {
  const wish = { unitId: '370686', name: '接收方', url, kinds: ['plan.published'] }
  const { status, body } = await branch.post('/webhooks', await administrator(), wish)
  expect(status, JSON.stringify(body)).toBe(200)
  const { secret, made } = body as { secret: string; made: { webhookId: string } }
  return { secret, webhookId: made.webhookId }
}
const overTls = ({ port }: Receiver, host = 'receiver.example') => `https://${host}:${port}/hook`
const end = async ({ webhookId }: Hook) =>
  branch.delete(`/webhooks/${webhookId}`, await administrator())
const command = async ({ webhookId }: Hook, what: string) =>
  branch.post(`/webhooks/${webhookId}/${what}`, await administrator())

let plans = 0
/** Something happens that webhooks are told of. */
async function publish(): Promise<void> {
  plans += 1
  const about = { kind: 'plan', id: `2026-11-21-plan-${plans}` } as const
  const values = { day: '2026-11-21' }
  await branch.unit(branch.system, async (unit) =>
    audit(unit, { branchId: '370686', action: 'plan.published', about, values }),
  )
}

/** One turn of the messenger, until all of it has come to something; how many messages it took. */
async function turn(by = messenger): Promise<number> {
  const begun = await by.begin()
  await by.rest()
  return begun
}
async function turnAfter(seconds: number): Promise<number> {
  branch.clock.set(new Date(branch.clock.now().getTime() + seconds * 1_000).toISOString())
  return turn()
}

type Shown = { state: string; attempts: number; outcome: { en: string }; nextAt: string | null }
async function deliveries({ webhookId }: Hook): Promise<(Shown & { eventId: string })[]> {
  const { body } = await branch.get(`/webhooks/${webhookId}/deliveries`, await administrator())
  return (body as { rows: (Shown & { eventId: string })[] }).rows
}
async function shown({ webhookId }: Hook) {
  const { body } = await branch.get('/webhooks', await administrator())
  const { webhooks } = body as {
    webhooks: { webhookId: string; state: string; because: { en: string } | null }[]
  }
  return webhooks.find((each) => each.webhookId === webhookId)
}

test('a message arrives over TLS, signed, and a changed one does not verify', async () => {
  await using receiver = await openReceiver({ certificate })
  const hook = await subscribe(overTls(receiver))
  await publish()
  expect(await turn()).toBe(1)
  const [message] = receiver.received
  expect(message).toMatchObject({ method: 'POST', headers: { 'webhook-timestamp': '1795132800' } })
  expect(JSON.parse(message?.body ?? '')).toMatchObject({ type: 'plan.published' })
  if (!message) throw new Error('nothing came')
  expect(await isSigned(message, hook.secret)).toBe(true)
  const altered = { ...message, body: message.body.replace('370686', '370685') }
  expect(await isSigned(altered, hook.secret)).toBe(false)
  const later = { ...message, headers: { ...message.headers, 'webhook-timestamp': '1795132801' } }
  expect(await isSigned(later, hook.secret)).toBe(false)
  const another = await subscribe(overTls(receiver))
  expect(await isSigned(message, another.secret)).toBe(false)
  expect(await deliveries(hook)).toMatchObject([
    { state: 'delivered', attempts: 1, nextAt: null, outcome: { en: 'Delivered (204)' } },
  ])
  expect(await turn()).toBe(0)
  for (const each of [hook, another]) await end(each)
})

test('a receiver that was down gets the message once it is up, under the same id', async () => {
  const down = await openReceiver({ certificate })
  const { port } = down
  await down[Symbol.asyncDispose]()
  const hook = await subscribe(overTls(down))
  await publish()
  await turn()
  expect(await deliveries(hook)).toMatchObject([
    { state: 'waiting', attempts: 1, outcome: { en: 'The connection was refused' } },
  ])
  expect(await turnAfter(4)).toBe(0)
  await using up = await openReceiver({ certificate, port })
  up.answer((_, reply) => reply.writeHead(500).end())
  expect(await turnAfter(1)).toBe(1)
  up.answer((_, reply) => reply.writeHead(200).end())
  expect(await turnAfter(60)).toBe(1)
  const ids = up.received.map(({ headers }) => headers['webhook-id'])
  expect(ids).toEqual([ids[0], ids[0]])
  expect(await isSigned(up.received[1] as Received, hook.secret)).toBe(true)
  expect(await deliveries(hook)).toMatchObject([{ state: 'delivered', attempts: 3 }])
  await end(hook)
})

test('a receiver that never answers is waited for so long and no longer', async () => {
  await using silent = await openReceiver({ certificate })
  silent.answer(() => undefined)
  const hook = await subscribe(overTls(silent))
  await publish()
  await turn()
  expect(await deliveries(hook)).toMatchObject([
    { state: 'waiting', attempts: 1, outcome: { en: 'No answer within 10 s' } },
  ])
  await end(hook)
})

test('a receiver that never answers keeps nobody else waiting', async () => {
  await using silent = await openReceiver({ certificate })
  await using prompt = await openReceiver({ certificate })
  silent.answer(() => undefined)
  const hooks = [await subscribe(overTls(silent)), await subscribe(overTls(prompt))] as const
  for (const _ of [1, 2, 3, 4, 5]) await publish()
  await using patient = openMessenger(branch.works, { ...outside, withinMs: 60_000 }, log)
  const isDelivered = ({ state }: Shown) => state === 'delivered'
  while (!(await deliveries(hooks[1])).every(isDelivered)) await patient.begin()
  expect(prompt.received).toHaveLength(5)
  expect(silent.received).toHaveLength(2)
  for (const hook of hooks) await end(hook)
})

test('many receivers that never answer keep nobody waiting', async () => {
  await using silent = await openReceiver({ certificate })
  await using prompt = await openReceiver({ certificate })
  silent.answer(() => undefined)
  const hooks: Hook[] = []
  branch.clock.set(MORNING)
  for (let nth = 0; nth < 16; nth++) hooks.push(await subscribe(overTls(silent)))
  for (const _ of [1, 2, 3]) await publish()
  branch.clock.set('2026-11-20T00:00:01Z')
  const last = await subscribe(overTls(prompt))
  hooks.push(last)
  await publish()
  {
    await using patient = openMessenger(branch.works, { ...outside, withinMs: 60_000 }, log)
    expect(await patient.begin()).toBe(32)
    const taken = await branch.sql(`select from platform.webhook_delivery
      where webhook_id = '${last.webhookId}' and (claim is not null or state = 'delivered')`)
    expect(taken, 'it is among the first that are sent').toHaveLength(1)
  }
  branch.clock.set(MORNING)
  for (const hook of hooks) await end(hook)
})

test('a receiver that is gone for good is given up at once, and goes on when somebody says so', async () => {
  await using receiver = await openReceiver({ certificate })
  receiver.answer((_, reply) => reply.writeHead(410).end())
  const hook = await subscribe(overTls(receiver))
  await publish()
  await turn()
  expect(await shown(hook)).toMatchObject({
    ...{ state: 'disabled', because: { en: 'The receiver says it is gone (410)' } },
  })
  const trail = await branch.sql(
    `select action from platform.audit_entry where about_id = '${hook.webhookId}' order by seq`,
  )
  expect(trail.map(({ action }) => action)).toEqual(['webhook.made', 'webhook.disabled'])
  await publish()
  expect(await turn()).toBe(0)
  receiver.answer((_, reply) => reply.writeHead(202).end())
  expect(await command(hook, 'resume')).toMatchObject({ body: { state: 'active', waiting: 1 } })
  expect(await turn()).toBe(1)
  expect((await deliveries(hook)).map(({ state }) => state).sort()).toEqual(['delivered', 'failed'])
  await end(hook)
})

test('three days without an arrival give a receiver up', async () => {
  await using receiver = await openReceiver({ certificate })
  receiver.answer((_, reply) => reply.writeHead(503).end())
  const hook = await subscribe(overTls(receiver))
  await publish()
  let attempts = await turn()
  for (let hours = 0; (await shown(hook))?.state === 'active'; hours++) {
    expect(hours, 'it is given up').toBeLessThan(80)
    attempts += await turnAfter(3_600)
  }
  expect(attempts).toBeGreaterThan(10)
  expect(receiver.received).toHaveLength(attempts)
  expect(await deliveries(hook)).toMatchObject([{ state: 'failed', attempts }])
  branch.clock.set(MORNING)
  await end(hook)
})

test('a name that leads elsewhere since it was saved is not followed inside', async () => {
  await using receiver = await openReceiver({ certificate })
  const hook = await subscribe(overTls(receiver))
  await publish()
  names.set('receiver.example', ['10.0.0.1'])
  await turn()
  names.set('receiver.example', ['127.0.0.1'])
  expect(receiver.connections()).toBe(0)
  expect((await deliveries(hook))[0]?.outcome?.en).toContain('inner or reserved address')
  await end(hook)
})

test('a receiver with the certificate of somebody else is sent nothing', async () => {
  await using receiver = await openReceiver({ certificate })
  const hook = await subscribe(overTls(receiver, 'impostor.example'))
  await publish()
  await turn()
  expect(receiver.received).toEqual([])
  expect(await deliveries(hook)).toMatchObject([
    { outcome: { en: 'The certificate is not valid' } },
  ])
  await end(hook)
})

test('an answer without an end is read no further than its beginning', async () => {
  await using receiver = await openReceiver({ certificate })
  let written = 0
  receiver.answer((_, reply) => {
    reply.writeHead(200)
    const pour = () => {
      while (reply.writable && !reply.destroyed && written < 1e9) {
        written += 65_536
        if (!reply.write(Buffer.alloc(65_536))) return void reply.once('drain', pour)
      }
    }
    pour()
  })
  const hook = await subscribe(overTls(receiver))
  await publish()
  await turn()
  expect(await deliveries(hook)).toMatchObject([{ state: 'delivered' }])
  expect(written).toBeLessThan(2e7)
  await end(hook)
})

test('what was under way when the server stopped is sent by the next one, under the same id', async () => {
  await using receiver = await openReceiver({ certificate })
  receiver.answer(() => undefined)
  const hook = await subscribe(overTls(receiver))
  await publish()
  const stopped = open()
  await stopped.begin()
  await receiver.until(1)
  await stopped[Symbol.asyncDispose]()
  expect(await deliveries(hook)).toMatchObject([{ state: 'waiting', attempts: 0 }])
  receiver.answer((_, reply) => reply.writeHead(204).end())
  expect(await turn()).toBe(1)
  const [first, second] = receiver.received
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  await end(hook)
})

test('while it is paused nothing is sent, and all of it afterwards', async () => {
  await using receiver = await openReceiver({ certificate })
  const hook = await subscribe(overTls(receiver))
  expect(await command(hook, 'pause')).toMatchObject({ body: { state: 'paused' } })
  for (const _ of [1, 2]) await publish()
  expect(await turn()).toBe(0)
  expect(await deliveries(hook)).toMatchObject([{ nextAt: null }, { nextAt: null }])
  expect(await command(hook, 'resume')).toMatchObject({ body: { state: 'active', waiting: 2 } })
  expect(await turn()).toBe(2)
  expect(receiver.received).toHaveLength(2)
  await end(hook)
})

test('a test message is sent at once, and what came of it is said plainly', async () => {
  await using receiver = await openReceiver({ certificate })
  const hook = await subscribe(overTls(receiver))
  expect(await command(hook, 'test')).toMatchObject({
    body: { delivered: true, outcome: { zh: '已送达（204）', en: 'Delivered (204)' } },
  })
  const [message] = receiver.received
  expect(JSON.parse(message?.body ?? '')).toMatchObject({
    ...{ type: 'webhook.test', data: { webhookId: hook.webhookId } },
  })
  expect(await isSigned(message as Received, hook.secret)).toBe(true)
  receiver.answer((_, reply) => reply.writeHead(302, { location: 'https://10.0.0.1/' }).end())
  expect(await command(hook, 'test')).toMatchObject({
    body: { delivered: false, outcome: { en: expect.stringContaining('not followed') } },
  })
  expect(await deliveries(hook)).toEqual([])
  await end(hook)
})

test('a message is sent again when somebody asks for it', async () => {
  await using receiver = await openReceiver({ certificate })
  const hook = await subscribe(overTls(receiver))
  await publish()
  await turn()
  const [sent] = await deliveries(hook)
  const again = `deliveries/${sent?.eventId}/resend`
  expect(await command(hook, again)).toMatchObject({ body: { state: 'waiting', attempts: 0 } })
  expect(await turn()).toBe(1)
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
    ...[sent?.eventId, sent?.eventId],
  ])
  expect(await command(hook, 'deliveries/evt_0/resend')).toMatchObject({
    ...{ status: 404, body: { code: 'delivery-unknown' } },
  })
  await end(hook)
})

test('a secret that is renewed signs along for a day', async () => {
  await using receiver = await openReceiver({ certificate })
  const hook = await subscribe(overTls(receiver))
  const { body } = await command(hook, 'secret')
  const { secret } = body as { secret: string }
  expect(secret).toMatch(/^whsec_/)
  expect(secret).not.toBe(hook.secret)
  const signedBy = async () => {
    await command(hook, 'test')
    const message = receiver.received.at(-1) as Received
    return [await isSigned(message, hook.secret), await isSigned(message, secret)]
  }
  expect(await signedBy()).toEqual([true, true])
  await publish()
  await turn()
  expect(await isSigned(receiver.received.at(-1) as Received, hook.secret)).toBe(true)
  branch.clock.set('2026-11-21T00:00:00Z')
  expect(await signedBy()).toEqual([false, true])
  await publish()
  await turn()
  expect(await isSigned(receiver.received.at(-1) as Received, hook.secret)).toBe(false)
  branch.clock.set(MORNING)
  await end(hook)
})

test('nothing is sent unsigned: a secret that cannot be read is renewed first', async () => {
  await using receiver = await openReceiver({ certificate })
  const hook = await subscribe(overTls(receiver))
  await branch.sql(
    `update platform.webhook set secret = 'lost' where webhook_id = '${hook.webhookId}'`,
  )
  await publish()
  await turn()
  expect(receiver.connections()).toBe(0)
  expect(await shown(hook)).toMatchObject({
    ...{ state: 'disabled', because: { en: expect.stringContaining('renew the secret') } },
  })
  const { body } = await command(hook, 'secret')
  const [message] = await deliveries(hook)
  await command(hook, 'resume')
  await command(hook, `deliveries/${message?.eventId}/resend`)
  await turn()
  const { secret } = body as { secret: string }
  expect(await isSigned(receiver.received[0] as Received, secret)).toBe(true)
  await end(hook)
})

test('messages are forgotten after thirty days', async () => {
  await using receiver = await openReceiver({ certificate })
  const hook = await subscribe(overTls(receiver))
  await publish()
  branch.clock.set('2026-12-19T23:59:59Z')
  expect(await forgetMessages(branch.works)).toBe(0)
  branch.clock.set('2026-12-20T00:00:01Z')
  expect(await forgetMessages(branch.works)).toBe(1)
  branch.clock.set(MORNING)
  expect(await deliveries(hook)).toEqual([])
  await end(hook)
})
