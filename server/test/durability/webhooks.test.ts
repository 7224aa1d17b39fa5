import { afterAll, expect, test } from 'vitest'
import { importUnits, putStaff, type Role, setPassword } from '#people'
import type { Unit } from '#platform/unit.ts'
import { makeWebhook } from '../../webhooks/webhooks.ts'
import { type Desk, openDesk } from '../journeys/command-line.ts'
import { openAt, PASSWORD, signIn, startServer } from '../journeys/served.ts'
import { openReceiver } from '../receiver.ts'

const BRANCH = '370686'
const opened = await openDesk()
afterAll(() => opened[Symbol.asyncDispose]())
const desk: Desk = {
  ...opened,
  env: { ...opened.env, GRIDKEEPER_WEBHOOK_NETWORKS: '127.0.0.0/8' },
}

test('what was acknowledged before a kill is told after it, under one id each', async () => {
  const first = await openReceiver()
  const { port } = first
  await settle(first.url)
  // The receiver has the message and has not answered when the server dies.
  first.answer(() => undefined)
  const held = await startServer(desk)
  await ask(held.url, '第一件事')
  await first.until(1)
  held.process.kill('SIGKILL')
  await held.ended
  await first[Symbol.asyncDispose]()
  // Nobody is there to take the second one when the server dies.
  const alone = await startServer(desk)
  await ask(alone.url, '第二件事')
  alone.process.kill('SIGKILL')
  await alone.ended
  await using receiver = await openReceiver({ port })
  await using server = await startServer(desk)
  await receiver.until(2)
  const idOf = ({ headers }: { headers: Readonly<Record<string, string>> }) => headers['webhook-id']
  const ids = receiver.received.map(idOf)
  expect(new Set(ids).size).toBe(2)
  expect(ids).toContain(first.received.map(idOf)[0])
  expect(await waiting(server.url)).toBe(0)
}, 120_000)

/** A branch with two people, and a webhook that is told when an export is asked for. */
async function settle(url: string): Promise<void> {
  await using house = await openAt(desk)
  const { works, outside } = house
  await works.run(works.system, async (unit) => {
    const of = { divisionCode: null, headStaffId: null, validFrom: '2020-01-01', validTo: null }
    await importUnits(unit, { branchId: BRANCH, date: '2020-01-01' }, [
      { row: 1, unitId: BRANCH, parentId: null, kind: 'branch', name: '栖霞', ...of },
    ])
    await hire(unit, 'manager', 'branch_manager')
    await hire(unit, 'keeper', 'administrator')
  })
  const wish = { unitId: BRANCH, name: '接收方', url, kinds: ['export.requested'] as const }
  await makeWebhook({ works, outside }, works.system, wish)
}

async function hire(unit: Unit, account: string, role: Role): Promise<void> {
  await putStaff(unit, account, {
    ...{ name: account, phone: null, account, roles: [role] },
    ...{ unitId: BRANCH, skills: [], days: '1234567', agency: null },
    capacity: { door: 0, call_out: 0, hall: 0, installer: 0 },
    ...{ validFrom: '2020-01-01', validTo: null },
  })
  await setPassword(unit, account, PASSWORD)
}

async function ask(url: string, why: string): Promise<void> {
  const call = await signIn({ url }, 'manager')
  const { status, body } = await call('POST', `/branches/${BRANCH}/exports`, {
    ...{ what: 'subscribers', why, unit: BRANCH, columns: ['subscriberId'], format: 'csv' },
    ...{ status: null, endsFrom: null, endsTo: null },
  })
  expect(status, JSON.stringify(body)).toBe(200)
}

/** How many messages are not known to have arrived, once the last answer has been noted. */
async function waiting(url: string): Promise<number> {
  const call = await signIn({ url }, 'keeper')
  for (;;) {
    const { body } = await call('GET', '/webhooks')
    const [webhook] = body.webhooks as { waiting: number; state: string }[]
    if (webhook?.waiting === 0 || webhook?.state !== 'active') return webhook?.waiting ?? -1
  }
}
