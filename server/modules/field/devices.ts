import { randomBytes } from 'node:crypto'
import { mayDo, mayDoAt, readBranch, readPerson } from '#people'
import { audit } from '#platform/audit/audit.ts'
import type { KeyPair } from '#platform/key-pairs.ts'
import type { Keys } from '#platform/keys.ts'
import { Refusal } from '#platform/refusal.ts'
import type { SealedTexts } from '#platform/seal-again.ts'
import type { Unit } from '#platform/unit.ts'
import {
  type DeviceRecord,
  insertDevice,
  lockDevice,
  type OfDevice,
  selectDevices,
  updateRegistered,
  updateWiped,
} from './device-store.ts'

/** What the keys of halves are derived for, and those of the pairs that phones seal to and check by. */
const HALVES = 'field.half'
const SEALING = 'field.outbox'
const SIGNING = 'field.pack'

export const SEALED_HALVES: SealedTexts = {
  ...{ table: 'field.device', column: 'half', about: 'device_id', purpose: HALVES },
}

/** Results that are sealed to us under any key that is held. */
export const sealingPairs = (keys: Keys) => keys.pairsFor(SEALING)
export const signingPairs = (keys: Keys) => keys.pairsFor(SIGNING)

const HALF_BYTES = 32
export const HALF_KEPT_MS = 12 * 3_600_000
/** More phones than anybody has in use. */
const LISTED = 50

/**
 * Registers the phone of the actor, or finds it registered, and hands out what it needs to keep a
 * list for a day: its half of the key and the public keys. Asked again, the half is the same until
 * it ends or the phone is wiped. @throws Refusal `branch-unknown`, `staff-unknown`
 */
export async function registerDevice(
  unit: Unit,
  { branchId }: Readonly<{ branchId: string }>,
  { deviceId, name }: Readonly<{ deviceId: string; name: string }>,
) {
  await readBranch(unit, branchId)
  const { unitId } = await readPerson(unit, unit.actor.id)
  const of = { branchId, deviceId, staffId: unit.actor.id }
  const fresh = { ...of, unitId, name, ...newHalf(unit, deviceId) }
  const isNew = await insertDevice(unit, fresh)
  const known = await lockDevice(unit, of)
  if (!known) throw new Error('a phone that was there a moment ago is there')
  const kept = isNew ? known : ((await renewed(unit, known, fresh)) ?? known)
  if (kept.half !== known.half || isNew)
    audit(unit, { branchId, action: 'device.registered', about: aboutOf(of) })
  const half = openHalf(unit.keys, kept)
  if (half === undefined) throw new Error('a half that was just sealed opens')
  return {
    half,
    expiresAt: kept.halfExpiresAt.toISOString(),
    sealingKey: shownKey(sealingPairs(unit.keys).current),
    signingKey: shownKey(signingPairs(unit.keys).current),
    wipe: known.wipedAt !== null,
    serverTime: unit.now.toISOString(),
  }
}

/** The phone with the half it keeps, or with the new one where that has ended. */
async function renewed(
  unit: Unit,
  known: DeviceRecord,
  fresh: OfDevice & Pick<DeviceRecord, 'unitId' | 'name' | 'half' | 'halfExpiresAt'>,
): Promise<DeviceRecord> {
  const holds =
    known.halfExpiresAt > unit.now && !isToWipe(known) && openHalf(unit.keys, known) !== undefined
  const { half, halfExpiresAt } = holds ? known : fresh
  await updateRegistered(unit, { ...fresh, half, halfExpiresAt })
  return { ...known, half, halfExpiresAt }
}

/** Whether the half of a phone is one from before it was wiped. */
export const isToWipe = ({ wipedAt, halfExpiresAt }: DeviceRecord): boolean =>
  wipedAt !== null && halfExpiresAt.getTime() - HALF_KEPT_MS <= wipedAt.getTime()

function newHalf({ keys, now }: Unit, deviceId: string) {
  const half = randomBytes(HALF_BYTES).toString('base64')
  return {
    half: keys.sealerFor(HALVES).seal(half, deviceId),
    halfExpiresAt: new Date(now.getTime() + HALF_KEPT_MS),
  }
}

const openHalf = (keys: Keys, { half, deviceId }: DeviceRecord): string | undefined =>
  keys.sealerFor(HALVES).open(half, deviceId)

const shownKey = ({ keyId, spki }: KeyPair) => ({ keyId, spki })

/**
 * The phones of oneself, or of somebody whom the actor answers for; the latest 50.
 * @throws Refusal `branch-unknown`, `staff-unknown`, `not-allowed`
 */
export async function listDevices(unit: Unit, of: Readonly<{ branchId: string; staffId: string }>) {
  await mayAnswerFor(unit, of)
  const devices = await selectDevices(unit, { ...of, limit: LISTED })
  return { devices: devices.map(shown) }
}

/**
 * Has a phone forget its list when it comes back: what it keeps cannot be opened with the half that it
 * is given then. What it has not delivered stays, sealed.
 * @throws Refusal `branch-unknown`, `staff-unknown`, `not-allowed`, `device-unknown`
 */
export async function wipeDevice(unit: Unit, of: OfDevice) {
  await mayAnswerFor(unit, of)
  const known = await lockDevice(unit, of)
  if (!known) throw unknownDevice(of)
  await updateWiped(unit, of, unit.actor.id)
  const { branchId, staffId } = of
  audit(unit, {
    ...{ branchId, action: 'device.wiped', about: aboutOf(of) },
    values: { staff: staffId },
  })
  return shown({ ...known, wipedAt: unit.now, wipeToldAt: null })
}

async function mayAnswerFor(
  unit: Unit,
  { branchId, staffId }: Readonly<{ branchId: string; staffId: string }>,
): Promise<void> {
  await readBranch(unit, branchId)
  if (unit.actor.kind === 'person' && unit.actor.id === staffId) return
  mayDo(unit.actor, 'device:wipe')
  const { unitId } = await readPerson(unit, staffId)
  await mayDoAt(unit, unitId, 'device:wipe')
}

export const unknownDevice = ({ deviceId }: Pick<OfDevice, 'deviceId'>) =>
  new Refusal('not-found', 'device-unknown', { device: deviceId })

const aboutOf = ({ deviceId }: OfDevice) => ({ kind: 'device', id: deviceId }) as const

const shown = (device: DeviceRecord) => ({
  deviceId: device.deviceId,
  name: device.name,
  registeredAt: device.registeredAt.toISOString(),
  seenAt: device.seenAt.toISOString(),
  wipedAt: device.wipedAt?.toISOString() ?? null,
  wipeToldAt: device.wipeToldAt?.toISOString() ?? null,
})
