import assert from 'node:assert/strict'
import { crc32, createDeflateRaw } from 'node:zlib'

export type ZipEntry = Readonly<{ path: string; content: Iterable<string> }>

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const VERSION = 20
const UTF8_NAMES = 0x0800
const DEFLATE = 8
/** 1 January 1980, the first day of the format: the same content always gives the same bytes. */
const DAY = 0x21
const MAX_BYTES = 0xffffffff

/**
 * A ZIP archive as a stream of bytes. Holds one packed entry in memory at a time. Without the
 * 64-bit extension, so an entry, packed or not, and the whole stay under 4 GiB.
 */
export async function* zipOf(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let at = 0
  for (const { path, content } of entries) {
    const { packed, bytes, sum } = await pack(content)
    const name = Buffer.from(path)
    const facts = factsOf({ name, packed: packed.length, bytes, sum })
    const local = Buffer.concat([u32(LOCAL), u16(VERSION), facts, name])
    const central = [
      u32(CENTRAL),
      u16(VERSION),
      u16(VERSION),
      facts,
      u16(0, 0, 0),
      u32(0, at),
      name,
    ]
    directory.push(Buffer.concat(central))
    at += local.length + packed.length
    assert(at <= MAX_BYTES, 'an archive of 4 GiB')
    yield local
    yield packed
  }
  const central = Buffer.concat(directory)
  const [count, size] = [directory.length, central.length]
  assert(count <= 0xffff, 'an archive of 65,536 files')
  yield Buffer.concat([central, u32(END), u16(0, 0, count, count), u32(size, at), u16(0)])
}

function factsOf(
  entry: Readonly<{ name: Buffer; packed: number; bytes: number; sum: number }>,
): Buffer {
  return Buffer.concat([
    u16(UTF8_NAMES, DEFLATE, 0, DAY),
    u32(entry.sum, entry.packed, entry.bytes),
    u16(entry.name.length, 0),
  ])
}

async function pack(content: Iterable<string>) {
  const deflate = createDeflateRaw({ level: 6 })
  const packing = collect(deflate)
  let [bytes, sum] = [0, 0]
  for (const text of content) {
    const chunk = Buffer.from(text)
    bytes += chunk.length
    sum = crc32(chunk, sum)
    if (!deflate.write(chunk)) await new Promise((resolve) => deflate.once('drain', resolve))
  }
  deflate.end()
  assert(bytes <= MAX_BYTES, 'a file of 4 GiB')
  return { packed: await packing, bytes, sum }
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function u16(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 2)
  for (const [i, number] of numbers.entries()) bytes.writeUInt16LE(number, i * 2)
  return bytes
}

function u32(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [i, number] of numbers.entries()) bytes.writeUInt32LE(number, i * 4)
  return bytes
}
