import { BROKEN } from './gb18030.ts'
import type { Encoding } from './shape.ts'
import { transcoderOf } from './transcode.ts'

const LF = 0x0a

/** Whole lines of a file's beginning, middle and end; the first starts at its first byte. */
export type Samples = readonly Uint8Array[]

export type Guess = Readonly<{ encoding: Encoding; bom: boolean }>

const MARKS: readonly (readonly [mark: readonly number[], encoding: Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0x84, 0x31, 0x95, 0x33], 'gb18030'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/**
 * The encoding that the samples look like: by byte order mark; else UTF-16 if every second byte is
 * often zero; else UTF-8 if its multi-byte sequences are sound, or nearly (Chinese in GB18030 is
 * nearly never sound UTF-8); else GB18030, which has room for almost anything.
 */
export function guessEncoding(samples: Samples): Guess {
  const head = samples[0] ?? new Uint8Array(0)
  for (const [mark, encoding] of MARKS) {
    if (mark.every((byte, i) => head[i] === byte)) return { encoding, bom: true }
  }
  const wide = guessUtf16(head)
  if (wide) return { encoding: wide, bom: false }
  const { multi, broken } = soundnessAs('utf-8', samples)
  return { encoding: multi >= broken * 4 ? 'utf-8' : 'gb18030', bom: false }
}

/**
 * Commas, digits and line ends have a zero as one of their two bytes in UTF-16, always on the same
 * side; in Chinese text with some delimiters that is far more than one unit in fifty.
 */
function guessUtf16(head: Uint8Array): Encoding | null {
  const zeros: [even: number, odd: number] = [0, 0]
  const end = head.length - (head.length % 2)
  for (let i = 0; i < end; i += 2) {
    if (head[i] === 0) zeros[0]++
    if (head[i + 1] === 0) zeros[1]++
  }
  const few = end / 2 / 50
  if (zeros[1] > few && zeros[0] * 20 < zeros[1]) return 'utf-16le'
  return zeros[0] > few && zeros[1] * 20 < zeros[0] ? 'utf-16be' : null
}

/** How many sound multi-byte sequences and how many broken bytes the samples have in `encoding`. */
export function soundnessAs(encoding: Encoding, samples: Samples) {
  let multi = 0
  let broken = 0
  for (const sample of samples) {
    for (const byte of transcoderOf(encoding).feed(sample)) {
      if (byte === BROKEN) broken++
      else if (byte >= 0xc0) multi++
    }
  }
  return { multi, broken }
}

/** The rest of `bytes` after the first line end and up to the last, so that no character is cut. */
export function wholeLines(bytes: Uint8Array): Uint8Array {
  const first = bytes.indexOf(LF)
  return bytes.subarray(first + 1, Math.max(first + 1, bytes.lastIndexOf(LF) + 1))
}

/** The share of bytes that no text has: control characters other than tab, line ends and \x01. */
export function controlShare(text: Uint8Array): number {
  let controls = 0
  for (const byte of text) {
    if (byte < 0x20 && !TEXT_CONTROLS.has(byte)) controls++
  }
  return text.length === 0 ? 0 : controls / text.length
}
const TEXT_CONTROLS: ReadonlySet<number> = new Set([0x01, 0x09, 0x0a, 0x0c, 0x0d, 0x1a])
