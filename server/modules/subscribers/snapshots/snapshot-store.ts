import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** A snapshot as the ledger knows it; `file` is relative to the lake’s folder. */
export type SnapshotRow = Readonly<{
  branchId: string
  snapshotId: string
  importId: string
  date: string
  file: string
  rows: number
  /** Of the key that sealed its names and numbers; null where it has none. */
  keyId: string | null
}>

export type DifferenceRow = Readonly<{
  branchId: string
  importId: string
  beforeSnapshot: string | null
  beforeDate: string | null
  afterSnapshot: string
  appeared: number
  gone: number
  changed: number
  movedCards: boolean
  columns: readonly Readonly<{ column: string; changed: number }>[]
}>

const SNAPSHOT = sql`snapshot.branch_id as "branchId", snapshot.snapshot_id as "snapshotId",
  snapshot.import_id as "importId", snapshot.date, snapshot.file, snapshot.row_count as rows,
  snapshot.key_id as "keyId"`

export async function insertSnapshot(unit: Unit, of: SnapshotRow): Promise<void> {
  await sql`
    insert into subscribers.snapshot (branch_id, snapshot_id, import_id, date, file, row_count, key_id,
      recorded_at)
    values (${of.branchId}, ${of.snapshotId}, ${of.importId}, ${of.date}, ${of.file}, ${of.rows},
      ${of.keyId}, ${unit.now})`.execute(unit.db)
}

/** The snapshots that stand, latest day first, up to `day`; of a day made anew, the newest. */
export async function selectStanding(
  unit: Unit,
  of: Readonly<{ branchId: string; day: string; limit: number }>,
): Promise<SnapshotRow[]> {
  const { rows } = await sql<SnapshotRow>`
    select distinct on (snapshot.date) ${SNAPSHOT}
      from subscribers.snapshot
      join subscribers.import
        on import.branch_id = snapshot.branch_id and import.import_id = snapshot.import_id
     where snapshot.branch_id = ${of.branchId} and snapshot.date <= ${of.day}::date
       and import.state = 'current' and import.kind = 'subscribers'
     order by snapshot.date desc, snapshot.recorded_at desc, snapshot.snapshot_id
     limit ${of.limit}`.execute(unit.db)
  return rows
}

export async function selectSnapshot(
  unit: Unit,
  of: Readonly<{ branchId: string; importId: string; snapshotId: string }>,
): Promise<SnapshotRow | undefined> {
  const { rows } = await sql<SnapshotRow>`
    select ${SNAPSHOT} from subscribers.snapshot
     where (branch_id, import_id, snapshot_id) = (${of.branchId}, ${of.importId}, ${of.snapshotId})`.execute(
    unit.db,
  )
  return rows[0]
}

/** The files of all snapshots, below the lake’s folder. */
export async function selectFiles(unit: Unit): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ file: string }>`select file from subscribers.snapshot`.execute(
    unit.db,
  )
  return new Set(rows.map(({ file }) => file))
}

/** The snapshots that another key than this one sealed, or none; those that stand first. */
export async function selectNotSealedBy(unit: Unit, keyId: string): Promise<SnapshotRow[]> {
  const { rows } = await sql<SnapshotRow>`
    select distinct on (stands, snapshot.branch_id, snapshot.date, snapshot.file) ${SNAPSHOT},
           standing.snapshot_id is null as stands
      from subscribers.snapshot
      join subscribers.import
        on import.branch_id = snapshot.branch_id and import.import_id = snapshot.import_id
      left join subscribers.standing
        on standing.branch_id = snapshot.branch_id and standing.import_id = snapshot.import_id
       and standing.snapshot_id = snapshot.snapshot_id
     where import.kind = 'subscribers' and snapshot.key_id is distinct from ${keyId}
     order by stands, snapshot.branch_id, snapshot.date, snapshot.file`.execute(unit.db)
  return rows
}

export type SealedBy = Readonly<{ keyId: string | null; snapshots: number }>

export async function countSealedBy(unit: Unit): Promise<SealedBy[]> {
  const { rows } = await sql<SealedBy>`
    select snapshot.key_id as "keyId", count(*)::integer as snapshots
      from subscribers.snapshot
      join subscribers.import
        on import.branch_id = snapshot.branch_id and import.import_id = snapshot.import_id
     where import.kind = 'subscribers'
     group by snapshot.key_id order by snapshot.key_id`.execute(unit.db)
  return rows
}

/** Records that a key sealed a snapshot; imports of the same content share its file. */
export async function updateSealedBy(
  unit: Unit,
  { branchId, file }: SnapshotRow,
  keyId: string,
): Promise<void> {
  await sql`
    update subscribers.snapshot set key_id = ${keyId}
     where branch_id = ${branchId} and file = ${file}`.execute(unit.db)
}

/** The oldest snapshots of before a day that still tell of people, but for those the cards stand on. */
export async function selectRemembered(
  unit: Unit,
  of: Readonly<{ before: string; limit: number }>,
): Promise<SnapshotRow[]> {
  const { rows } = await sql<SnapshotRow>`
    select distinct on (snapshot.date, snapshot.branch_id, snapshot.file) ${SNAPSHOT}
      from subscribers.snapshot
      join subscribers.import
        on import.branch_id = snapshot.branch_id and import.import_id = snapshot.import_id
     where import.kind = 'subscribers' and snapshot.forgotten_at is null
       and snapshot.date < ${of.before}::date
       and not exists (
         select from subscribers.standing
           join subscribers.snapshot as shown
             on shown.branch_id = standing.branch_id and shown.import_id = standing.import_id
            and shown.snapshot_id = standing.snapshot_id
          where shown.branch_id = snapshot.branch_id and shown.file = snapshot.file)
     order by snapshot.date, snapshot.branch_id, snapshot.file
     limit ${of.limit}`.execute(unit.db)
  return rows
}

/** Records that nobody is told of in a snapshot any more; imports of the same content share its file. */
export async function updateForgotten(unit: Unit, { branchId, file }: SnapshotRow): Promise<void> {
  await sql`
    update subscribers.snapshot set forgotten_at = ${unit.now}
     where branch_id = ${branchId} and file = ${file}`.execute(unit.db)
}

/** On which snapshot the cards of the branch stand; none before the first extract. */
export async function selectCardsStand(
  unit: Unit,
  branchId: string,
): Promise<SnapshotRow | undefined> {
  const { rows } = await sql<SnapshotRow>`
    select ${SNAPSHOT}
      from subscribers.standing
      join subscribers.snapshot
        on snapshot.branch_id = standing.branch_id and snapshot.import_id = standing.import_id
       and snapshot.snapshot_id = standing.snapshot_id
     where standing.branch_id = ${branchId}`.execute(unit.db)
  return rows[0]
}

export async function upsertCardsStand(unit: Unit, on: SnapshotRow): Promise<void> {
  await sql`
    insert into subscribers.standing (branch_id, snapshot_id, import_id, date)
    values (${on.branchId}, ${on.snapshotId}, ${on.importId}, ${on.date})
    on conflict (branch_id) do update
      set snapshot_id = excluded.snapshot_id, import_id = excluded.import_id, date = excluded.date`.execute(
    unit.db,
  )
}

export async function deleteCardsStand(unit: Unit, branchId: string): Promise<void> {
  await sql`delete from subscribers.standing where branch_id = ${branchId}`.execute(unit.db)
}

export async function insertDifference(unit: Unit, of: DifferenceRow): Promise<void> {
  await sql`
    insert into subscribers.difference (branch_id, import_id, before_snapshot, before_date,
      after_snapshot, appeared, gone, changed, moved_cards)
    values (${of.branchId}, ${of.importId}, ${of.beforeSnapshot}, ${of.beforeDate},
      ${of.afterSnapshot}, ${of.appeared}, ${of.gone}, ${of.changed}, ${of.movedCards})`.execute(
    unit.db,
  )
  for (const { column, changed } of of.columns)
    await sql`
      insert into subscribers.difference_column (branch_id, import_id, column_id, changed_count)
      values (${of.branchId}, ${of.importId}, ${column}, ${changed})`.execute(unit.db)
}

export async function selectDifference(
  unit: Unit,
  branchId: string,
  importId: string,
): Promise<DifferenceRow | undefined> {
  const { rows } = await sql<DifferenceRow>`
    select branch_id as "branchId", import_id as "importId", before_snapshot as "beforeSnapshot",
      before_date as "beforeDate", after_snapshot as "afterSnapshot", appeared, gone, changed,
      moved_cards as "movedCards",
      coalesce((
        select jsonb_agg(jsonb_build_object('column', column_id, 'changed', changed_count)
                         order by changed_count desc, column_id)
          from subscribers.difference_column as part
         where part.branch_id = difference.branch_id and part.import_id = difference.import_id
      ), '[]') as columns
      from subscribers.difference
     where (branch_id, import_id) = (${branchId}, ${importId})`.execute(unit.db)
  return rows[0]
}

/** The files of rivals seen, up to a day, that stand; oldest first. */
export async function selectRivalFiles(
  unit: Unit,
  branchId: string,
  day: string,
): Promise<string[]> {
  const { rows } = await sql<{ file: string }>`
    select snapshot.file
      from subscribers.snapshot
      join subscribers.import
        on import.branch_id = snapshot.branch_id and import.import_id = snapshot.import_id
     where snapshot.branch_id = ${branchId} and snapshot.date <= ${day}::date
       and import.state = 'current' and import.kind = 'competitors'
     order by snapshot.date, import.turn`.execute(unit.db)
  return rows.map((each) => each.file)
}
