import { closeSync, openSync, writeSync } from 'node:fs'
import { Refusal } from '#platform/refusal.ts'
import type { FileLimits } from '../limits.ts'
import { openArchive } from './archive.ts'
import { lineBytes, readSheet, type SheetContext, type SheetRow, writeLine } from './sheet.ts'
import { readStrings } from './strings.ts'
import { readStyles, readWorkbook, type SheetPlace, type Workbook } from './workbook.ts'

export type UnpackJob = Readonly<{
  kind: 'xlsx'
  path: string
  name: string
  /** The sheet to read; if `null`, the first that people see and that holds a row of two cells. */
  sheet: string | null
  out: string
  /** Stop after this row. */
  lastRow: number
  limits: FileLimits
}>

export type Unpacked = Readonly<{ sheet: string }>

const FLUSH_BYTES = 1024 * 1024
/** How far down a sheet is looked at to see whether it holds a table. */
const TABLE_SEARCH_ROWS = 50

/**
 * Writes one sheet of a workbook as text: line n is row n, cells between \x01, no quotes, empty
 * lines for rows that the sheet leaves out. Memory depends on its shared strings only.
 */
export async function unpackWorkbook(
  job: UnpackJob,
  progress: (bytes: number, rows: number) => void,
): Promise<Unpacked> {
  await using archive = await openArchive(job.path, job.name, job.limits)
  const workbook = await readWorkbook(archive)
  const context: SheetContext = {
    archive,
    strings: await readStrings(archive, workbook.root, job.limits.megabytes),
    styles: await readStyles(archive, workbook.root),
    from1904: workbook.from1904,
  }
  const sheet = await chooseSheet(job, workbook, context)
  using output = lineOutput(job.out)
  let rows = 0
  await readSheet(context, sheet.path, (row) => {
    if (row.row > job.lastRow) return false
    output.write(row)
    if (++rows % 5000 === 0) progress(archive.packedRead(), rows)
    return true
  })
  output.flush()
  return { sheet: sheet.name }
}

async function chooseSheet(
  job: UnpackJob,
  { sheets }: Workbook,
  context: SheetContext,
): Promise<SheetPlace> {
  if (job.sheet !== null) {
    const found = sheets.find((sheet) => sheet.name === job.sheet)
    if (found) return found
    const names = sheets.map((sheet) => sheet.name).join('、')
    const values = { file: job.name, sheet: job.sheet, sheets: names }
    throw new Refusal('invalid', 'file-sheet-missing', values)
  }
  const seen = sheets.filter((sheet) => !sheet.hidden)
  const candidates = seen.length > 0 ? seen : sheets
  for (const cells of [2, 1]) {
    for (const sheet of candidates) if (await holdsRow(context, sheet, cells)) return sheet
  }
  throw new Refusal('invalid', 'file-empty', { file: job.name })
}

/** Whether one of the rows near the top has at least so many cells. */
async function holdsRow(
  context: SheetContext,
  { path }: SheetPlace,
  least: number,
): Promise<boolean> {
  let found = false
  let rows = 0
  await readSheet(context, path, ({ cells }) => {
    found ||= cells.filter((cell) => cell !== null).length >= least
    return !found && ++rows < TABLE_SEARCH_ROWS
  })
  return found
}

function lineOutput(path: string) {
  const file = openSync(path, 'w')
  let buffer = Buffer.alloc(FLUSH_BYTES * 2)
  let [out, line] = [0, 0]
  const flush = () => {
    for (let at = 0; at < out; ) at += writeSync(file, buffer, at, out - at)
    out = 0
  }
  const room = (bytes: number) => {
    if (out + bytes <= buffer.length) return
    flush()
    if (bytes > buffer.length) buffer = Buffer.alloc(bytes * 2)
  }
  return {
    flush,
    write: ({ row, cells }: SheetRow) => {
      for (line++; line < row; line++) {
        room(1)
        buffer[out++] = 0x0a
      }
      room(lineBytes(cells))
      out = writeLine(cells, buffer, out)
    },
    [Symbol.dispose]: () => closeSync(file),
  }
}
