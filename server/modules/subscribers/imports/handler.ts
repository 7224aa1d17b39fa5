import type { LakeSession } from '#platform/duckdb/lake.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'
import type { Column, Sentence } from '../columns/column.ts'

export const IMPORT_KINDS = [
  'organisation',
  'places',
  'staff',
  'subscribers',
  'contacts',
  'competitors',
  'resources',
] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

export type Value = string | number | boolean | null

/** Something a report says besides its counts; the sentence is found by `code`. */
export type Warning = Readonly<{ code: string; values: Readonly<Record<string, Value>> }>

/**
 * A file on its way in. The session holds, one row per physical row: `work.converted` (while rows
 * are checked), `work.accepted` (afterwards; every key once): `row_no`, every column of the kind,
 * NULL where it was not delivered, and custom columns; and `work.finding` (row_no, severity
 * 'reject' | 'warn', code, column_id, value).
 */
export type Batch = Readonly<{
  works: Works
  /** The system, in the name of whoever ordered it. */
  actor: Actor
  session: LakeSession
  branchId: string
  date: string
  /** The file as it was delivered, and by which profile it is understood. */
  source: Readonly<{ file: string; sha256: string; profile: string | null }>
  /** Column id → header it was delivered under. */
  headers: ReadonlyMap<string, string>
  importId: string
  /** Hash of kind, branch, date, source and profile; what is written to the lake is named by it. */
  contentId: string
  delivered: readonly string[]
  custom: readonly Column[]
  /** Accepted rows; 0 while they are being checked. */
  rows: number
  /** Says which files are about to be made under final names; they go if the import comes to nothing. */
  makes(...paths: readonly string[]): Promise<void>
  /** A scratch folder of this import alone; removed afterwards. */
  folder: string
  watch: Watch
}>

export type Loaded = Readonly<{
  changed: boolean
  warnings?: readonly Warning[]
  snapshot?: string | null
}>

/** An import that is taken back. */
export type Taken = Readonly<{
  branchId: string
  importId: string
  contentId: string
  date: string
}>

/** What a module gives so that a kind of file can be imported. */
export type ImportHandler = Readonly<{
  kind: ImportKind
  columns: readonly Column[]
  /** Each must be delivered; of an array at least one. */
  required: readonly (string | readonly string[])[]
  /** What makes two rows the same row; of an array the first that is filled. Without it: rejected. */
  key: readonly (string | readonly string[])[]
  /** Columns that nobody knows are kept; otherwise they are reported and left out. */
  custom?: true
  /** Sentences of the codes that `check` and `load` use. */
  sentences?: Readonly<Record<string, Sentence>>
  /** Adds findings by rules that need more than one cell; before duplicates are resolved. */
  check?(batch: Batch): Promise<void>
  /** Once it is known which rows are rejected: empties in work.reject_cells and work.finding what may not be listed. */
  hush?(batch: Batch): Promise<void>
  /** Long work over the accepted rows, outside any transaction; files under final names. */
  prepare?(batch: Batch): Promise<unknown>
  /** In the one unit that records the import. */
  load(unit: Unit, batch: Batch, prepared: unknown): Promise<Loaded>
  /** After that unit, for what follows from it; may run again after a crash. */
  follow?(batch: Batch): Promise<void>
  /** Takes the latest import of this kind back, in the unit that records it. */
  withdraw?(unit: Unit, taken: Taken): Promise<void>
}>
