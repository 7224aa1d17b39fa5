/** The beginnings by which content that is no text is known; what people call it, in either language. */
const BEGINNINGS: readonly (readonly [begins: readonly number[] | string, what: string])[] = [
  [[0x89, 0x50, 0x4e, 0x47], 'PNG'],
  [[0xff, 0xd8, 0xff], 'JPEG'],
  ['GIF8', 'GIF'],
  ['%PDF', 'PDF'],
  ['%!PS', 'PostScript'],
  ['Rar!', 'RAR'],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], '7z'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd'],
  ['BZh', 'bzip2'],
  [[0x7f, 0x45, 0x4c, 0x46], 'ELF'],
  ['SQLite format 3', 'SQLite'],
  ['ORC', 'ORC'],
  [[0x4f, 0x62, 0x6a, 0x01], 'Avro'],
  ['{\\rtf', 'RTF'],
  ['RIFF', 'RIFF'],
  ['ID3', 'MP3'],
]

const TEXT_BEGINNINGS: readonly (readonly [begins: RegExp, what: string])[] = [
  [/^\s*(<!doctype html|<html|<head|<body|<table|<meta|<style|<div)/i, 'HTML'],
  [/^\s*<\?xml/i, 'XML'],
  [/^\s*\{\s*"/, 'JSON'],
  [/^\s*\[\s*[{[]/, 'JSON'],
]

export type Container = 'zip' | 'ole' | 'gzip' | 'parquet'

/** The container that a file is by its first bytes, or `null`: text, or something named below. */
export function containerOf(head: Uint8Array): Container | null {
  if (begins(head, 'PK\x03\x04') || begins(head, 'PK\x05\x06')) return 'zip'
  if (begins(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return 'ole'
  if (begins(head, [0x1f, 0x8b])) return 'gzip'
  return begins(head, 'PAR1') ? 'parquet' : null
}

/** What content that is no table is called, as far as its first bytes tell. */
export function knownContent(head: Uint8Array): string | null {
  if (Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar') return 'TAR'
  const binary = BEGINNINGS.find(([start]) => begins(head, start))
  if (binary) return binary[1]
  return null
}

/** The same for content that has been decoded. */
export function knownText(head: string): string | null {
  return TEXT_BEGINNINGS.find(([start]) => start.test(head))?.[1] ?? null
}

function begins(head: Uint8Array, start: readonly number[] | string): boolean {
  const bytes = typeof start === 'string' ? Buffer.from(start, 'latin1') : start
  return bytes.length <= head.length && bytes.every((byte, i) => head[i] === byte)
}
