/** What a file may cost before it is refused; a caller lowers single limits, never raises `columns`. */
export type FileLimits = Readonly<{
  /** Bytes of the file as delivered. */
  bytes: number
  /** Bytes that a gzip or XLSX file may unpack to. */
  unpackedBytes: number
  /** Unpacked bytes per packed byte, looked at once a stream has given more than 64 MiB. */
  ratio: number
  /** Files inside an XLSX. */
  entries: number
  columns: number
  /** UTF-8 bytes of one row. */
  rowBytes: number
  /** Seconds that the reading process of an XLSX or Parquet file may take. */
  seconds: number
  /** MiB of heap of that process. */
  megabytes: number
}>

const MIB = 1024 * 1024

export const FILE_LIMITS: FileLimits = {
  bytes: Number.POSITIVE_INFINITY,
  unpackedBytes: 64 * 1024 * MIB,
  ratio: 200,
  entries: 10_000,
  columns: 4096,
  rowBytes: MIB,
  seconds: 1800,
  megabytes: 384,
}

export function withLimits(limits: Partial<FileLimits> | undefined): FileLimits {
  return { ...FILE_LIMITS, ...limits }
}
