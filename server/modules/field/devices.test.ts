import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { addDays, dayOf } from '#platform/day.ts'
import { unwatched } from '#platform/works.ts'
import { rotateKeys } from '../../key-rotation.ts'
import { openBranch, type Person } from '../../test/branch.ts'
import { openPhone } from '../../test/phone.ts'
import { selectDevices } from './device-store.ts'

const branch = await openBranch('2026-11-20T22:30:00Z')
afterAll(() => branch.close())
const at = `/branches/${branch.branchId}`
const crew = { unit: '370686-H01-G1', roles: ['micro_seller'] } as const
let seller: Person = await branch.hire(crew)
const colleague = await branch.hire(crew)

type Device = { deviceId: string; wipedAt: string | null; wipeToldAt: string | null }
const devicesOf = async (who: Person, by = who) => {
  const { status, body } = await branch.get(`${at}/people/${who.id}/devices`, by)
  return status === 200 ? (body as { devices: Device[] }).devices : (body as { code: string }).code
}
const wipe = (who: Person, deviceId: string, by: Person) =>
  branch.post(`${at}/people/${who.id}/devices/${deviceId}/wipe`, by)

test('a phone gets its half of the key, the same until it ends, and another one is given another', async () => {
  const phone = await openPhone(branch, seller)
  const { half, expiresAt } = phone.registered
  expect(Buffer.from(half, 'base64')).toHaveLength(32)
  expect(expiresAt).toBe('2026-11-21T10:30:00.000Z')
  expect((await openPhone(branch, seller, phone)).registered.half).toBe(half)
  expect((await openPhone(branch, colleague, phone)).registered.half).not.toBe(half)
  branch.clock.set('2026-11-21T10:30:00Z')
  seller = await branch.signIn(seller.id) // nobody stays signed in for so long
  const later = (await openPhone(branch, seller, phone)).registered
  expect(later.half).not.toBe(half)
  expect(later.expiresAt).toBe('2026-11-21T22:30:00.000Z')
})

test('no half stands in the ledger as it is, and a new key of the installation seals it anew', async () => {
  const phone = await openPhone(branch, seller)
  const kept = () =>
    branch.sql(`select half from field.device where device_id = '${phone.deviceId}'`)
  const [before] = await kept()
  expect(String(before?.half)).not.toContain(phone.registered.half)
  await rotateKeys(branch.works, unwatched)
  const [after] = await kept()
  expect(String(after?.half)).toContain(`v1.${branch.works.keys.id}.`)
  const again = (await openPhone(branch, seller, phone)).registered
  expect(again.half).toBe(phone.registered.half)
  expect(again.sealingKey.keyId).toBe(branch.works.keys.id)
  expect(again.sealingKey).not.toEqual(phone.registered.sealingKey)
  expect(again.sealingKey.spki).not.toBe(again.signingKey.spki)
})

test('a phone that is wiped gets no list until it has registered anew, with another half', async () => {
  const phone = await openPhone(branch, seller)
  await phone.pack()
  expect(await wipe(seller, phone.deviceId, seller)).toMatchObject({
    ...{ status: 200, body: { wipedAt: branch.clock.now().toISOString(), wipeToldAt: null } },
  })
  expect(await phone.askPack()).toMatchObject({ status: 409, body: { code: 'device-wiped' } })
  branch.clock.set('2026-11-21T10:40:00Z')
  const again = await openPhone(branch, seller, phone)
  expect(again.registered.wipe).toBe(true)
  expect(again.registered.half).not.toBe(phone.registered.half)
  const [told] = (await devicesOf(seller)) as Device[]
  expect((await openPhone(branch, seller, phone)).registered).toMatchObject({
    ...{ wipe: true, half: again.registered.half },
  })
  expect(told).toBeDefined()
  await again.pack()
  expect((await openPhone(branch, seller, phone)).registered.wipe).toBe(false)
})

test('whoever leads a person sees and wipes the phones, nobody else does', async () => {
  const leader = await branch.hire({ unit: '370686-H01', roles: ['hall_manager'] })
  const elsewhere = await branch.hire({ unit: '370686-H02', roles: ['hall_manager'] })
  const phone = await openPhone(branch, await branch.signIn(colleague.id))
  const ids = ((await devicesOf(colleague, leader)) as Device[]).map(({ deviceId }) => deviceId)
  expect(ids).toContain(phone.deviceId)
  expect(await devicesOf(colleague, seller)).toBe('not-allowed')
  expect(await devicesOf(colleague, elsewhere)).toBe('staff-unknown')
  expect(await wipe(colleague, phone.deviceId, seller)).toMatchObject({ status: 403 })
  expect(await wipe(colleague, phone.deviceId, elsewhere)).toMatchObject({ status: 404 })
  expect(await wipe(colleague, randomUUID(), leader)).toMatchObject({
    ...{ status: 404, body: { code: 'device-unknown' } },
  })
  expect(await wipe(colleague, phone.deviceId, leader)).toMatchObject({ status: 200 })
  const entries = await branch.sql(`select body from platform.audit_entry
    where action = 'device.wiped' and about_id = '${phone.deviceId}'`)
  expect(entries.map(({ body }) => JSON.parse(String(body)).values)).toEqual([
    { staff: colleague.id },
  ])
})

test('a phone that nobody registered gets no list', async () => {
  expect(await branch.post(`${at}/field/packs`, seller, { deviceId: randomUUID() })).toMatchObject({
    status: 404,
    body: { code: 'device-unknown' },
  })
})

test('from the day of a transfer the phone is seen and wiped in the new unit, not in the old', async () => {
  const person = await branch.hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
  const before = await branch.hire({ unit: '370686-H01', roles: ['hall_manager'] })
  const after = await branch.hire({ unit: '370686-H02', roles: ['hall_manager'] })
  const { deviceId } = await openPhone(branch, person)
  const rowsOf = (who: Person) =>
    branch.unit(who, async (unit) => (await selectDevices(unit, { ...ofPerson, limit: 9 })).length)
  const ofPerson = { branchId: branch.branchId, staffId: person.id }
  expect([await rowsOf(before), await rowsOf(after)]).toEqual([1, 0])
  const tomorrow = addDays(dayOf(branch.clock.now()), 1)
  expect(
    await branch.put(`/organisation/staff/${person.id}`, await branch.hire(), {
      ...{ name: '王某', phone: null, account: person.id.toLowerCase(), roles: ['micro_seller'] },
      ...{ unitId: '370686-H02-G1', skills: [], days: '', validFrom: tomorrow, validTo: null },
      ...{ capacity: { door: 9, call_out: 0, hall: 0, installer: 0 }, agency: null },
    }),
  ).toMatchObject({ status: 200 })
  expect([await rowsOf(before), await rowsOf(after)], 'today all is as before').toEqual([1, 0])
  branch.clock.set(`${tomorrow}T00:00:00Z`)
  const [left, joined] = [await branch.signIn(before.id), await branch.signIn(after.id)]
  expect([await rowsOf(left), await rowsOf(joined)]).toEqual([0, 1])
  expect(await devicesOf(person, left)).toBe('staff-unknown')
  expect(await wipe(person, deviceId, left)).toMatchObject({ status: 404 })
  expect(await wipe(person, deviceId, joined)).toMatchObject({ status: 200 })
  expect(await devicesOf(person, joined)).toMatchObject([{ deviceId, wipedAt: expect.any(String) }])
})
