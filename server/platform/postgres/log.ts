import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { rename, stat } from 'node:fs/promises'

const LARGEST_LOG = 4 * 1024 * 1024
const TAIL = 2_000

/** Puts a log that has grown large aside, where it replaces the one before it. */
export async function rotateLog(log: string): Promise<void> {
  if (!existsSync(log)) return
  if ((await stat(log)).size > LARGEST_LOG) await rename(log, `${log}.1`)
}

/** The last lines of a log, 2,000 bytes at most; empty when there is none. */
export function tailOf(log: string): string {
  if (!existsSync(log)) return ''
  const file = openSync(log, 'r')
  try {
    const { size } = fstatSync(file)
    const bytes = Buffer.alloc(Math.min(size, TAIL))
    readSync(file, bytes, 0, bytes.length, size - bytes.length)
    return bytes.toString('utf8').trim()
  } finally {
    closeSync(file)
  }
}
