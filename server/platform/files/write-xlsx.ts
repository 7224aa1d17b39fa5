import assert from 'node:assert/strict'
import { atomicWrite } from './atomic.ts'
import { looksLikeFormula } from './write-csv.ts'
import { sheetNames } from './xlsx/sheet-names.ts'
import { type ZipEntry, zipOf } from './xlsx/zip.ts'

export type SheetCell = string | number | null

export type Sheet = Readonly<{
  /** Made valid and unique by `sheetNames`. */
  name: string
  /** `width` in characters of the standard type; a Chinese character takes two. */
  columns: readonly Readonly<{ title: string; width: number }>[]
  rows: Iterable<readonly SheetCell[]>
  /** Lines above the header, such as whose list it is and of which day. */
  titleLines?: readonly string[]
}>

/**
 * Writes a workbook, there in full or not at all; the same sheets always give the same bytes. At
 * least one sheet. Prints landscape A4, as wide as a page, with the header on each.
 *
 * A text is always a text cell, never a formula, and one that looks like a formula also carries the
 * mark of a typed apostrophe, so that it stays a text when somebody edits the cell. Texts over
 * 32,767 characters, which Excel refuses, are cut. A `watermark` is the first line of each sheet, and
 * the header and the footer of each printed page.
 */
export async function writeXlsx(
  path: string,
  sheets: Iterable<Sheet>,
  { watermark }: Readonly<{ watermark?: string }> = {},
): Promise<void> {
  const all = [...sheets].map((sheet) =>
    watermark ? { ...sheet, titleLines: [watermark, ...(sheet.titleLines ?? [])] } : sheet,
  )
  assert(all.length > 0, 'a workbook has a sheet')
  const names = sheetNames(all.map((sheet) => sheet.name))
  await atomicWrite(path, zipOf(entriesOf(all, names, watermark)))
}

function* entriesOf(
  sheets: readonly Sheet[],
  names: readonly string[],
  watermark: string | undefined,
): Iterable<ZipEntry> {
  yield { path: '[Content_Types].xml', content: [contentTypes(names.length)] }
  yield { path: '_rels/.rels', content: [packageRelations] }
  yield { path: 'xl/workbook.xml', content: [workbookXml(sheets, names)] }
  yield { path: 'xl/_rels/workbook.xml.rels', content: [workbookRelations(names.length)] }
  yield { path: 'xl/styles.xml', content: [stylesXml] }
  for (const [i, sheet] of sheets.entries()) {
    yield { path: `xl/worksheets/sheet${i + 1}.xml`, content: sheetXml(sheet, watermark) }
  }
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const packageRelations = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

function contentTypes(sheets: number): string {
  const parts = numbers(sheets).map(
    (n) =>
      `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  )
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${parts.join('')}</Types>`
}

function workbookXml(sheets: readonly Sheet[], names: readonly string[]): string {
  const places = names.map(
    (name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  const repeated = names.map((name, i) => {
    const row = headerRowOf(sheets[i])
    const reference = escapeXml(`'${name.replaceAll("'", "''")}'!$${row}:$${row}`)
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${reference}</definedName>`
  })
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${places.join('')}</sheets><definedNames>${repeated.join('')}</definedNames></workbook>`
}

function workbookRelations(sheets: number): string {
  const places = numbers(sheets).map(
    (n) =>
      `<Relationship Id="rId${n}" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  )
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${places.join('')}<Relationship Id="rId${sheets + 1}" Type="${DOCUMENT}/styles" Target="styles.xml"/></Relationships>`
}

/** Cell styles: 0 plain, 1 header, 2 title, 3 a text that looks like a formula. */
const stylesXml = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="DengXian"/></font><font><b/><sz val="11"/><name val="DengXian"/></font><font><b/><sz val="14"/><name val="DengXian"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/></patternFill></fill></fills><borders count="2"><border/><border><left/><right/><top/><bottom style="thin"><color rgb="FF9AA5B1"/></bottom></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf xfId="0" fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf xfId="0" fontId="2" applyFont="1"/><xf xfId="0" quotePrefix="1"/></cellXfs></styleSheet>`

const HEADER = 1
const TITLE = 2
const LOOKS_LIKE_FORMULA = 3

function headerRowOf(sheet: Sheet | undefined): number {
  return (sheet?.titleLines?.length ?? 0) + 1
}

function* sheetXml(sheet: Sheet, watermark: string | undefined): Iterable<string> {
  const header = headerRowOf(sheet)
  const widths = sheet.columns.map(
    ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  )
  const cols = widths.length > 0 ? `<cols>${widths.join('')}</cols>` : ''
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${header}" topLeftCell="A${header + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${cols}<sheetData>`
  for (const [i, line] of (sheet.titleLines ?? []).entries()) yield rowXml(i + 1, [line], TITLE)
  const titles = sheet.columns.map(({ title }) => title)
  yield rowXml(header, titles, HEADER)
  let row = header
  let text = ''
  for (const cells of sheet.rows) {
    text += rowXml(++row, cells, 0)
    if (text.length < FLUSH_CHARACTERS) continue
    yield text
    text = ''
  }
  yield `${text}</sheetData><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.2" footer="0.2"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>${headerFooter(watermark)}</worksheet>`
}

/** An ampersand begins a code there, so it is doubled; Excel takes 255 characters at most. */
function headerFooter(watermark: string | undefined): string {
  if (!watermark) return ''
  const text = escapeXml(`&C&8 ${watermark.replaceAll('&', '&&').slice(0, 240)}`)
  return `<headerFooter><oddHeader>${text}</oddHeader><oddFooter>${text}</oddFooter></headerFooter>`
}
const FLUSH_CHARACTERS = 64 * 1024

function rowXml(row: number, cells: readonly SheetCell[], style: number): string {
  const written = cells.map((cell, i) => cellXml(`${columnName(i)}${row}`, cell, style))
  return `<row r="${row}">${written.join('')}</row>`
}

function cellXml(reference: string, cell: SheetCell, style: number): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') {
    assert(Number.isFinite(cell), `cell ${reference} is ${cell}`)
    return `<c r="${reference}"${styleOf(style)}><v>${cell}</v></c>`
  }
  const shown = style === 0 && looksLikeFormula(cell) ? LOOKS_LIKE_FORMULA : style
  return `<c r="${reference}" t="inlineStr"${styleOf(shown)}><is><t xml:space="preserve">${cellText(cell)}</t></is></c>`
}

function styleOf(style: number): string {
  return style === 0 ? '' : ` s="${style}"`
}

const MAX_CHARACTERS = 32_767

/** A text as the format has it: control characters, and what looks like one written so, as `_xHHHH_`. */
function cellText(text: string): string {
  const whole = text.toWellFormed()
  const short = whole.length > MAX_CHARACTERS ? `${whole.slice(0, MAX_CHARACTERS - 1)}…` : whole
  const marked = short
    .toWellFormed()
    .replaceAll(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(UNWRITABLE, (character) => {
      return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
    })
  return escapeXml(marked)
}
/** Control characters other than tab and line feed, and two that XML does not know. */
const UNWRITABLE = /[[\p{Cc}\uFFFE\uFFFF]--[\t\n\u007F-\u009F]]/gv

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** The letters of the column at `index`, from 0: A, B … Z, AA … */
function columnName(index: number): string {
  const letter = String.fromCharCode(0x41 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}
