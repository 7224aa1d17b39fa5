import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'
import type { ImportKind } from './handler.ts'

export type ProfileRecord = Readonly<{
  name: string
  version: number
  kind: ImportKind
  yaml: string
  savedAt: Date
  savedBy: string
}>

const PROFILE = sql`name, version, kind, yaml, saved_at as "savedAt", saved_by as "savedBy"`

/** The latest version of each profile of a branch, by name. */
export async function selectProfiles(unit: Unit, branchId: string): Promise<ProfileRecord[]> {
  const { rows } = await sql<ProfileRecord>`
    select distinct on (name) ${PROFILE} from subscribers.profile
     where branch_id = ${branchId} order by name, version desc`.execute(unit.db)
  return rows
}

export async function selectProfile(
  unit: Unit,
  branchId: string,
  name: string,
): Promise<ProfileRecord | undefined> {
  const { rows } = await sql<ProfileRecord>`
    select ${PROFILE} from subscribers.profile
     where branch_id = ${branchId} and name = ${name} order by version desc limit 1`.execute(
    unit.db,
  )
  return rows[0]
}

/** Adds the next version; of two at once, one fails on the key and may be repeated. */
export async function insertProfile(
  unit: Unit,
  of: Readonly<{ branchId: string; name: string; kind: ImportKind; yaml: string }>,
): Promise<ProfileRecord> {
  const { rows } = await sql<ProfileRecord>`
    insert into subscribers.profile (branch_id, name, version, kind, yaml, saved_at, saved_by)
    select ${of.branchId}, ${of.name}, coalesce(max(version), 0) + 1, ${of.kind}, ${of.yaml},
           ${unit.now}, ${unit.actor.id}
      from subscribers.profile where branch_id = ${of.branchId} and name = ${of.name}
    returning ${PROFILE}`.execute(unit.db)
  const [saved] = rows
  if (!saved) throw new Error('an insert returns its row')
  return saved
}
