import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'
import type { Sentence } from '../columns/column.ts'
import type { ImportKind, Warning } from './handler.ts'

/** Rejected rows of one kind: how many, and one of them. */
export type RejectCount = Readonly<{
  code: string
  column: string | null
  label: Sentence | null
  count: number
  exampleRow: number
  value: string
}>
export type ColumnCount = Readonly<{
  column: string
  label: Sentence
  source: string
  filled: number
}>
export type NamedColumn = Readonly<{ column: string; label: Sentence }>

/** What is recorded of an import beside the facts of its file. */
export type Report = Readonly<{
  rows: number
  accepted: number
  rejected: number
  duplicates: number
  warnings: readonly Warning[]
  rejectReasons: readonly RejectCount[]
  columns: readonly ColumnCount[]
  notDelivered: readonly NamedColumn[]
  /** Below the data folder; null when there is nothing to list. */
  rejectsFile: string | null
  duplicatesFile: string | null
}>

export type NewImport = Report &
  Readonly<{
    branchId: string
    importId: string
    contentId: string
    kind: ImportKind
    date: string
    file: string
    bytes: number
    sourceSha256: string
    profile: string | null
    forced: string | null
    changed: boolean
    importedBy: string
    replaces: string | null
  }>

export type ImportState = 'current' | 'replaced' | 'withdrawn'
export type ImportRecord = NewImport &
  Readonly<{
    importedAt: Date
    turn: number
    state: ImportState
    withdrawnReason: string | null
    snapshot: string | null
  }>

/** One import of a branch at a time reaches its end; the next waits here until the unit is over. */
export async function lockBranch(unit: Unit, branchId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockOf(branchId)})`.execute(unit.db)
}
const lockOf = (branchId: string) => sql`hashtextextended(${`subscribers ${branchId}`}, 0)`

/** The same for whoever must not wait, since somebody may be waiting for them; false while it is held. */
export async function tryLockBranch(unit: Unit, branchId: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(${lockOf(branchId)}) as held`.execute(unit.db)
  return rows[0]?.held === true
}

const RECORD = sql`
  branch_id as "branchId", import_id as "importId", content_id as "contentId", kind, date, file, bytes,
  source_sha256 as "sourceSha256", profile, forced, row_count as rows, accepted_count as accepted,
  rejected_count as rejected, duplicate_count as duplicates, changed, warnings,
  reject_reasons as "rejectReasons", columns, not_delivered as "notDelivered",
  rejects_file as "rejectsFile", duplicates_file as "duplicatesFile", imported_at as "importedAt",
  imported_by as "importedBy", turn, state, replaces, withdrawn_reason as "withdrawnReason",
  (select snapshot_id from subscribers.snapshot
    where snapshot.branch_id = import.branch_id and snapshot.import_id = import.import_id
    order by recorded_at desc, snapshot_id limit 1) as snapshot`

export async function selectImport(
  unit: Unit,
  branchId: string,
  importId: string,
): Promise<ImportRecord | undefined> {
  const { rows } = await sql<ImportRecord>`
    select ${RECORD} from subscribers.import
     where (branch_id, import_id) = (${branchId}, ${importId})`.execute(unit.db)
  return rows[0]
}

/** A file by what it says: the same file and profile again is the same content. */
export type Content = Readonly<{ branchId: string; kind: ImportKind; contentId: string }>

/** The import of exactly this content that stands; none if it was replaced or withdrawn since. */
export async function selectSameContent(
  unit: Unit,
  of: Content,
): Promise<ImportRecord | undefined> {
  const { rows } = await sql<ImportRecord>`
    select ${RECORD} from subscribers.import
     where branch_id = ${of.branchId} and kind = ${of.kind} and content_id = ${of.contentId}
       and state = 'current'`.execute(unit.db)
  return rows[0]
}

/** The latest import of a kind that stands: by the day it is about, then by when it came. */
export async function selectLatest(
  unit: Unit,
  branchId: string,
  kind: ImportKind,
): Promise<ImportRecord | undefined> {
  const { rows } = await sql<ImportRecord>`
    select ${RECORD} from subscribers.import
     where branch_id = ${branchId} and kind = ${kind} and state = 'current'
     order by date desc, turn desc limit 1`.execute(unit.db)
  return rows[0]
}

/** The import of a kind that stands for one day. */
export async function selectOfDay(
  unit: Unit,
  of: Readonly<{ branchId: string; kind: ImportKind; date: string }>,
): Promise<ImportRecord | undefined> {
  const { rows } = await sql<ImportRecord>`
    select ${RECORD} from subscribers.import
     where branch_id = ${of.branchId} and kind = ${of.kind} and date = ${of.date} and state = 'current'
     order by turn desc limit 1`.execute(unit.db)
  return rows[0]
}

export async function countImports(
  unit: Unit,
  branchId: string,
  contentId: string,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from subscribers.import
     where branch_id = ${branchId} and content_id = ${contentId}`.execute(unit.db)
  return rows[0]?.count ?? 0
}

export async function insertImport(unit: Unit, of: NewImport): Promise<void> {
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`
  await sql`
    insert into subscribers.import (branch_id, import_id, content_id, kind, date, file, bytes,
      source_sha256, profile, forced, row_count, accepted_count, rejected_count, duplicate_count,
      changed, warnings, reject_reasons, columns, not_delivered, rejects_file, duplicates_file,
      imported_at, imported_by, state, replaces)
    values (${of.branchId}, ${of.importId}, ${of.contentId}, ${of.kind}, ${of.date}, ${of.file},
      ${of.bytes}, ${of.sourceSha256}, ${of.profile}, ${of.forced}, ${of.rows}, ${of.accepted},
      ${of.rejected}, ${of.duplicates}, ${of.changed}, ${json(of.warnings)},
      ${json(of.rejectReasons)}, ${json(of.columns)}, ${json(of.notDelivered)}, ${of.rejectsFile},
      ${of.duplicatesFile}, ${unit.now}, ${of.importedBy}, 'current', ${of.replaces})`.execute(
    unit.db,
  )
}

export async function updateState(
  unit: Unit,
  of: Readonly<{ branchId: string; importId: string; state: 'current' | 'replaced' }>,
): Promise<void> {
  await sql`
    update subscribers.import set state = ${of.state}
     where (branch_id, import_id) = (${of.branchId}, ${of.importId})`.execute(unit.db)
}

export async function updateWithdrawn(
  unit: Unit,
  of: Readonly<{ branchId: string; importId: string; reason: string; by: string }>,
): Promise<void> {
  await sql`
    update subscribers.import
       set state = 'withdrawn', withdrawn_reason = ${of.reason}, withdrawn_at = ${unit.now},
           withdrawn_by = ${of.by}
     where (branch_id, import_id) = (${of.branchId}, ${of.importId})`.execute(unit.db)
}

/** A page of the history, newest first: rows before the turn given. */
export async function selectImports(
  unit: Unit,
  of: Readonly<{
    branchId: string
    kind?: ImportKind
    limit: number
    before?: number
    oldestFirst: boolean
  }>,
): Promise<ImportRecord[]> {
  const { branchId, kind, limit, before, oldestFirst } = of
  const beyond = oldestFirst ? sql`turn > ${before ?? 0}` : sql`turn < ${before ?? 2 ** 52}`
  const { rows } = await sql<ImportRecord>`
    select ${RECORD} from subscribers.import
     where branch_id = ${branchId} and (${kind ?? null}::text is null or kind = ${kind ?? null}::text)
       and ${beyond}
     order by turn ${oldestFirst ? sql`` : sql`desc`} limit ${limit}`.execute(unit.db)
  return rows
}

export async function countHistory(
  unit: Unit,
  branchId: string,
  kind?: ImportKind,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from subscribers.import
     where branch_id = ${branchId} and (${kind ?? null}::text is null or kind = ${kind ?? null}::text)`.execute(
    unit.db,
  )
  return rows[0]?.count ?? 0
}
