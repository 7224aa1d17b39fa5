import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Bytes } from './bytes.ts'
import { memoryShelf } from './memory-shelf.ts'
import { MOST_TRIES, type Opening, vaultsOn } from './vault.ts'

const HOUR = 3_600_000
const PIN = '246813'
const half = () => randomBytes(32).toString('base64')

/** A phone whose clock the test sets; the vault of `S-01` ends twelve hours from the start. */
async function phone({ skewMs = 0 } = {}) {
  const shelf = memoryShelf<'lock' | 'kept'>()
  const clock = { now: Date.parse('2026-11-22T06:30:00+08:00') - skewMs }
  const vaults = vaultsOn(shelf, () => clock.now)
  const expiresAt = clock.now + skewMs + 12 * HOUR
  const vault = await vaults.make({ staffId: 'S-01', pin: PIN, half: half(), expiresAt, skewMs })
  await vault.keep('pack', { tasks: ['桃村镇国路夼村 12 号'] })
  return { shelf, clock, vaults, vault, expiresAt }
}

async function read(opening: Opening, name: string): Promise<unknown> {
  if (opening.outcome !== 'open') throw new Error(`the vault is ${opening.outcome}`)
  const found = await opening.vault.read(name)
  return typeof found === 'object' ? found.value : found
}

test('the PIN opens the vault, and what was kept is read as it was', async () => {
  const { vaults } = await phone()
  expect(await vaults.whose()).toEqual({ staffId: 'S-01', held: false })
  expect(await read(await vaults.open(PIN), 'pack')).toEqual({ tasks: ['桃村镇国路夼村 12 号'] })
})

test('nothing that is kept can be read without the PIN', async () => {
  const { shelf } = await phone()
  const all = [...shelf.kept.values()].flatMap((store) => [...store.values()])
  const seen = all.map((value) => JSON.stringify(value, (_, of) => (isBytes(of) ? said(of) : of)))
  expect(seen.join()).not.toMatch(/桃村|tasks/)
  const lock = shelf.kept.get('lock')?.get('lock') as { half: CryptoKey; rounds: number }
  expect(lock.half.extractable).toBe(false)
  expect(lock.rounds).toBeGreaterThanOrEqual(210_000)
})
const isBytes = (value: unknown): value is Bytes => value instanceof Uint8Array
const said = (bytes: Bytes) => Buffer.from(bytes).toString('utf8')

test('the fifth wrong PIN wipes the vault, and a right one before it begins anew', async () => {
  const { vaults, shelf } = await phone()
  for (let left = MOST_TRIES - 1; left > 0; left--)
    expect(await vaults.open('000000')).toEqual({ outcome: 'wrong', left })
  expect((await vaults.open(PIN)).outcome).toBe('open')
  for (let left = MOST_TRIES - 1; left > 0; left--) await vaults.open('000000')
  expect(await vaults.open('000000')).toEqual({ outcome: 'wiped' })
  expect(await vaults.open(PIN)).toEqual({ outcome: 'none' })
  expect([...shelf.kept.values()].map((store) => store.size)).toEqual([0, 0])
})

test('a try counts before it is made, so that killing the page gives no further one', async () => {
  const { vaults, shelf } = await phone()
  const stopped = { ...shelf, get: shelf.get }
  const killed = vaultsOn(
    {
      ...stopped,
      put: async (...of) => {
        await shelf.put(...of)
        if ((of[2] as { tries?: number }).tries === 1) throw new Error('killed')
      },
    },
    () => 0,
  )
  await expect(killed.open('000000')).rejects.toThrow('killed')
  expect(await vaults.open('000000')).toEqual({ outcome: 'wrong', left: MOST_TRIES - 2 })
})

test('twelve hours on it is gone, and a clock that is set back opens nothing', async () => {
  const { vaults, clock, shelf } = await phone()
  clock.now += 12 * HOUR - 1
  expect((await vaults.open(PIN)).outcome).toBe('open')
  clock.now -= 48 * HOUR
  expect((await vaults.open(PIN)).outcome).toBe('open')
  clock.now += 48 * HOUR + 1
  expect(await vaults.open(PIN)).toEqual({ outcome: 'expired' })
  expect(shelf.kept.get('kept')?.size).toBe(0)
})

test('a phone whose clock is two days wrong has its twelve hours all the same', async () => {
  const { vaults, clock, vault } = await phone({ skewMs: 48 * HOUR })
  expect(new Date(vault.now()).toISOString()).toBe('2026-11-21T22:30:00.000Z')
  clock.now += 12 * HOUR - 1
  expect((await vaults.open(PIN)).outcome).toBe('open')
  clock.now += 1
  expect((await vaults.open(PIN)).outcome).toBe('expired')
})

test('one byte changed, or one thing in the place of another, is not taken for what was kept', async () => {
  const { shelf, vault } = await phone()
  await vault.keep('drafts', { note: '门铃坏了' })
  const kept = shelf.kept.get('kept') as Map<string, Bytes>
  const pack = kept.get('pack') as Bytes
  for (const at of [0, 12, pack.length - 1]) {
    kept.set('pack', pack.map((byte, index) => (index === at ? byte ^ 1 : byte)) as Bytes)
    expect(await vault.read('pack')).toBe('altered')
  }
  kept.set('pack', kept.get('drafts') as Bytes)
  expect(await vault.read('pack')).toBe('altered')
  expect(await vault.read('drafts')).toEqual({ value: { note: '门铃坏了' } })
})

test('under a fresh half it goes on with the same PIN, and the half before opens it no more', async () => {
  const { vaults, vault, shelf, expiresAt } = await phone()
  const before = shelf.kept.get('lock')?.get('lock') as { half: CryptoKey }
  await vault.renew({ half: half(), expiresAt: expiresAt + HOUR, skewMs: 0 })
  expect(vault.endsAt()).toBe(expiresAt + HOUR)
  expect(await read(await vaults.open(PIN), 'pack')).toBeDefined()
  const lock = shelf.kept.get('lock')?.get('lock') as object
  await shelf.put('lock', 'lock', { ...lock, half: before.half })
  expect((await vaults.open(PIN)).outcome).toBe('wrong')
})

test('while the session is over it stays shut, and opens again after the sign-in', async () => {
  const { vaults } = await phone()
  await vaults.hold(true)
  expect(await vaults.open(PIN)).toEqual({ outcome: 'held' })
  expect(await vaults.whose()).toEqual({ staffId: 'S-01', held: true })
  await vaults.hold(false)
  expect((await vaults.open(PIN)).outcome).toBe('open')
})
