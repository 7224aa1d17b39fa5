import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { isDay } from '#platform/day.ts'
import type { LakeSession } from '#platform/duckdb/lake.ts'
import { type Preview, preview } from '#platform/files/preview.ts'
import { DELIMITERS, type Delimiter, type Encoding } from '#platform/files/shape.ts'
import type { Works } from '#platform/works.ts'
import { learnCells } from './cells.ts'
import { conversion, PERIOD, previewRelation, previewText } from './compile.ts'
import type { ImportHandler } from './handler.ts'
import { handlerOf, readRequested } from './import-file.ts'
import { type Mapped, type Mapping, mappingOf } from './mapping.ts'
import type { Profile } from './profile.ts'
import { dictionaryOf, knows, proposalFor } from './propose.ts'
import { called, reasonOf, shownValue } from './sentences.ts'
import type { Uploaded } from './uploads.ts'

export type PreviewOrder = Readonly<{
  branchId: string
  kind: ImportHandler['kind']
  profile: string | null
  yaml: string | null
  encoding: string | null
  delimiter: string | null
}>

/**
 * The first 50 rows of an uploaded file, how each of its columns is understood, and what the rows
 * become. Personal data is masked: a mapping is judged by its shape.
 */
export async function previewUpload(
  works: Works,
  handlers: readonly ImportHandler[],
  of: PreviewOrder & Readonly<{ upload: Uploaded & { path: string }; signal: AbortSignal }>,
) {
  const handler = handlerOf(handlers, of.kind)
  const requested = of.yaml !== null ? { name: 'edited', yaml: of.yaml } : of.profile
  const profile = await works.run(works.system, (unit) =>
    readRequested(unit, { branchId: of.branchId, kind: of.kind, profile: requested }),
  )
  const shown = await preview({
    path: of.upload.path,
    name: of.upload.name,
    signal: of.signal,
    knows: knows(dictionaryOf(handler.columns)),
    ...dialectOf(of, profile?.profile ?? null),
  })
  const mapping = mappingOf(shown.header, handler, profile?.profile ?? null)
  const { shape } = shown
  return {
    encoding: shape.kind === 'csv' ? shape.encoding : shape.kind,
    delimiter: shape.kind === 'csv' ? shape.delimiter : null,
    headerRow: shown.headerRow,
    titleLines: [...shown.titleLines],
    header: [...shown.header],
    columns: shown.header.map((source, at) =>
      columnProposal(source, at, { shown, mapping, handler }),
    ),
    missing: [...mapping.missing],
    rows: shown.rows.map(({ cells }) => maskedCells(cells, shown.header, mapping)),
    converted:
      mapping.missing.length > 0 ? [] : await convertedRows(works, { shown, mapping, handler }),
    yaml: profile?.yaml ?? yamlOf(mapping, of.kind),
    fileDate: dateIn([...shown.titleLines, of.upload.name]),
  }
}

function dialectOf(of: PreviewOrder, profile: Profile | null) {
  const encoding = of.encoding ?? profile?.file?.encoding ?? null
  const delimiter = of.delimiter ?? profile?.file?.delimiter ?? null
  const headerRow = profile?.file?.headerRow
  const sheet = profile?.file?.sheet
  return {
    ...(isEncoding(encoding) && { encoding }),
    ...(isDelimiter(delimiter) && { delimiter }),
    ...(headerRow && { headerRow }),
    ...(sheet && { sheet }),
  }
}
const isEncoding = (text: string | null): text is Encoding =>
  text !== null && ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'].includes(text)
const isDelimiter = (text: string | null): text is Delimiter =>
  (DELIMITERS as readonly (string | null)[]).includes(text)

type Shown = Readonly<{ shown: Preview; mapping: Mapping; handler: ImportHandler }>

function columnProposal(source: string, at: number, { shown, mapping, handler }: Shown) {
  const mapped = mapping.columns.find((each) => each.place === at + 1)
  const known = mapped && handler.columns.includes(mapped.column) ? mapped : undefined
  const proposal = proposalFor(source, dictionaryOf(handler.columns))
  const offered = known ? undefined : proposal
  const samples = shown.rows
    .map(({ cells }) => cells[at]?.trim() ?? '')
    .filter((cell) => cell !== '')
    .slice(0, 3)
  const agreed = known && proposal?.column.id === known.column.id ? proposal : undefined
  return {
    source: source.trim(),
    target: known?.column.id ?? (offered ? offered.column.id : null),
    confidence: known ? (agreed?.confidence ?? 1) : (offered?.confidence ?? 0),
    type: known?.column.type ?? mapped?.column.type ?? 'text',
    unit: known?.unit ?? null,
    because: reasonOf({
      code: `proposed-by-${known && !agreed ? 'profile' : ((agreed ?? offered)?.because ?? 'nothing')}`,
      values: called((known?.column ?? offered?.column)?.label, source.trim()),
    }),
    samples: samples.map((each) => shownValue(known?.column, each)),
  }
}

function maskedCells(
  cells: readonly string[],
  header: readonly string[],
  mapping: Mapping,
): (string | null)[] {
  return header.map((_, at) => {
    const cell = cells[at] ?? ''
    const mapped = mapping.columns.find((each) => each.place === at + 1)
    return cell === '' ? null : shownValue(mapped?.column, cell)
  })
}

type Complaint = Readonly<{ code: string; column_id: string; value: string | null }>

async function convertedRows(works: Works, of: Shown) {
  const { shown, mapping, handler } = of
  const folder = join(works.folder.tmp, `preview-${randomUUID()}`)
  await mkdir(folder, { recursive: true })
  try {
    const file = join(folder, 'rows.ndjson')
    const lines = shown.rows.map(({ row, cells }) =>
      JSON.stringify(
        Object.fromEntries([
          ['row_no', row],
          ...shown.header.map((_, at) => [`c${at + 1}`, cells[at] || null]),
        ]),
      ),
    )
    await writeFile(file, lines.join('\n'))
    await using session = await works.lake.session()
    const rows = await runConversion(session, file, of)
    const columns = mapping.columns.filter((each) => each.column.id !== PERIOD)
    const label = (id: string) => columns.find((each) => each.column.id === id)?.column
    return rows.map((row) => ({
      row: Number(row.row_no),
      values: Object.fromEntries(
        columns.map((each) => [each.column.id, shownText(each, row[each.column.id])]),
      ),
      reasons: ((row.found as Complaint[] | null) ?? []).map(({ code, column_id, value }) => {
        const column = label(column_id)
        const values = { ...called(column?.label, column_id), value: shownValue(column, value) }
        return reasonOf({ code, values }, handler)
      }),
    }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function runConversion(session: LakeSession, file: string, { shown, mapping, handler }: Shown) {
  const cells = shown.header.length
  const relation = previewRelation(file, cells)
  const asked = { relation, cells, mapping, handler, date: '1970-01-01' }
  return learnCells(session).then(() => session.rows(previewText(conversion(asked), mapping)))
}

function shownText({ column }: Mapped, value: unknown): string | null {
  if (value === null || value === undefined) return null
  return shownValue(column, Array.isArray(value) ? value.join('|') : String(value))
}

/** The mapping as a profile to go on with. */
function yamlOf(mapping: Mapping, kind: ImportHandler['kind']): string {
  const columns = mapping.columns.map(({ source, column, unit }) => ({
    source: source.trim(),
    ...(column.id.startsWith('custom_')
      ? { custom: column.id.slice('custom_'.length), type: column.type }
      : { target: column.id }),
    ...(unit && { unit }),
  }))
  return stringify({ name: `my-${kind}`, kind, columns, nullTokens: [...mapping.nullTokens] })
}

/** The day that a title line or the name of the file speaks of; null when none or several do. */
export function dateIn(texts: readonly string[]): string | null {
  const days = texts.flatMap((text) =>
    [...text.matchAll(/(?<!\d)(20\d\d)[-/.年]?(\d\d?)[-/.月]?(\d\d?)日?(?!\d)/g)].map(
      ([, year, month = '', day = '']) =>
        `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    ),
  )
  const [first, ...others] = [...new Set(days.filter(isDay))]
  return first !== undefined && others.length === 0 ? first : null
}
