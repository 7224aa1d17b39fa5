import { join } from 'node:path'
import type { LakeSession } from '#platform/duckdb/lake.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Works } from '#platform/works.ts'
import { CANONICAL_COLUMNS } from '../columns/catalogue.ts'
import type { ColumnType, Sentence } from '../columns/column.ts'
import { PERIOD, SQL_TYPES } from '../imports/compile.ts'
import { DERIVED, isSealed, type Kept, SEALED, snapshotView } from './compile.ts'
import { checkedManifest, type Manifest } from './manifest.ts'
import { type SnapshotRow, selectStanding } from './snapshot-store.ts'

/** A snapshot that a session can ask as `published.subscribers`. */
export type Published = Readonly<{
  /** A hash of its content; the same in every data folder. */
  snapshotId: string
  date: string
  rows: number
  /** Columns with something to say: delivered, or derived from what was delivered. */
  deliveredColumns: ReadonlySet<string>
  customColumns: readonly Readonly<{ id: string; label: Sentence; type: ColumnType }>[]
  file: string
  /** Of its bytes, which change where somebody is erased from it. */
  sha256: string
}>

/**
 * What the latest snapshot up to `day` consists of, without asking it anything.
 * @throws Refusal `no-snapshot`, `snapshot-damaged`
 */
export async function standingContent(
  works: Works,
  branchId: string,
  day: string,
): Promise<Readonly<{ sha256: string }>> {
  const { sha256 } = await checkedManifest(await standingFile(works, branchId, day))
  return { sha256 }
}

async function standingFile(works: Works, branchId: string, day: string): Promise<string> {
  const snapshot = await latestSnapshot(works, branchId, day)
  if (!snapshot) throw new Refusal('not-found', 'no-snapshot', { branch: branchId, day })
  return join(works.lake.folder, snapshot.file)
}

/**
 * Creates the view published.subscribers over the latest snapshot that stands and whose data date
 * is not after `day`; where `only` some columns are asked for, the view has no others but those that
 * open it, which is much less work. @throws Refusal `no-snapshot`, `snapshot-damaged`
 */
export async function publishSubscribers(
  works: Works,
  session: LakeSession,
  branchId: string,
  day: string,
  only?: readonly string[],
): Promise<Published> {
  const file = await standingFile(works, branchId, day)
  const manifest = await publishSnapshot(session, 'published.subscribers', file, {
    ...(only && { only }),
  })
  return {
    snapshotId: manifest.snapshotId,
    date: manifest.date,
    rows: manifest.rows,
    deliveredColumns: new Set(manifest.delivered),
    customColumns: manifest.columns
      .filter((each) => each.custom)
      .map(({ id, label, type }) => ({ id, label, type: type as ColumnType })),
    ...{ file, sha256: manifest.sha256 },
  }
}

/** The latest snapshot that stands, up to `day`. */
export async function latestSnapshot(
  works: Works,
  branchId: string,
  day: string,
): Promise<SnapshotRow | undefined> {
  const [snapshot] = await works.run(works.system, (unit) =>
    selectStanding(unit, { branchId, day, limit: 1 }),
  )
  return snapshot
}

/**
 * Creates a view of every column there is to ask for, over one checked snapshot; names and numbers
 * are in `identity`, sealed, and their own columns null.
 */
export async function publishSnapshot(
  session: LakeSession,
  view: string,
  file: string,
  { only, ...options }: Readonly<{ numbered?: boolean; only?: readonly string[] }> = {},
): Promise<Manifest> {
  const manifest = await checkedManifest(file)
  const custom = manifest.columns.filter((each) => each.custom)
  const known: Kept[] = [
    ...CANONICAL_COLUMNS.map(({ id, type }) => ({ id, sqlType: SQL_TYPES[type] })),
    ...custom.map(({ id, sqlType }) => ({ id, sqlType })),
    { id: 'household_key', sqlType: 'UBIGINT' },
    { id: 'row_hash', sqlType: 'UBIGINT' },
    ...SEALED,
  ]
  await session.run(
    snapshotView({
      view,
      file,
      first: FIRST,
      known: only ? known.filter((each) => only.includes(each.id)) : known,
      present: new Set([
        ...manifest.columns
          .map((each) => each.id)
          .filter((id) => !(manifest.sealed && isSealed(id))),
        ...(manifest.sealed ? SEALED.map((each) => each.id) : []),
        ...(manifest.householdKey ? ['household_key'] : []),
        'row_hash',
      ]),
      constants: { branch_id: manifest.branchId, [PERIOD]: manifest.date },
      ...options,
    }),
  )
  return manifest
}

/** The columns that open every view of a snapshot. */
const FIRST: readonly Kept[] = [
  { id: 'branch_id', sqlType: 'VARCHAR' },
  { id: 'subscriber_id', sqlType: 'VARCHAR' },
  { id: 'status', sqlType: 'VARCHAR' },
  ...DERIVED,
]
