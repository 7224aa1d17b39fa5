import { createReadStream } from 'node:fs'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { CELL_SENTENCES } from '#contract/refusals/subscribers.ts'
import { question } from '#platform/duckdb/lake.ts'
import type { Column } from '../columns/column.ts'
import { columnIn, filledCounts, PERIOD } from './compile.ts'
import type { Converted, Converting } from './convert.ts'
import type { Batch, Warning } from './handler.ts'
import type { RejectCount, Report } from './import-store.ts'
import { writeDuplicates, writeRejects } from './rejects.ts'
import { called, shownValue } from './sentences.ts'

export type Drawn = Readonly<{ batch: Batch; report: Report }>

type Finding = Readonly<{
  severity: 'reject' | 'warn'
  code: string
  column_id: string
  row_count: number
  example_row: number
  example_value: string | null
}>

/** Counts what happened to each row of the file and lists what was left out, in files of their own. */
export async function drawReport(
  batch: Batch,
  of: Converting & Readonly<{ converted: Converted; warnings: readonly Warning[] }>,
): Promise<Drawn> {
  const { staged, mapping, handler, converted } = of
  const folder = reportFolder(batch)
  const rejected = staged.rejectedRows + converted.rejected
  const rejectsFile = rejected > 0 ? join(folder, 'rejects.csv') : null
  const duplicatesFile = converted.duplicates > 0 ? join(folder, 'duplicates.csv') : null
  const { root } = batch.works.folder
  await batch.makes(join(root, folder))
  if (rejectsFile)
    await writeRejects(join(root, rejectsFile), batch.session, of, converted.rejected > 0)
  if (duplicatesFile) await writeDuplicates(join(root, duplicatesFile), batch.session)
  const findings = await batch.session.rows<Finding>(
    question(import.meta.url, '../queries/findings.sql'),
  )
  const filled = await filledOf(batch, of)
  const columnNamed = (id: string): Column | undefined =>
    columnIn(handler, id) ?? batch.custom.find((each) => each.id === id)
  const report: Report = {
    rows: staged.rows,
    accepted: batch.rows,
    rejected,
    duplicates: converted.duplicates,
    warnings: [
      ...of.warnings,
      ...mapping.warnings,
      ...customNamed(batch),
      ...findings
        .filter((each) => each.severity === 'warn')
        .map((each) => warningOf(each, columnNamed(each.column_id))),
    ],
    rejectReasons: [
      ...(await stagedReasons(of)),
      ...findings
        .filter((each) => each.severity === 'reject')
        .map((each) => rejectOf(each, columnNamed(each.column_id))),
    ],
    columns: mapping.columns
      .filter((each) => each.column.id !== PERIOD)
      .map(({ column, source }) => ({
        column: column.id,
        label: column.label,
        source: source.trim(),
        filled: filled[column.id] ?? 0,
      })),
    notDelivered: handler.columns
      .filter((each) => !batch.delivered.includes(each.id))
      .map(({ id, label }) => ({ column: id, label })),
    rejectsFile,
    duplicatesFile,
  }
  return { batch, report }
}

/** Where the lists of rows left out stand, below the data folder: the same for the same content. */
function reportFolder({ works, branchId, contentId }: Batch): string {
  return relative(works.folder.root, join(works.folder.reports, 'imports', branchId, contentId))
}

async function filledOf(batch: Batch, { mapping }: Converting): Promise<Record<string, number>> {
  const ids = mapping.columns.map((each) => each.column.id).filter((id) => id !== PERIOD)
  if (ids.length === 0) return {}
  const [row] = await batch.session.rows<Record<string, number>>(filledCounts(ids))
  return row ?? {}
}

function customNamed({ custom }: Batch): Warning[] {
  if (custom.length === 0) return []
  const columns = custom.map((each) => each.label.zh).join('、')
  return [{ code: 'columns-custom', values: { columns } }]
}

/** A warning about a column: how many values, and one of them. Handlers bring whole sentences. */
function warningOf(of: Finding, column: Column | undefined): Warning {
  const value = shownValue(column, of.example_value)
  const values = {
    ...called(column?.label, of.column_id),
    count: of.row_count,
    row: of.example_row,
    value,
  }
  if (!(of.code in CELL_SENTENCES)) return { code: of.code, values }
  return { code: 'cells-not-delivered', values: { ...values, cause: of.code } }
}

function rejectOf(of: Finding, column: Column | undefined): RejectCount {
  return {
    code: of.code,
    column: of.column_id,
    label: column?.label ?? null,
    count: of.row_count,
    exampleRow: of.example_row,
    value: shownValue(column, of.example_value),
  }
}

/** Rows that could not be read at all, by reason; which comes first stands in the list of rejects. */
async function stagedReasons({ staged }: Converting): Promise<RejectCount[]> {
  const first = await firstRows(staged.rejects)
  return Object.entries(staged.rejectedBy)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => ({
      code,
      column: null,
      label: null,
      count,
      exampleRow: first.get(code) ?? 0,
      value: '',
    }))
}

async function firstRows(rejects: string): Promise<Map<string, number>> {
  const first = new Map<string, number>()
  for await (const line of createInterface({ input: createReadStream(rejects, 'utf8') })) {
    if (line === '') continue
    const { row, code } = JSON.parse(line) as { row: number; code: string }
    if (!first.has(code)) first.set(code, row)
  }
  return first
}
