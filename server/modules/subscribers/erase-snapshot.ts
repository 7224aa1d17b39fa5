import { rm, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { tryHoldLake } from '#platform/duckdb/hold-store.ts'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { sha256OfFile } from '#platform/files/digest.ts'
import type { Unit } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'
import { columnSums } from './snapshots/compile.ts'
import { countIdentified, erasedFile } from './snapshots/erase-compile.ts'
import {
  checkedManifest,
  type Manifest,
  replaceSnapshot,
  settleSnapshot,
} from './snapshots/manifest.ts'

const ask = (file: string) => question(import.meta.url, `./queries/${file}.sql`)
const TRY_AGAIN_MS = 250

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
export async function eraseInSnapshot(
  works: Works,
  session: LakeSession,
  file: string,
  watch: Watch,
): Promise<boolean> {
  await settleSnapshot(file)
  const manifest = await checkedManifest(file)
  const columns = await columnsIn(session, file)
  const [told] = await session.rows<{ count: number }>(countIdentified(columns, file))
  if (!told?.count) return false
  const draft = `${file}.draft`
  await rm(draft, { force: true })
  const hashed = manifest.columns.map(({ id }) => id)
  await session.run(erasedFile({ file, columns, hashed, target: draft }))
  const after = await manifestOf(session, manifest, draft)
  await swap(works, watch, () => replaceSnapshot(file, draft, after))
  return true
}

async function manifestOf(session: LakeSession, before: Manifest, file: string): Promise<Manifest> {
  const [sums] = await session.rows<Record<string, number | string | null>>(
    columnSums(before.columns, file),
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
      return {
        ...column,
        filled: Number(sums?.[`filled:${column.id}`] ?? 0),
        sum: sum === null || sum === undefined ? null : String(sum),
      }
    }),
  }
}

/** Lets one file of the lake give way to another while no backup reads them. */
export async function swap(
  works: Works,
  { signal }: Watch,
  work: (unit: Unit) => Promise<void>,
): Promise<void> {
  for (;;) {
    const done = await works.run(works.system, async (unit) => {
      if (!(await tryHoldLake(unit))) return false
      await work(unit)
      return true
    })
    if (done) return
    await wait(TRY_AGAIN_MS, undefined, { signal })
  }
}
