import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

export type OfDevice = Readonly<{ branchId: string; deviceId: string; staffId: string }>

/** One person on one phone. */
export type DeviceRecord = OfDevice &
  Readonly<{
    unitId: string
    name: string
    registeredAt: Date
    seenAt: Date
    /** Sealed. */
    half: string
    halfExpiresAt: Date
    wipedAt: Date | null
    wipeToldAt: Date | null
  }>

type Registered = Pick<DeviceRecord, 'unitId' | 'name' | 'half' | 'halfExpiresAt'>

const DEVICE = sql`branch_id as "branchId", device_id as "deviceId", staff_id as "staffId",
  unit_id as "unitId", name, registered_at as "registeredAt", seen_at as "seenAt", half,
  half_expires_at as "halfExpiresAt", wiped_at as "wipedAt", wipe_told_at as "wipeToldAt"`

const IS = ({ branchId, deviceId, staffId }: OfDevice) =>
  sql`(branch_id, device_id, staff_id) = (${branchId}, ${deviceId}, ${staffId})`

/** Adds a phone; false if it is there, after waiting for whoever is adding it. */
export async function insertDevice(unit: Unit, device: OfDevice & Registered): Promise<boolean> {
  const { branchId, deviceId, staffId, unitId, name, half, halfExpiresAt } = device
  const { rows } = await sql`
    insert into field.device (branch_id, device_id, staff_id, unit_id, name, registered_at, seen_at,
      half, half_expires_at)
    values (${branchId}, ${deviceId}, ${staffId}, ${unitId}, ${name}, ${unit.now}, ${unit.now},
      ${half}, ${halfExpiresAt})
    on conflict do nothing
    returning 1`.execute(unit.db)
  return rows.length > 0
}

/** The phone, which stays as it is until the unit ends. */
export async function lockDevice(unit: Unit, of: OfDevice): Promise<DeviceRecord | undefined> {
  const { rows } = await sql<DeviceRecord>`
    select ${DEVICE} from field.device where ${IS(of)} for update`.execute(unit.db)
  return rows[0]
}

export async function selectDevice(unit: Unit, of: OfDevice): Promise<DeviceRecord | undefined> {
  const { rows } = await sql<DeviceRecord>`
    select ${DEVICE} from field.device where ${IS(of)}`.execute(unit.db)
  return rows[0]
}

/** The phones of a person, those in use first and the latest seen of them. */
export async function selectDevices(
  unit: Unit,
  of: Readonly<{ branchId: string; staffId: string; limit: number }>,
): Promise<DeviceRecord[]> {
  const { rows } = await sql<DeviceRecord>`
    select ${DEVICE} from field.device
     where branch_id = ${of.branchId} and staff_id = ${of.staffId}
     order by wiped_at is not null, seen_at desc, device_id limit ${of.limit}`.execute(unit.db)
  return rows
}

/** When a phone of each of these people was seen last, wiped ones too. */
export async function selectLastSeen(
  unit: Unit,
  of: Readonly<{ branchId: string; staffIds: readonly string[] }>,
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ staffId: string; seenAt: Date }>`
    select staff_id as "staffId", max(seen_at) as "seenAt" from field.device
     where branch_id = ${of.branchId} and staff_id = any (${[...of.staffIds]})
     group by staff_id`.execute(unit.db)
  return new Map(rows.map(({ staffId, seenAt }) => [staffId, seenAt]))
}

export async function updateRegistered(unit: Unit, of: OfDevice & Registered): Promise<void> {
  await sql`
    update field.device
       set unit_id = ${of.unitId}, name = ${of.name}, half = ${of.half},
           half_expires_at = ${of.halfExpiresAt}, seen_at = ${unit.now},
           wipe_told_at = case when wiped_at is null then null else coalesce(wipe_told_at, ${unit.now}) end
     where ${IS(of)}`.execute(unit.db)
}

/** The phone has come back: as one that is told to wipe, or, `inUse`, one that has done so. */
export async function updateSeen(
  unit: Unit,
  of: OfDevice,
  { inUse }: Readonly<{ inUse: boolean }>,
): Promise<void> {
  await sql`
    update field.device
       set seen_at = ${unit.now},
           wiped_at = case when ${inUse} then null else wiped_at end,
           wiped_by = case when ${inUse} then null else wiped_by end,
           wipe_told_at = case when ${inUse} or wiped_at is null then null
             else coalesce(wipe_told_at, ${unit.now}) end
     where ${IS(of)}`.execute(unit.db)
}

export async function updateWiped(unit: Unit, of: OfDevice, by: string): Promise<void> {
  await sql`
    update field.device set wiped_at = ${unit.now}, wiped_by = ${by}, wipe_told_at = null
     where ${IS(of)}`.execute(unit.db)
}

/** Forgets the phones that were last seen before an instant, of everybody; units of the system can. */
export async function deleteUnseen(unit: Unit, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from field.device where seen_at < ${before}`.execute(unit.db)
  return Number(numAffectedRows ?? 0)
}
