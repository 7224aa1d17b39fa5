import { rm, stat } from 'node:fs/promises'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { sha256OfFile } from '#platform/files/digest.ts'
import type { Watch, Works } from '#platform/works.ts'
import { columnSums, columnsInFile, hashedColumns } from '../snapshots/compile.ts'
import { countIdentified, erasedFile } from '../snapshots/erase-compile.ts'
import {
  checkedManifest,
  type Manifest,
  replaceSnapshot,
  settleSnapshot,
} from '../snapshots/manifest.ts'
import { inTurn, swap } from '../snapshots/swap.ts'

const ask = (file: string) => question(import.meta.url, `../queries/${file}.sql`)

/** Puts these subscribers into work.erased of the session. */
export async function markErased(
  session: LakeSession,
  subscriberIds: readonly string[],
): Promise<void> {
  await session.run(ask('erased'), { ids: JSON.stringify(subscriberIds) })
}

/** The columns that a file of the lake has. */
export async function columnsIn(session: LakeSession, file: string): Promise<string[]> {
  const rows = await session.rows<{ name: string }>(ask('columns-of'), { file })
  return rows.map(({ name }) => name)
}

/**
 * Empties what identifies those in work.erased in one snapshot: a new file and its manifest take the
 * place of the old ones, with the same rows and sums. False when there was nothing left to empty, so
 * it may be done again after a crash at any moment. @throws Refusal `snapshot-damaged`
 */
export function eraseInSnapshot(
  works: Works,
  session: LakeSession,
  file: string,
  watch: Watch,
): Promise<boolean> {
  return inTurn(file, watch.signal, async () => {
    await settleSnapshot(file)
    const before = await checkedManifest(file)
    const columns = await columnsIn(session, file)
    const [told] = await session.rows<{ count: number }>(countIdentified(columns, file))
    if (!told?.count) return false
    const draft = `${file}.draft`
    await rm(draft, { force: true })
    await session.run(erasedFile({ file, columns, hashed: hashedColumns(before), target: draft }))
    const after = await manifestOf(session, before, draft)
    await swap(works, watch, () => works.lake.alone(() => replaceSnapshot(file, draft, after)))
    return true
  })
}

async function manifestOf(session: LakeSession, before: Manifest, file: string): Promise<Manifest> {
  const [sums] = await session.rows<Record<string, number | string | null>>(
    columnSums(columnsInFile(before), file),
  )
  const rows = Number(sums?.row_count ?? 0)
  if (rows !== before.rows)
    throw new Error(`${before.snapshotId} had ${before.rows} rows, not ${rows}`)
  return {
    ...before,
    bytes: (await stat(file)).size,
    sha256: await sha256OfFile(file),
    columns: before.columns.map((column) => {
      const sum = sums?.[`sum:${column.id}`]
      // How many of a sealed column are left nobody counts without opening all: at most so many.
      const sealed = Math.min(column.filled, Number(sums?.['filled:identity'] ?? column.filled))
      return {
        ...column,
        filled: Number(sums?.[`filled:${column.id}`] ?? sealed),
        sum: sum === null || sum === undefined ? null : String(sum),
      }
    }),
  }
}
