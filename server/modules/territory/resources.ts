import { mkdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Works } from '#platform/works.ts'
import type { Batch, ImportHandler } from '#subscribers'
import { RESOURCE_COLUMNS } from './columns.ts'
import { insertSnapshot, selectSnapshot } from './store.ts'

/** Takes what network there is at which place; a file lists all of a branch and replaces the last. */
export const RESOURCES_HANDLER: ImportHandler = {
  kind: 'resources',
  columns: RESOURCE_COLUMNS,
  required: [['division_code', 'address']],
  key: ['row_no'],
  sentences: {
    'resource-without-place': {
      zh: '第 {row} 行既没有区划代码也没有地址，请补上其中一个。',
      en: 'Row {row} has neither a division code nor an address; add one of them.',
    },
    'resource-ports-turned': {
      zh: '第 {row} 行的空闲端口（{value}）多于端口总数，请核对。',
      en: 'Row {row} has more free ports ({value}) than ports; check it.',
    },
  },
  check: (batch) => batch.session.run(question(import.meta.url, './queries/check-resources.sql')),
  prepare: writeSnapshot,
  load: async (unit, batch) => ({
    changed: await insertSnapshot(unit, {
      branchId: batch.branchId,
      asOf: batch.date,
      contentId: batch.contentId,
      rowCount: batch.rows,
    }),
  }),
}

/** Written before the ledger tells of it, under a name of its content: a repeat writes the same. */
async function writeSnapshot(batch: Batch): Promise<void> {
  const file = fileOf(batch.works, batch)
  await mkdir(dirname(file), { recursive: true })
  const unfinished = `${file}.${batch.importId}`
  await batch.session.run(question(import.meta.url, './queries/write-resources.sql'), {
    branch: batch.branchId,
    date: batch.date,
    file: unfinished,
  })
  await rename(unfinished, file)
}

/**
 * Shows the resources in force on a day as `published.resources`; an empty table while none were
 * delivered.
 */
export async function publishResources(
  works: Works,
  session: LakeSession,
  branchId: string,
  day: string,
): Promise<{ rows: number }> {
  const snapshot = await works.run(works.system, (unit) => selectSnapshot(unit, { branchId, day }))
  await session.run(question(import.meta.url, './queries/resources.sql'))
  if (!snapshot) return { rows: 0 }
  await session.run(question(import.meta.url, './queries/read-resources.sql'), {
    file: fileOf(works, { branchId, contentId: snapshot.contentId }),
  })
  return { rows: snapshot.rowCount }
}

const fileOf = (works: Works, of: { branchId: string; contentId: string }) =>
  join(works.lake.folder, `resources/branch=${of.branchId}/${of.contentId}.parquet`)
