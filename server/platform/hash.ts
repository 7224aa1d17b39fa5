import { createHash } from 'node:crypto'

/** SHA-256 of a text as 64 hex digits. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * A number in [0, 1) that depends on `key` and `id` alone: the same household falls into the same
 * group of a campaign on every run and every machine. The first 48 bits of SHA-256(key NUL id).
 */
export function keyedShare(key: string, id: string): number {
  return Number.parseInt(sha256Hex(`${key}\0${id}`).slice(0, 12), 16) / 2 ** 48
}

/** A short content hash for names of plans, tasks and snapshots: 96 bits as 24 hex digits. */
export function shortHash(...parts: readonly string[]): string {
  return sha256Hex(parts.join('\0')).slice(0, 24)
}

/** A UUID of version 8 that depends on these parts alone. */
export function uuidOf(...parts: readonly string[]): string {
  const hex = sha256Hex(parts.join('\0'))
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
}
