import { join } from 'node:path'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Plain } from '#platform/duckdb/values.ts'
import type { Works } from '#platform/works.ts'
import { openIdentity } from '../identity/identity.ts'
import { checkedManifest, type Manifest } from './manifest.ts'
import type { SnapshotRow } from './snapshot-store.ts'

/** What a snapshot says of one subscriber, by column, names and numbers in clear text. */
export type Row = Readonly<Record<string, Plain>>

/**
 * Everything that one snapshot says of one subscriber; no row when it does not know them. It stays
 * inside the server until it is masked or its reading is audited.
 * @throws Refusal `snapshot-damaged`, `cell-key-missing`, `cell-damaged`
 */
export async function readRow(
  { keys, lake }: Pick<Works, 'keys' | 'lake'>,
  session: LakeSession,
  { branchId, file }: Pick<SnapshotRow, 'branchId' | 'file'>,
  subscriberId: string,
): Promise<{ manifest: Manifest; row: Row | undefined }> {
  const path = join(lake.folder, file)
  const manifest = await checkedManifest(path)
  const [row] = await session.rows<Row>(question(import.meta.url, '../queries/portrait-row.sql'), {
    file: path,
    subscriber: subscriberId,
  })
  if (!row || !manifest.sealed) return { manifest, row }
  const { identity, ...clear } = row
  const sealed = typeof identity === 'string' ? identity : null
  const opened = openIdentity(keys, { branchId, subscriberId, identity: sealed })
  return { manifest, row: { ...clear, ...opened } }
}
