import assert from 'node:assert/strict'

/**
 * GB18030 to UTF-8 in one pass over bytes, by tables that are made at start from the standard's own
 * decoder (`TextDecoder`): 64 Ki two-byte codes and the 39,420 four-byte codes of the basic plane;
 * those above it are arithmetic. Twice as fast as decoding to a string and encoding again.
 */
const twoByte = new Uint16Array(0x10000)
const fourByte = new Uint16Array(39_420)
let ready = false

/** Stands for a byte that no encoding knows; it never occurs in UTF-8, so the splitter sees it. */
export const BROKEN = 0xff

export const EURO = 0x20ac

/** The first linear code of the supplementary planes, `90 30 81 30`. */
const SUPPLEMENTARY = 189_000

/** The code point of each two-byte code, by its bytes as one number; 0 for what is none. */
export function twoByteCodes(): Uint16Array {
  if (!ready) fillTables()
  return twoByte
}

export type Decoded = Readonly<{ read: number; written: number }>

/**
 * Decodes `from[start, end)` into `to` at `at`, which must have room for three times as many bytes. A
 * sequence that may go on beyond `end` is left unread unless this is the `last` chunk; a byte that
 * begins no valid sequence becomes `BROKEN`, and reading goes on at the byte after it.
 */
export function decodeGb18030(
  from: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
  at: number,
  last: boolean,
): Decoded {
  const codes = twoByteCodes()
  let i = start
  let o = at
  while (i < end) {
    const a = from[i] as number
    if (a < 0x80) {
      to[o++] = a
      i++
      continue
    }
    if (a === 0x80) {
      o = putUtf8(EURO, to, o) // as the standard's decoder has it, for the sake of Windows
      i++
      continue
    }
    const b = i + 1 < end ? (from[i + 1] as number) : -1
    const code = b < 0 ? 0 : (codes[(a << 8) | b] as number)
    if (code !== 0) {
      i += 2
      if (code < 0x800) {
        to[o] = 0xc0 | (code >> 6)
        to[o + 1] = 0x80 | (code & 0x3f)
        o += 2
      } else {
        to[o] = 0xe0 | (code >> 12)
        to[o + 1] = 0x80 | ((code >> 6) & 0x3f)
        to[o + 2] = 0x80 | (code & 0x3f)
        o += 3
      }
      continue
    }
    const point = b < 0 && !last ? CUT : fourBytePoint(from, i, end, last)
    if (point === CUT) break
    if (point === 0) {
      to[o++] = BROKEN
      i++
      continue
    }
    i += 4
    o = putUtf8(point, to, o)
  }
  return { read: i - start, written: o - at }
}

/** Writes a code point above 0x7F as UTF-8 and returns the place after it. */
export function putUtf8(point: number, to: Uint8Array, at: number): number {
  let o = at
  if (point < 0x800) {
    to[o++] = 0xc0 | (point >> 6)
  } else if (point < 0x10000) {
    to[o++] = 0xe0 | (point >> 12)
    to[o++] = 0x80 | ((point >> 6) & 0x3f)
  } else {
    to[o++] = 0xf0 | (point >> 18)
    to[o++] = 0x80 | ((point >> 12) & 0x3f)
    to[o++] = 0x80 | ((point >> 6) & 0x3f)
  }
  to[o++] = 0x80 | (point & 0x3f)
  return o
}

/**
 * The code point of the four-byte sequence at `i`; 0 if there is none, `CUT` if there may be one
 * that goes on beyond `end`, unless those are the `last` bytes.
 */
export function fourBytePoint(from: Uint8Array, i: number, end: number, last: boolean): number {
  const a = (from[i] as number) - 0x81
  if (a < 0 || a > 0x7d) return 0
  if (i + 1 < end && !isDigit(from[i + 1] as number)) return 0
  if (i + 4 > end) return last ? 0 : CUT
  const b = (from[i + 1] as number) - 0x30
  const c = (from[i + 2] as number) - 0x81
  const d = (from[i + 3] as number) - 0x30
  if (c < 0 || c > 0x7d || d < 0 || d > 9) return 0
  const linear = ((a * 10 + b) * 126 + c) * 10 + d
  if (linear < fourByte.length) return fourByte[linear] as number
  const point = linear - SUPPLEMENTARY + 0x10000
  return linear >= SUPPLEMENTARY && point <= 0x10ffff ? point : 0
}

export const CUT = -1

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/** About 10 ms, once per thread and only where a GB18030 file is read. */
function fillTables(): void {
  const decoder = new TextDecoder('gb18030')
  for (let a = 0x81; a <= 0xfe; a++) {
    for (let b = 0x40; b <= 0xfe; b++) {
      if (b === 0x7f) continue
      const text = decoder.decode(Uint8Array.of(a, b))
      if (text.length === 1 && text !== '\uFFFD') twoByte[(a << 8) | b] = text.charCodeAt(0)
    }
  }
  const codes = new Uint8Array(fourByte.length * 4)
  for (let linear = 0; linear < fourByte.length; linear++) {
    codes[linear * 4] = 0x81 + Math.floor(linear / 12_600)
    codes[linear * 4 + 1] = 0x30 + (Math.floor(linear / 1_260) % 10)
    codes[linear * 4 + 2] = 0x81 + (Math.floor(linear / 10) % 126)
    codes[linear * 4 + 3] = 0x30 + (linear % 10)
  }
  const text = decoder.decode(codes)
  assert.equal(text.length, fourByte.length, 'one UTF-16 unit a four-byte code')
  for (let linear = 0; linear < fourByte.length; linear++)
    fourByte[linear] = text.charCodeAt(linear)
  ready = true
}
