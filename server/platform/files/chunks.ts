import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Refusal } from '#platform/refusal.ts'
import type { FileLimits } from './limits.ts'
import { gzipRefusal } from './sample.ts'

export const CHUNK_BYTES = 1024 * 1024

/** Bytes of a file as it unpacks, and how many of the delivered ones have been read for them. */
export type Chunk = Readonly<{ chunk: Uint8Array; bytes: number }>

/** Bytes `[from, to)` of a file, in one buffer again and again: its thread has nothing else to do. */
export function* plainChunks(path: string, from: number, to: number): Generator<Chunk> {
  const file = openSync(path, 'r')
  const buffer = new Uint8Array(CHUNK_BYTES)
  let at = from
  try {
    while (at < to) {
      const read = readSync(file, buffer, 0, Math.min(CHUNK_BYTES, to - at), at)
      if (read === 0) return
      at += read
      yield { chunk: buffer.subarray(0, read), bytes: at - from }
    }
  } finally {
    closeSync(file)
  }
}

/** What a gzip file unpacks to; refused when it is far too much, cut off or damaged. */
export async function* gzipChunks(
  path: string,
  name: string,
  limits: FileLimits,
): AsyncGenerator<Chunk> {
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES })
  let [bytes, given] = [0, 0]
  source.on('data', (chunk) => {
    bytes += chunk.length
  })
  source.on('error', (error) => unpacked.destroy(error))
  source.pipe(unpacked)
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      given += chunk.length
      expectNoBomb(name, limits, given, bytes)
      yield { chunk, bytes }
    }
  } catch (error) {
    throw gzipRefusal(error, name)
  } finally {
    source.destroy()
  }
}

const BOMB_BYTES = 64 * 1024 * 1024

function expectNoBomb(file: string, limits: FileLimits, given: number, bytes: number): void {
  const ratio = Math.round(given / bytes)
  if (given > limits.unpackedBytes) {
    const detail = `> ${Math.floor(limits.unpackedBytes / 1e6)} MB`
    throw new Refusal('invalid', 'file-bomb', { file, detail })
  }
  if (given > BOMB_BYTES && ratio > limits.ratio) {
    throw new Refusal('invalid', 'file-bomb', { file, detail: `1 : ${ratio}` })
  }
}
