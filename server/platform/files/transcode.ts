import { isUtf8 } from 'node:buffer'
import { BROKEN, decodeGb18030, putUtf8 } from './gb18030.ts'
import type { Encoding } from './shape.ts'

/**
 * Turns the bytes of a file, chunk by chunk, into UTF-8 in which every byte that its encoding does
 * not know is `BROKEN`. `feed` returns what `chunk` gives, valid until the next call; a sequence
 * that a chunk cuts in two is kept for the next. `end` gives the rest.
 */
export type Transcoder = Readonly<{
  feed: (chunk: Uint8Array) => Uint8Array
  end: () => Uint8Array
}>

export function transcoderOf(encoding: Encoding): Transcoder {
  let kept = new Uint8Array(0)
  let room = new Uint8Array(0)
  const decode = DECODERS[encoding]
  const run = (chunk: Uint8Array, last: boolean): Uint8Array => {
    const bytes = kept.length === 0 ? chunk : Buffer.concat([kept, chunk])
    if (encoding === 'utf-8') {
      const whole = bytes.length - (last ? 0 : cutTail(bytes))
      const sound = bytes.subarray(0, whole)
      if (isUtf8(sound)) {
        kept = new Uint8Array(bytes.subarray(whole)) // a copy: the chunk may be reused
        return sound
      }
    }
    if (room.length < bytes.length * 3 + 4) room = new Uint8Array(bytes.length * 3 + 4)
    const { read, written } = decode(bytes, 0, bytes.length, room, 0, last)
    kept = new Uint8Array(bytes.subarray(read))
    return room.subarray(0, written)
  }
  return { feed: (chunk) => run(chunk, false), end: () => run(new Uint8Array(0), true) }
}

/** A sample in UTF-8, without its byte order mark. */
export function textOf(head: Uint8Array, encoding: Encoding, whole: boolean): Uint8Array {
  const transcoder = transcoderOf(encoding)
  const text = Buffer.from(transcoder.feed(head))
  const all = whole ? Buffer.concat([text, transcoder.end()]) : text
  return withoutMark(all)
}

/** UTF-8 or GB18030 without a byte order mark before it. */
export function withoutMark(text: Uint8Array): Uint8Array {
  const mark = MARKS.find((bytes) => bytes.every((byte, i) => text[i] === byte))
  return text.subarray(mark?.length ?? 0)
}
const MARKS: readonly (readonly number[])[] = [
  [0xef, 0xbb, 0xbf],
  [0x84, 0x31, 0x95, 0x33],
]

type Decode = typeof decodeGb18030

const DECODERS: Readonly<Record<Encoding, Decode>> = {
  'utf-8': checkUtf8,
  gb18030: decodeGb18030,
  'utf-16le': (...args) => decodeUtf16(0, ...args),
  'utf-16be': (...args) => decodeUtf16(1, ...args),
}

/** Copies UTF-8, with `BROKEN` for each byte that is part of no well-formed sequence. */
function checkUtf8(...[from, start, end, to, at, last]: Parameters<Decode>) {
  let i = start
  let o = at
  while (i < end) {
    const length = sequenceLength(from[i] as number)
    if (length === 1) {
      to[o++] = from[i++] as number
      continue
    }
    const cut = i + length > end
    if (cut && !last && length > 0 && beginsSequence(from, i, end)) break
    if (length === 0 || cut || !isUtf8(from.subarray(i, i + length))) {
      to[o++] = BROKEN
      i++
      continue
    }
    for (let k = 0; k < length; k++) to[o++] = from[i++] as number
  }
  return { read: i - start, written: o - at }
}

/** The bytes that a sequence with this first byte has; 0 if none begins so. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  if (first < 0xe0) return 2
  return first < 0xf0 ? 3 : 4
}

/** How many bytes at the end begin a sequence that the next chunk may complete. */
function cutTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if ((byte & 0xc0) !== 0x80) return sequenceLength(byte) > back ? back : 0
  }
  return 0
}

function beginsSequence(from: Uint8Array, start: number, end: number): boolean {
  for (let i = start + 1; i < end; i++) if (((from[i] as number) & 0xc0) !== 0x80) return false
  return true
}

/** UTF-16 to UTF-8; `order` is the place of the less significant byte in a unit. */
function decodeUtf16(
  order: 0 | 1,
  ...[from, start, end, to, at, last]: Parameters<Decode>
): ReturnType<Decode> {
  const unitAt = (i: number) => (from[i + order] as number) | ((from[i + 1 - order] as number) << 8)
  let i = start
  let o = at
  while (i + 2 <= end) {
    const unit = unitAt(i)
    if (unit < 0x80) {
      to[o++] = unit
      i += 2
    } else if (unit < 0xd800 || unit > 0xdfff) {
      o = putUtf8(unit, to, o)
      i += 2
    } else {
      const high = unit < 0xdc00
      if (high && i + 4 > end && !last) break
      const low = high && i + 4 <= end ? unitAt(i + 2) : 0
      if (low >= 0xdc00 && low <= 0xdfff) {
        o = putUtf8(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), to, o)
        i += 4
      } else {
        to[o++] = BROKEN
        i += 2
      }
    }
  }
  if (last && i < end) {
    to[o++] = BROKEN
    i = end
  }
  return { read: i - start, written: o - at }
}
