import { MARK_ERROR, MARK_NO_VALUE, STAGED_DELIMITER } from '../record.ts'
import { type Archive, damaged } from './archive.ts'
import { cellText, type SharedStrings } from './strings.ts'
import { type NumberKind, numberText } from './values.ts'
import { attribute, type XmlHandler } from './xml.ts'

export type SheetContext = Readonly<{
  archive: Archive
  strings: SharedStrings
  styles: readonly NumberKind[]
  from1904: boolean
}>

/** The cells of a row, up to its last one, as UTF-8 or text; `null` where there is none. */
export type SheetRow = Readonly<{ row: number; cells: readonly (string | Uint8Array | null)[] }>

const MAX_ROWS = 1_048_576
const MAX_COLUMNS = 16_384
/** Characters; Excel itself stops at 32,767. */
const MAX_CELL = 256 * 1024
const NO_VALUE = String.fromCharCode(MARK_NO_VALUE)
const ERROR = String.fromCharCode(MARK_ERROR)

/**
 * Gives the rows of the worksheet at `path` in their order, each as soon as it is complete, until
 * `onRow` answers false. Rows and cells that the sheet leaves out are left out here too.
 */
export async function readSheet(
  context: SheetContext,
  path: string,
  onRow: (row: SheetRow) => boolean,
): Promise<void> {
  const { archive } = context
  let [row, column, over] = [0, 0, false]
  let cells: (string | Uint8Array | null)[] = []
  let cell = newCell('')
  let taking: 'v' | 't' | null = null
  let inRows = false
  const handler: XmlHandler = {
    open: (name, attributes) => {
      if (name === 'c' && inRows) {
        cell = newCell(attributes)
        column = columnOf(attribute(attributes, 'r')) ?? column + 1
        if (column > MAX_COLUMNS) throw damaged(archive.file, `column ${column}`)
      } else if (name === 'v') {
        taking = 'v'
        cell.hasValue = true
      } else if (name === 'f') {
        cell.hasFormula = true
      } else if (name === 't') {
        taking = 't'
      } else if (name === 'row' && inRows) {
        const next = Number(attribute(attributes, 'r') ?? row + 1)
        if (!(next > row && next <= MAX_ROWS)) throw damaged(archive.file, `row ${row} → ${next}`)
        ;[row, column, cells] = [next, 0, []]
      } else if (name === 'sheetData') {
        inRows = true
      }
    },
    close: (name) => {
      if (name === 'v' || name === 't') {
        taking = null
      } else if (name === 'c' && inRows) {
        const value = valueIn(cell, context)
        while (cells.length < column - 1) cells.push(null)
        if (value !== null && cells.length === column - 1) cells.push(value)
      } else if (name === 'row' && inRows) {
        over ||= !onRow({ row, cells })
      } else if (name === 'sheetData') {
        inRows = false
      }
    },
    text: (text) => {
      if (taking === 'v' || (taking === 't' && cell.type === 'inlineStr')) cell.text += text
      if (cell.text.length > MAX_CELL) throw damaged(archive.file, `row ${row}, column ${column}`)
    },
  }
  await archive.read(path, handler, () => over)
}

type Cell = {
  readonly type: string
  readonly style: number
  text: string
  hasValue: boolean
  hasFormula: boolean
}

function newCell(attributes: string): Cell {
  const type = attribute(attributes, 't') ?? 'n'
  const style = Number(attribute(attributes, 's') ?? -1)
  return { type, style, text: '', hasValue: false, hasFormula: false }
}

/** The number of the column in a reference such as `AB12`, from 1; `null` without one. */
function columnOf(reference: string | null): number | null {
  if (reference === null) return null
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) | 0x20
    if (letter < 0x61 || letter > 0x7a) break
    column = column * 26 + letter - 0x60
  }
  return column === 0 ? null : column
}

function valueIn(cell: Cell, context: SheetContext): string | Uint8Array | null {
  if (cell.hasFormula && !cell.hasValue) return NO_VALUE
  switch (cell.type) {
    case 's':
      return cell.text === '' ? null : context.strings.at(Number(cell.text))
    case 'e':
      return ERROR
    case 'b':
      return cell.text === '1' ? 'TRUE' : 'FALSE'
    case 'd':
      return cell.text.replace(/T00:00:00(\.0+)?Z?$/, '').replace('T', ' ')
    case 'n': {
      if (cell.text === '') return null
      const kind = context.styles[cell.style] ?? { kind: 'number', digits: 0 }
      return numberText(cell.text.trim(), kind, context.from1904)
    }
    default:
      return cell.text === '' ? null : cellText(cell.text)
  }
}

/**
 * Writes a line of an unpacked sheet at `at`: the cells, `STAGED_DELIMITER` between them, a line
 * feed. `to` has room for it: `lineBytes`.
 */
export function writeLine(cells: SheetRow['cells'], to: Buffer, at: number): number {
  let o = at
  for (const [i, cell] of cells.entries()) {
    if (i > 0) to[o++] = STAGED_DELIMITER
    if (cell === null) continue
    if (typeof cell === 'string') {
      o += to.write(cell, o, 'utf8')
    } else {
      to.set(cell, o)
      o += cell.length
    }
  }
  to[o++] = 0x0a
  return o
}

/** No less than the bytes that `writeLine` needs. */
export function lineBytes(cells: SheetRow['cells']): number {
  let bytes = 1
  for (const cell of cells) {
    bytes += 1 + (cell === null ? 0 : typeof cell === 'string' ? cell.length * 3 : cell.length)
  }
  return bytes
}
