/** What a delivered file turned out to be, by its content; its name is never believed. */
export type FileShape =
  | Readonly<{
      kind: 'csv'
      bytes: number
      gzip: boolean
      encoding: Encoding
      bom: boolean
      delimiter: Delimiter
      /** Whether `"` at the start of a cell opens a quoted cell (RFC 4180). */
      quote: boolean
    }>
  | Readonly<{ kind: 'xlsx'; bytes: number; sheets: readonly string[] }>
  | Readonly<{ kind: 'parquet'; bytes: number }>

export type CsvShape = Extract<FileShape, { kind: 'csv' }>

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

export const DELIMITERS = [',', '\t', ';', '|', '\x01'] as const
export type Delimiter = (typeof DELIMITERS)[number]
