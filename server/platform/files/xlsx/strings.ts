import { Refusal } from '#platform/refusal.ts'
import type { Archive } from './archive.ts'
import { partOf } from './workbook.ts'

/** The texts that the cells of a workbook share, kept as UTF-8 one after the other. */
export type SharedStrings = Readonly<{
  count: () => number
  /** Bytes of text `index`, without control characters; nothing if there is no such text. */
  at: (index: number) => Uint8Array | null
}>

/** A list of texts that costs their bytes and four more each: a string object costs forty. */
export async function readStrings(
  archive: Archive,
  root: string,
  megabytes: number,
): Promise<SharedStrings> {
  let bytes = Buffer.alloc(1024 * 1024)
  let ends = new Uint32Array(64 * 1024)
  let [count, size] = [0, 0]
  const add = (text: string) => {
    if (size > megabytes * 1024 * 1024) {
      const detail = `shared strings > ${megabytes} MB`
      throw new Refusal('invalid', 'file-bomb', { file: archive.file, detail })
    }
    if (count === ends.length) ends = grown(ends, new Uint32Array(count * 2))
    if (size + text.length * 3 > bytes.length) {
      bytes = grown(bytes, Buffer.alloc((size + text.length * 3) * 2))
    }
    size += bytes.write(text, size, 'utf8')
    ends[count++] = size
  }
  await archive.read(await partOf(archive, root, '/sharedStrings'), stringItems(add))
  return {
    count: () => count,
    at: (index) => {
      if (!(index >= 0 && index < count)) return null
      return bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index])
    },
  }
}

function grown<T extends Uint8Array | Uint32Array>(old: T, room: T): T {
  room.set(old)
  return room
}

/** Gives each `<si>` as one text: its runs joined, its phonetic hints left out. */
function stringItems(add: (text: string) => void) {
  let [text, inText, inHint] = ['', false, false]
  return {
    open: (name: string) => {
      if (name === 'si') text = ''
      else if (name === 't') inText = true
      else if (name === 'rPh') inHint = true
    },
    close: (name: string) => {
      if (name === 'si') add(cellText(text))
      else if (name === 't') inText = false
      else if (name === 'rPh') inHint = false
    },
    text: (piece: string) => {
      if (inText && !inHint) text += piece
    },
  }
}

/**
 * A text as one line of a staged file may hold it: control characters as blanks (a line break as
 * one), among them those that Excel writes as `_x000D_`.
 */
export function cellText(text: string): string {
  const plain = text.includes('_x')
    ? text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text
  return CONTROLS.test(plain)
    ? plain.replaceAll(LINE_ENDS, ' ').replaceAll(ALL_CONTROLS, ' ')
    : plain
}
const CONTROLS = /\p{Cc}/u
const ALL_CONTROLS = /[\p{Cc}--\t]/gv
const LINE_ENDS = /\r\n/g
