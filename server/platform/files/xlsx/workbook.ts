import { Refusal } from '#platform/refusal.ts'
import type { FileLimits } from '../limits.ts'
import { type Archive, damaged, openArchive } from './archive.ts'
import { type NumberKind, numberKind } from './values.ts'
import { attribute, type XmlHandler } from './xml.ts'

export type SheetPlace = Readonly<{ name: string; path: string; hidden: boolean }>
export type Workbook = Readonly<{ sheets: readonly SheetPlace[]; from1904: boolean; root: string }>

const quiet: XmlHandler = { open: () => {}, close: () => {}, text: () => {} }

/** Its `xml` files describe the workbook, not its rows; they are small. */
const DESCRIPTION_BYTES = 16 * 1024 * 1024

/** The names of the sheets that people see, in their order; refuses a ZIP that is no workbook. */
export async function workbookSheets(
  path: string,
  file: string,
  limits: FileLimits,
): Promise<readonly string[]> {
  await using archive = await openArchive(path, file, limits)
  const { sheets } = await readWorkbook(archive)
  return sheets.filter((sheet) => !sheet.hidden).map((sheet) => sheet.name)
}

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = await findRoot(archive)
  const sheets: { name: string; id: string; hidden: boolean }[] = []
  let from1904 = false
  await readDescription(archive, root, (name, attributes) => {
    if (name === 'sheet') {
      sheets.push({
        name: attribute(attributes, 'name') ?? '',
        id: attribute(attributes, 'r:id') ?? idOf(attributes),
        hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
      })
    } else if (name === 'workbookPr') {
      from1904 = /^(1|true|on)$/.test(attribute(attributes, 'date1904') ?? '')
    }
  })
  const targets = await relations(archive, root)
  const places = sheets.flatMap(({ name, id, hidden }) => {
    const path = targets.get(id)?.target
    return path !== undefined && archive.has(path) ? [{ name, path, hidden }] : []
  })
  if (places.length === 0) throw damaged(archive.file, 'no worksheet')
  return { sheets: places, from1904, root }
}

/** The relation of a sheet where the prefix of its namespace is not `r`. */
function idOf(attributes: string): string {
  return /:id\s*=\s*["']([^"']*)/.exec(attributes)?.[1] ?? ''
}

async function findRoot(archive: Archive): Promise<string> {
  const top = await relations(archive, '')
  const root = [...top.values()].find(({ type }) => type.endsWith('/officeDocument'))?.target
  if (root !== undefined && /(^|\/)workbook[^/]*\.xml$/.test(root) && archive.has(root)) return root
  const file = archive.file
  const what = root?.endsWith('.bin') ? 'XLSB' : otherZip(archive.paths())
  throw new Refusal('invalid', 'file-not-a-table', { file, what })
}

function otherZip(paths: readonly string[]): string {
  if (paths.some((path) => path.startsWith('word/'))) return 'DOCX'
  if (paths.some((path) => path.startsWith('ppt/'))) return 'PPTX'
  return paths.includes('mimetype') && paths.includes('content.xml') ? 'ODS / ODF' : 'ZIP'
}

type Relation = Readonly<{ type: string; target: string }>

/** What the part at `path` refers to, by relation id; '' is the package itself. */
async function relations(archive: Archive, path: string): Promise<ReadonlyMap<string, Relation>> {
  const slash = path.lastIndexOf('/') + 1
  const found = new Map<string, Relation>()
  const rels = `${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`
  await readDescription(archive, rels, (name, attributes) => {
    if (name !== 'Relationship') return
    const target = attribute(attributes, 'Target') ?? ''
    found.set(attribute(attributes, 'Id') ?? '', {
      type: attribute(attributes, 'Type') ?? '',
      target: target.startsWith('/') ? target.slice(1) : resolve(path.slice(0, slash) + target),
    })
  })
  return found
}

function resolve(path: string): string {
  return new URL(path, 'zip:///').pathname.slice(1)
}

/** How the cells of each style show numbers, by style index. */
export async function readStyles(archive: Archive, root: string): Promise<readonly NumberKind[]> {
  const path = await partOf(archive, root, '/styles')
  const codes = new Map<number, string>()
  const kinds: NumberKind[] = []
  let inCells = false
  await readDescription(
    archive,
    path,
    (name, attributes) => {
      if (name === 'numFmt') {
        const code = attribute(attributes, 'formatCode') ?? ''
        codes.set(Number(attribute(attributes, 'numFmtId')), code)
      } else if (name === 'cellXfs') {
        inCells = true
      } else if (name === 'xf' && inCells) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0)
        kinds.push(numberKind(id, codes.get(id)))
      }
    },
    (name) => {
      if (name === 'cellXfs') inCells = false
    },
  )
  return kinds
}

/** The path of the part of this kind that the workbook refers to; '' if there is none. */
export async function partOf(archive: Archive, root: string, type: string): Promise<string> {
  const all = await relations(archive, root)
  return [...all.values()].find((relation) => relation.type.endsWith(type))?.target ?? ''
}

async function readDescription(
  archive: Archive,
  path: string,
  open: XmlHandler['open'],
  close: XmlHandler['close'] = quiet.close,
): Promise<void> {
  if (archive.sizeOf(path) > DESCRIPTION_BYTES) {
    const detail = `${path}: ${archive.sizeOf(path)} B`
    throw new Refusal('invalid', 'file-bomb', { file: archive.file, detail })
  }
  await archive.read(path, { ...quiet, open, close })
}
