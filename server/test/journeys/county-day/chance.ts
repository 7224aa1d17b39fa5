import { createHash } from 'node:crypto'

const KEY = 'a Saturday in November'

const digestOf = (words: readonly string[]) =>
  createHash('sha256')
    .update([KEY, ...words].join('|'))
    .digest()

/** A whole number from 0 up to, not including, `below`: the same for the same words, always. */
export const chance = (below: number, ...words: readonly string[]): number =>
  digestOf(words).readUInt32BE() % below

/** An id that a device might have made: the same for the same words. */
export function uuidOf(...words: readonly string[]): string {
  const hex = digestOf(words).toString('hex')
  const [a, b, c] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 15)]
  return `${a}-${b}-4${c}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`
}
