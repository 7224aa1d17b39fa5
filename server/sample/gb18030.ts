/**
 * Writes GB18030, the encoding in which BSS extracts arrive; Node only reads it. The tables are
 * read off Node’s own decoder once, so what is written here decodes to the same text by definition.
 */
const UNWRITABLE = '?'.charCodeAt(0)
const NO_QUAD = 0xffff
/** Linear number of the four-byte code of U+10000; the planes above follow in order. */
const ASTRAL = 189_000

type Tables = Readonly<{ pairs: Uint16Array; quads: Uint16Array }>
let tables: Tables | undefined

/**
 * Appends `text` to `into` from `at` on and returns where it ends. The caller leaves room for four
 * bytes a character. A lone surrogate becomes a question mark, as do the few private characters
 * to which the standard gives no code.
 */
export function writeGb18030(text: string, into: Uint8Array, at: number): number {
  tables ??= readTables()
  const { pairs, quads } = tables
  let end = at
  for (let from = 0; from < text.length; from++) {
    const unit = text.charCodeAt(from)
    if (unit < 0x80) {
      into[end++] = unit
      continue
    }
    const pair = pairs[unit] ?? 0
    if (pair !== 0) {
      into[end++] = pair >>> 8
      into[end++] = pair & 0xff
      continue
    }
    if (unit >= 0xd800 && unit < 0xe000) {
      const code = text.codePointAt(from) ?? 0
      if (code < 0x10000) {
        into[end++] = UNWRITABLE
        continue
      }
      from++
      end = writeQuad(code - 0x10000 + ASTRAL, into, end)
      continue
    }
    const quad = quads[unit] ?? NO_QUAD
    if (quad === NO_QUAD) into[end++] = UNWRITABLE
    else end = writeQuad(quad, into, end)
  }
  return end
}

function writeQuad(linear: number, into: Uint8Array, at: number): number {
  into[at] = 0x81 + Math.floor(linear / 12_600)
  into[at + 1] = 0x30 + (Math.floor(linear / 1260) % 10)
  into[at + 2] = 0x81 + (Math.floor(linear / 10) % 126)
  into[at + 3] = 0x30 + (linear % 10)
  return at + 4
}

function readTables(): Tables {
  const decoder = new TextDecoder('gb18030')
  const pairs = new Uint16Array(0x10000)
  const bytes = new Uint8Array(2)
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      bytes[0] = lead
      bytes[1] = trail
      const text = decoder.decode(bytes)
      if (text.length === 1 && text !== '�') pairs[text.charCodeAt(0)] ||= (lead << 8) | trail
    }
  // The four-byte codes of the first plane: linear numbers below 39,420, one character each.
  const quads = new Uint16Array(0x10000).fill(NO_QUAD)
  const quad = new Uint8Array(4)
  for (let linear = 0; linear < 39_420; linear++) {
    writeQuad(linear, quad, 0)
    const text = decoder.decode(quad)
    const code = text.charCodeAt(0)
    if (text.length === 1 && text !== '�' && quads[code] === NO_QUAD) quads[code] = linear
  }
  return { pairs, quads }
}
