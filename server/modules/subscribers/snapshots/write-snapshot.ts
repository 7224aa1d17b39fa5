import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { LakeSession } from '#platform/duckdb/lake.ts'
import { syncFolder } from '#platform/files/atomic.ts'
import { sha256OfFile } from '#platform/files/digest.ts'
import { CANONICAL_COLUMNS, columnOf } from '../columns/catalogue.ts'
import type { Column, Sentence } from '../columns/column.ts'
import { PERIOD, SQL_TYPES } from '../imports/compile.ts'
import { columnSums, DERIVED, isDerived, isSealed, type Kept, snapshotFile } from './compile.ts'
import { finishedManifest, type Manifest, writeManifest } from './manifest.ts'

/** What a snapshot is made of: besides, work.described, and work.sealed once `seal` has been done. */
export type SnapshotOf = Readonly<{
  snapshotId: string
  branchId: string
  date: string
  /** Of the lake. */
  folder: string
  delivered: readonly string[]
  custom: readonly Column[]
  headers: ReadonlyMap<string, string>
  source: Manifest['source']
  /** Makes work.sealed of names and numbers. */
  seal: (session: LakeSession) => Promise<Sealed>
}>
/** Under which key, and how many there are of each column. */
export type Sealed = Readonly<{ keyId: string; filled: ReadonlyMap<string, number> }>

/** Where a snapshot stands, below the lake’s folder. */
export function snapshotPath(of: Pick<SnapshotOf, 'branchId' | 'date' | 'snapshotId'>): string {
  return join('subscribers', `branch=${of.branchId}`, `date=${of.date}`, `${of.snapshotId}.parquet`)
}

/** Where a snapshot is written before it is whole. */
export const draftPath = (snapshot: string): string => `${snapshot}.draft`

/**
 * Writes the accepted rows as an immutable file and its manifest beside it: file first, manifest
 * last, each in full or not at all. What is there already, from an attempt that was cut short, is
 * kept when it is whole. Of imports of the same content one runs at a time.
 */
export async function writeSnapshot(session: LakeSession, of: SnapshotOf): Promise<Manifest> {
  const path = join(of.folder, snapshotPath(of))
  const finished = await finishedManifest(path, of.snapshotId)
  if (finished) return finished
  await mkdir(dirname(path), { recursive: true })
  const draft = draftPath(path)
  await rm(draft, { force: true })
  const columns = keptColumns(of)
  const { keyId, filled } = await of.seal(session)
  await session.run(snapshotFile(columns, draft))
  await makeDurable(draft, path)
  const [sums] = await session.rows<Record<string, number | string | null>>(
    columnSums(
      [...columns.filter((each) => !isDerived(each.id) && !isSealed(each.id)), ...DERIVED],
      path,
    ),
  )
  const { size } = await stat(path)
  const manifest: Manifest = {
    snapshotId: of.snapshotId,
    branchId: of.branchId,
    date: of.date,
    rows: Number(sums?.row_count ?? 0),
    bytes: size,
    sha256: await sha256OfFile(path),
    source: of.source,
    householdKey: true,
    sealed: keyId,
    delivered: availableColumns(of.delivered),
    columns: [...columns.filter((each) => !isDerived(each.id)), ...DERIVED].map(
      ({ id, sqlType }) => ({
        id,
        type: typeOf(id, of.custom),
        sqlType,
        label: labelOf(id, of.custom),
        source: of.headers.get(id) ?? null,
        custom: of.custom.some((each) => each.id === id),
        filled: Number(sums?.[`filled:${id}`] ?? filled.get(id) ?? 0),
        sum: textOrNull(sums?.[`sum:${id}`]),
      }),
    ),
  }
  await writeManifest(path, manifest)
  return manifest
}

const textOrNull = (value: number | string | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value)

function keptColumns({ delivered, custom }: SnapshotOf): Kept[] {
  const known = CANONICAL_COLUMNS.filter(
    (each) => delivered.includes(each.id) && each.id !== PERIOD,
  )
  return [...known, ...custom].map(({ id, type }) => ({ id, sqlType: SQL_TYPES[type] }))
}

/** What a snapshot can be asked for: what was delivered, and what follows from it. */
function availableColumns(delivered: readonly string[]): string[] {
  const has = (...ids: readonly string[]) => ids.some((id) => delivered.includes(id))
  const ends = has(
    'offer_exp_date',
    'contract_expire_date',
    'broadband_expire_date',
    'tv_expire_date',
  )
  const places = has('install_address', 'division_code')
  const homes = has('install_address', 'building_name', 'unit_no', 'house_no')
  const derived = [
    ...['household_id', 'household_source', 'unit_id', 'data_date'],
    ...(ends ? ['contract_end', 'contract_end_source'] : []),
    ...(places ? ['place_code', 'town_code'] : []),
    ...(homes ? ['building', 'unit_no', 'floor', 'room', 'door_order'] : []),
    ...(has('activation_time', 'tenure_months') ? ['tenure_months'] : []),
  ]
  return [...new Set([...delivered, ...derived])].sort()
}

function typeOf(id: string, custom: readonly Column[]): string {
  return (
    custom.find((each) => each.id === id)?.type ??
    columnOf(id)?.type ??
    (id === 'contract_end' ? 'date' : 'text')
  )
}

function labelOf(id: string, custom: readonly Column[]): Sentence {
  return (
    custom.find((each) => each.id === id)?.label ??
    columnOf(id)?.label ??
    DERIVED_LABELS[id] ?? { zh: id, en: id }
  )
}
export const DERIVED_LABELS: Readonly<Record<string, Sentence>> = {
  identity: { zh: '姓名和号码', en: 'Names and numbers' },
  household_source: { zh: '家庭编号来源', en: 'Where the household comes from' },
  contract_end: { zh: '合约到期日', en: 'Contract end' },
  contract_end_source: { zh: '到期日来源', en: 'Where the contract end comes from' },
  place_code: { zh: '地点编码', en: 'Place' },
  town_code: { zh: '乡镇编码', en: 'Town' },
  unit_id: { zh: '所属网格', en: 'Grid' },
  building: { zh: '楼栋', en: 'Building' },
  floor: { zh: '楼层', en: 'Floor' },
  room: { zh: '房号', en: 'Room' },
  door_order: { zh: '门牌顺序', en: 'Order of doors' },
}

/** Forces the draft to the disk and gives it its name. */
async function makeDurable(draft: string, path: string): Promise<void> {
  await using file = await open(draft, 'r')
  await file.sync()
  await rename(draft, path)
  await syncFolder(dirname(path))
}
