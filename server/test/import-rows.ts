import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { csvLine } from '#platform/files/write-csv.ts'
import { unwatched } from '#platform/works.ts'
import { type ImportKind, importFile } from '#subscribers'
import type { Branch } from './branch.ts'

type Row = Readonly<Record<string, string | number | null>>

/**
 * Imports rows as a file of their kind, through the real import; the columns are those of the first
 * row. Files of one test differ by their content alone.
 */
export async function importRows(
  branch: Branch,
  { kind, date, rows }: { kind: ImportKind; date: string; rows: readonly Row[] },
) {
  const header = Object.keys(rows[0] ?? {})
  const lines = [header, ...rows.map((row) => header.map((name) => row[name] ?? null))]
  const path = join(branch.works.folder.uploads, `${kind}-${date}.csv`)
  await writeFile(path, lines.map((line) => csvLine(line)).join(''))
  return importFile(
    branch.works,
    branch.house.handlers,
    {
      ...{ actor: branch.system, branchId: branch.branchId, kind, date, path },
      ...{ name: `${kind}.csv`, profile: null, dryRun: false, force: 'test' },
    },
    unwatched,
  )
}
