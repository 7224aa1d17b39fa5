import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { Refusal } from '#platform/refusal.ts'
import type { FileLimits } from '../limits.ts'
import { XmlError, type XmlHandler, xmlReader } from './xml.ts'

/** The files inside a workbook, read one at a time, each counted and checked as it unpacks. */
export type Archive = AsyncDisposable &
  Readonly<{
    file: string
    has: (path: string) => boolean
    paths: () => readonly string[]
    /** Unpacked bytes of an entry as its directory claims them; 0 if there is none. */
    sizeOf: (path: string) => number
    /** How many of the packed bytes have been read so far, for showing progress. */
    packedRead: () => number
    /** Feeds an entry through an XML reader; `upTo` stops it early. Nothing if it is not there. */
    read: (path: string, handler: XmlHandler, upTo?: () => boolean) => Promise<void>
  }>

/** Unpacked bytes from which on the ratio is looked at; small files may compress very well. */
const RATIO_FROM = 16 * 1024 * 1024

export async function openArchive(
  path: string,
  file: string,
  limits: FileLimits,
): Promise<Archive> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch((error) => {
    throw zipRefusal(error, file)
  })
  try {
    const entries = await entriesOf(zip, file, limits)
    let [unpacked, packed] = [0, 0]
    return {
      file,
      has: (entry) => entries.has(entry),
      paths: () => [...entries.keys()],
      sizeOf: (entry) => entries.get(entry)?.uncompressedSize ?? 0,
      packedRead: () => Math.round(packed),
      read: async (name, handler, upTo) => {
        const entry = entries.get(name)
        if (!entry) return
        const [before, packedBefore] = [unpacked, packed]
        const share = entry.compressedSize / Math.max(1, entry.uncompressedSize)
        await readEntry(zip, entry, { file, handler, upTo: upTo ?? (() => false) }, (bytes) => {
          unpacked = before + bytes
          packed = packedBefore + bytes * share
          if (unpacked > limits.unpackedBytes) throw bomb(file, `> ${mb(limits.unpackedBytes)} MB`)
        })
      },
      [Symbol.asyncDispose]: async () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function entriesOf(
  zip: ZipFile,
  file: string,
  limits: FileLimits,
): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > limits.entries) throw bomb(file, `${zip.entryCount} files`)
  const entries = new Map<string, Entry>()
  let [unpacked, packed] = [0, 0]
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new Refusal('invalid', 'file-encrypted', { file })
      entries.set(entry.fileName, entry)
      unpacked += entry.uncompressedSize
      packed += entry.compressedSize
      if (entries.size > limits.entries) throw bomb(file, `> ${limits.entries} files`)
    }
  } catch (error) {
    throw error instanceof Refusal ? error : zipRefusal(error, file)
  }
  if (unpacked > limits.unpackedBytes) throw bomb(file, `${mb(unpacked)} MB`)
  if (unpacked > RATIO_FROM && unpacked > packed * limits.ratio) {
    throw bomb(file, `1 : ${Math.round(unpacked / packed)}`)
  }
  return entries
}

type Reading = Readonly<{ file: string; handler: XmlHandler; upTo: () => boolean }>

async function readEntry(
  zip: ZipFile,
  entry: Entry,
  { file, handler, upTo }: Reading,
  count: (bytes: number) => void,
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = xmlReader(handler)
  let [bytes, sum] = [0, 0]
  try {
    const stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length
      count(bytes)
      sum = crc32(chunk, sum)
      reader.feed(decoder.decode(chunk, { stream: true }))
      if (upTo()) return
    }
    reader.feed(decoder.decode())
    reader.end()
  } catch (error) {
    throw error instanceof Refusal ? error : zipRefusal(error, file)
  }
  if (sum !== entry.crc32) throw damaged(file, `${entry.fileName}: CRC-32`)
}

/** What an error of the unpacker, the decoder or the XML reader means for the file. */
function zipRefusal(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/End of central directory|unexpected end|unexpected EOF/i.test(error.message)) {
    return new Refusal('invalid', 'file-truncated', { file })
  }
  const known =
    error instanceof XmlError ||
    code.startsWith('Z_') ||
    code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
  const fromZip = code === '' && error.constructor === Error
  return known || fromZip ? damaged(file, error.message) : error
}

export function damaged(file: string, detail: string): Refusal {
  return new Refusal('invalid', 'file-damaged', { file, detail })
}

function bomb(file: string, detail: string): Refusal {
  return new Refusal('invalid', 'file-bomb', { file, detail })
}

function mb(bytes: number): number {
  return Math.floor(bytes / 1e6)
}
