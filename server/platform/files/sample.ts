import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { Refusal } from '#platform/refusal.ts'
import { wholeLines } from './encoding.ts'

const HEAD_BYTES = 1024 * 1024
const INNER_BYTES = 256 * 1024

/** What is looked at before a file is read: its beginning, and lines from its middle and end. */
export type Sample = Readonly<{ head: Uint8Array; others: readonly Uint8Array[]; whole: boolean }>

export async function samplePlain(path: string, bytes: number): Promise<Sample> {
  await using file = await open(path)
  const head = await readAt(file, 0, HEAD_BYTES)
  if (bytes <= HEAD_BYTES) return { head, others: [], whole: true }
  const middle = wholeLines(await readAt(file, evenHalf(bytes), INNER_BYTES))
  const tail = wholeLines(await readAt(file, Math.max(0, bytes - INNER_BYTES), INNER_BYTES))
  return { head, others: [middle, tail], whole: false }
}

function evenHalf(bytes: number): number {
  return Math.floor(bytes / 4) * 2
}

/** Bytes `[at, at + length)` of a file, fewer at its end. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, at + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

/** The beginning of what a gzip file unpacks to; a file that ends or breaks in it is refused. */
export async function sampleGzip(path: string, name: string): Promise<Sample> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  const source = createReadStream(path)
  const unpacked = source.pipe(createGunzip())
  source.on('error', (error) => unpacked.destroy(error))
  try {
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= HEAD_BYTES) break
    }
  } catch (error) {
    throw gzipRefusal(error, name)
  } finally {
    source.destroy()
  }
  const head = Buffer.concat(chunks)
  return { head: head.subarray(0, HEAD_BYTES), others: [], whole: bytes < HEAD_BYTES }
}

/** The refusal that an error of unpacking stands for; any other error comes back as it is. */
export function gzipRefusal(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'Z_BUF_ERROR') return new Refusal('invalid', 'file-truncated', { file })
  if (typeof error.code === 'string' && error.code.startsWith('Z_')) {
    return new Refusal('invalid', 'file-damaged', { file, detail: `gzip: ${error.message}` })
  }
  return error
}
