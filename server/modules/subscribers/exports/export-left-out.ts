import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { mayDoInBranch } from '#people'
import { atomicWrite } from '#platform/files/atomic.ts'
import { commented } from '#platform/files/write-csv.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { type ImportRecord, selectImport } from '../imports/import-store.ts'
import type { ExportMaker } from './export-maker.ts'

export type LeftOut = 'rejects' | 'duplicates'

/** The file of rows that an import left out. @throws Refusal `import-unknown` where there is none. */
export async function leftOutOf(
  unit: Unit,
  of: Readonly<{ branchId: string; importId: string; which: LeftOut }>,
): Promise<Readonly<{ record: ImportRecord; file: string; rows: number }>> {
  const record = await selectImport(unit, of.branchId, of.importId)
  const rejects = of.which === 'rejects'
  const file = rejects ? record?.rejectsFile : record?.duplicatesFile
  if (!record || !file) throw new Refusal('not-found', 'import-unknown', { import: of.importId })
  return { record, file, rows: rejects ? record.rejected : record.duplicates }
}

/** Where that file is. @throws Refusal `left-out-gone` when it is kept no longer. */
export function leftOutPath(
  works: Works,
  { record, file }: Readonly<{ record: ImportRecord; file: string }>,
): string {
  const path = join(works.folder.root, file)
  if (!existsSync(path)) throw new Refusal('not-found', 'left-out-gone', { date: record.date })
  return path
}

/** The rows that an import left out, for whoever did not import them, or did so a while ago. */
const exportLeftOut = (which: LeftOut): ExportMaker<LeftOut> => ({
  what: which,
  unitOf: async (unit, branchId, { importId }) => {
    await mayDoInBranch(unit, branchId, 'import:write')
    await leftOutOf(unit, { branchId, importId, which })
    return branchId
  },
  formatOf: () => 'csv',
  write: async (works, { branchId, order: { importId }, path, watermark }) => {
    const left = await works.run(works.system, (unit) =>
      leftOutOf(unit, { branchId, importId, which }),
    )
    await atomicWrite(path, commented(leftOutPath(works, left), watermark))
    return left.rows
  },
})

export const EXPORT_REJECTS = exportLeftOut('rejects')
export const EXPORT_DUPLICATES = exportLeftOut('duplicates')
