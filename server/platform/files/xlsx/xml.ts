/** What a reader of XML is told. Names come without their namespace prefix. */
export type XmlHandler = Readonly<{
  open: (name: string, attributes: string) => void
  close: (name: string) => void
  /** Characters between tags, entities resolved; one text may come in several calls. */
  text: (text: string) => void
}>

/** The XML inside a workbook is not what a workbook may hold; the message says how. */
export class XmlError extends Error {
  override name = 'XmlError'
}

const MAX_DEPTH = 64
/** Longer than any tag or piece of text that a spreadsheet program writes. */
const MAX_TOKEN = 4 * 1024 * 1024

/**
 * A streaming reader for the XML that spreadsheet programs write: tags, text, CDATA, comments and
 * processing instructions. Refuses what such files never hold and attacks do: document types,
 * entities of their own, deep nesting. `feed` takes the text in pieces, `end` expects all closed.
 */
export function xmlReader(handler: XmlHandler): Readonly<{
  feed: (piece: string) => void
  end: () => void
}> {
  let kept = ''
  let depth = 0
  const tag = (text: string, start: number, end: number) => {
    const closing = text.charCodeAt(start) === SLASH
    const empty = text.charCodeAt(end - 1) === SLASH
    if (closing) {
      depth--
      if (depth < 0) throw new XmlError('a tag is closed that was not opened')
      handler.close(localName(text.slice(start + 1, end).trimEnd()))
      return
    }
    const body = text.slice(start, empty ? end - 1 : end)
    const blank = body.search(/\s/)
    const name = localName(blank < 0 ? body : body.slice(0, blank))
    handler.open(name, blank < 0 ? '' : body.slice(blank))
    if (empty) handler.close(name)
    else if (++depth > MAX_DEPTH) throw new XmlError('tags are nested too deeply')
  }
  const take = (text: string): number => {
    let i = 0
    for (;;) {
      const open = text.indexOf('<', i)
      if (open < 0) return i
      if (open > i && depth > 0) handler.text(unescapeXml(text.slice(i, open)))
      const end = endOfMarkup(text, open)
      if (end < 0) return open
      const next = text.charCodeAt(open + 1)
      if (next === BANG) {
        if (text.startsWith(CDATA, open)) handler.text(text.slice(open + CDATA.length, end - 2))
        else if (!text.startsWith('<!--', open)) throw new XmlError('it has a document type')
      } else if (next !== QUESTION) {
        tag(text, open + 1, end)
      }
      i = end + 1
    }
  }
  return {
    feed: (piece) => {
      const text = kept + piece
      kept = text.slice(take(text))
      if (kept.length > MAX_TOKEN) throw new XmlError('a tag or a text does not end')
    },
    end: () => {
      if (depth !== 0 || kept.trim() !== '') throw new XmlError('it ends in the middle')
    },
  }
}

const SLASH = 0x2f
const BANG = 0x21
const QUESTION = 0x3f
const CDATA = '<![CDATA['

/** The place of the `>` that ends the markup beginning at `open`; -1 if it is not there yet. */
function endOfMarkup(text: string, open: number): number {
  const next = text.charCodeAt(open + 1)
  if (Number.isNaN(next)) return -1
  if (next === BANG) {
    if (text.length - open < CDATA.length) return -1
    if (text.startsWith('<!--', open)) return endOf(text, '-->', open + 4)
    if (text.startsWith(CDATA, open)) return endOf(text, ']]>', open + CDATA.length)
  }
  if (next === QUESTION) return endOf(text, '?>', open + 2)
  let end = text.indexOf('>', open)
  while (end >= 0 && insideQuotes(text, open, end)) end = text.indexOf('>', end + 1)
  return end
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? -1 : found + mark.length - 1
}

/** A `>` may stand in an attribute; then what is before it does not end like a tag. */
function insideQuotes(text: string, open: number, end: number): boolean {
  const before = text.charCodeAt(end - 1)
  if (before === 0x22 || before === 0x27) return false
  const body = text.slice(open, end)
  if (!body.includes('=')) return false
  return body.replaceAll(/"[^"]*"|'[^']*'/g, '').search(/["']/) >= 0
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** The value of an attribute in the text of a tag; `null` if it is not there. */
export function attribute(attributes: string, name: string): string | null {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1)
    if (before > 0x20) continue
    let i = at + name.length
    while (attributes.charCodeAt(i) <= 0x20) i++
    if (attributes[i] !== '=') continue
    i++
    while (attributes.charCodeAt(i) <= 0x20) i++
    const end = attributes.indexOf(attributes[i] ?? '', i + 1)
    return end < 0 ? null : unescapeXml(attributes.slice(i + 1, end))
  }
  return null
}

/** Resolves the five named entities and character numbers; what is none of them stays as it is. */
function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w+));/g, (whole, dec, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const point = dec !== undefined ? Number(dec) : Number.parseInt(hex, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
