import { inflateRawSync } from 'node:zlib'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50

/** All text of an answer: of a workbook that of every part in it, else the bytes as UTF-8. */
export function textOf(bytes: Buffer): string {
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== LOCAL) return bytes.toString('utf8')
  return [...partsOf(bytes)].map((part) => part.toString('utf8')).join('\n')
}

/** The parts of a ZIP, by its directory at the end. */
function* partsOf(zip: Buffer): Generator<Buffer> {
  let end = zip.length - 22
  while (end > 0 && zip.readUInt32LE(end) !== END) end -= 1
  let at = zip.readUInt32LE(end + 16)
  while (at < end && zip.readUInt32LE(at) === CENTRAL) {
    const method = zip.readUInt16LE(at + 10)
    const size = zip.readUInt32LE(at + 20)
    const start = zip.readUInt32LE(at + 42)
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    const packed = zip.subarray(from, from + size)
    yield method === 0 ? packed : inflateRawSync(packed)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}

/** The text as it was written: escapes of JSON, of XML and of addresses undone. */
export const unescaped = (text: string): string =>
  text
    .replaceAll(/\\u([\da-f]{4})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replaceAll(/&#x([\da-f]+);/gi, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replaceAll(/(?:%[\da-f]{2})+/gi, (bytes) =>
      Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
    )
