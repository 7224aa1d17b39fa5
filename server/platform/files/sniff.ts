import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Refusal } from '#platform/refusal.ts'
import { guessDialect } from './dialect.ts'
import { controlShare, guessEncoding } from './encoding.ts'
import { type FileLimits, withLimits } from './limits.ts'
import { containerOf, knownContent, knownText } from './magic.ts'
import { readAt, type Sample, sampleGzip, samplePlain } from './sample.ts'
import type { CsvShape, Delimiter, Encoding, FileShape } from './shape.ts'
import { textOf } from './transcode.ts'
import { workbookSheets } from './xlsx/workbook.ts'

export type SniffOptions = Readonly<{
  /** The name people know the file by; refusals say it. Default: the last part of the path. */
  name?: string
  /** What the caller knows better than the bytes tell. */
  encoding?: Encoding
  delimiter?: Delimiter
  limits?: Partial<FileLimits>
}>

/**
 * What a delivered file is, by its content. Looks at about 1.5 MB of it. Refuses what is no table
 * (`file-not-a-table`, `file-old-excel`), what is protected, empty, too large, cut off or damaged
 * as far as its beginning and end tell; the rest shows when it is read.
 */
export async function sniff(path: string, options: SniffOptions = {}): Promise<FileShape> {
  const file = options.name ?? basename(path)
  const limits = withLimits(options.limits)
  const bytes = await sizeOf(path, file, limits)
  const head = await firstBytes(path)
  switch (containerOf(head)) {
    case 'zip':
      return { kind: 'xlsx', bytes, sheets: await workbookSheets(path, file, limits) }
    case 'ole':
      throw new Refusal('invalid', await oleCode(path, bytes), { file })
    case 'parquet':
      await expectParquetEnd(path, bytes, file)
      return { kind: 'parquet', bytes }
    case 'gzip':
      return csvShape(await sampleGzip(path, file), { ...options, bytes, gzip: true, file, limits })
    case null:
      return csvShape(await samplePlain(path, bytes), {
        ...options,
        bytes,
        gzip: false,
        file,
        limits,
      })
  }
}

async function sizeOf(path: string, file: string, limits: FileLimits): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Refusal('invalid', 'file-missing', { file })
    throw error
  })
  if (!found.isFile()) {
    throw new Refusal('invalid', 'file-not-a-table', { file, what: '目录 / folder' })
  }
  if (found.size === 0) throw new Refusal('invalid', 'file-empty', { file })
  if (found.size > limits.bytes) {
    const [megabytes, limit] = [Math.ceil(found.size / 1e6), Math.floor(limits.bytes / 1e6)]
    throw new Refusal('invalid', 'file-too-large', { file, megabytes, limit })
  }
  return found.size
}

async function firstBytes(path: string): Promise<Uint8Array> {
  await using handle = await open(path)
  return await readAt(handle, 0, 512)
}

/** A workbook behind a password is an OLE file with a stream of this name, in UTF-16. */
async function oleCode(path: string, bytes: number): Promise<'file-encrypted' | 'file-old-excel'> {
  await using handle = await open(path)
  const parts = [
    await readAt(handle, 0, OLE_BYTES),
    await readAt(handle, Math.max(0, bytes - OLE_BYTES), OLE_BYTES),
  ]
  const stream = Buffer.from('EncryptedPackage', 'utf16le')
  const encrypted = parts.some((part) => Buffer.from(part).includes(stream))
  return encrypted ? 'file-encrypted' : 'file-old-excel'
}
const OLE_BYTES = 4 * 1024 * 1024

async function expectParquetEnd(path: string, bytes: number, file: string): Promise<void> {
  await using handle = await open(path)
  const end = Buffer.from(await readAt(handle, Math.max(0, bytes - 4), 4)).toString('latin1')
  if (end === 'PARE') throw new Refusal('invalid', 'file-encrypted', { file })
  if (end !== 'PAR1' || bytes < 12) throw new Refusal('invalid', 'file-truncated', { file })
}

type CsvFacts = SniffOptions &
  Readonly<{ bytes: number; gzip: boolean; file: string; limits: FileLimits }>

function csvShape({ head, others, whole }: Sample, facts: CsvFacts): CsvShape {
  const { file, limits, bytes, gzip } = facts
  const what = knownContent(head) ?? containerOf(head)
  if (what !== null) throw new Refusal('invalid', 'file-not-a-table', { file, what })
  const guess = guessEncoding([head, ...others])
  const encoding = facts.encoding ?? guess.encoding
  const text = textOf(head, encoding, whole)
  if (isBlank(text)) throw new Refusal('invalid', 'file-empty', { file })
  const content = knownText(Buffer.from(text.subarray(0, 512)).toString('utf8'))
  const binary = controlShare(text) > 0.01 ? '二进制数据 / binary data' : null
  if (content ?? binary) {
    throw new Refusal('invalid', 'file-not-a-table', { file, what: content ?? binary ?? '' })
  }
  const dialect = guessDialect(text, {
    whole,
    rowBytes: limits.rowBytes,
    ...(facts.delimiter ? { delimiter: facts.delimiter } : {}),
  })
  const bom = guess.bom && guess.encoding === encoding
  return { kind: 'csv', bytes, gzip, encoding, bom, ...dialect }
}

function isBlank(text: Uint8Array): boolean {
  return text.every((byte) => byte <= 0x20)
}
