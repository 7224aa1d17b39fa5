import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { question } from '#platform/duckdb/lake.ts'
import { sha256OfFile } from '#platform/files/digest.ts'
import { COMPETITORS_COLUMNS } from '../columns/others.ts'
import { manifestPath, writeManifest } from '../snapshots/manifest.ts'
import { insertSnapshot } from '../snapshots/snapshot-store.ts'
import { learnAddresses } from './cells.ts'
import type { Batch, ImportHandler, Warning } from './handler.ts'

/** Rivals seen at homes: kept in the lake, a file an import; the latest sighting counts. */
export const COMPETITORS_HANDLER: ImportHandler = {
  kind: 'competitors',
  columns: COMPETITORS_COLUMNS,
  required: [['household_id', 'address'], 'operator'],
  key: [['household_id', 'address'], 'operator'],
  prepare: writeRivals,
  load: async (unit, batch, prepared) => {
    const { file, warnings } = prepared as Written
    const { branchId, importId, date, contentId, rows } = batch
    await insertSnapshot(unit, {
      branchId,
      importId,
      date,
      snapshotId: contentId,
      file,
      rows,
      keyId: null,
    })
    return { changed: true, warnings, snapshot: contentId }
  },
  withdraw: async () => undefined, // what is withdrawn is not asked any more
}

type Written = Readonly<{ file: string; warnings: readonly Warning[] }>

async function writeRivals(batch: Batch): Promise<Written> {
  const { works, session, branchId, date, contentId } = batch
  await learnAddresses(session)
  const file = join('competitors', `branch=${branchId}`, `date=${date}`, `${contentId}.parquet`)
  const path = join(works.lake.folder, file)
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.draft`
  await batch.makes(draft, path, manifestPath(path))
  await rm(draft, { force: true })
  await session.run(question(import.meta.url, '../queries/rivals.sql'), {
    file: draft,
    date,
    branch: branchId,
  })
  await rename(draft, path)
  await writeManifest(path, {
    snapshotId: contentId,
    branchId,
    date,
    rows: batch.rows,
    bytes: (await stat(path)).size,
    sha256: await sha256OfFile(path),
    source: batch.source,
    delivered: [...batch.delivered],
    columns: [],
  })
  const [found] = await session.rows<{ lost: number; example_row: number | null }>(
    question(import.meta.url, '../queries/rivals-lost.sql'),
    { file: path },
  )
  const lost = found?.lost ?? 0
  const warnings =
    lost > 0
      ? [{ code: 'household-unknown', values: { count: lost, row: found?.example_row ?? null } }]
      : []
  return { file, warnings }
}
