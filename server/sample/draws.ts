/**
 * Chance that can be asked for by name. A draw depends only on the seed, the stream (what is being
 * decided), the key (for whom) and a number (which time), never on what was drawn before. So a new
 * column reshuffles nothing, and one household can be told without telling those before it.
 */
export type Draws = Readonly<{
  /** A whole number from 0 to 2³² − 1. `key` and `nth` are taken modulo 2³². */
  whole(stream: number, key: number, nth?: number): number
  /** A number from 0 up to, not including, 1. */
  share(stream: number, key: number, nth?: number): number
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number, stream: number, key: number, nth?: number): number
  /** Whether an event of this probability happens. */
  happens(probability: number, stream: number, key: number, nth?: number): boolean
}>

export function drawsOf(seed: number): Draws {
  const whole = (stream: number, key: number, nth = 0): number => {
    let hash = Math.imul(key, 0x9e3779b1) ^ seed
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) + stream
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) + Math.imul(nth, 0x27d4eb2f)
    hash = Math.imul(hash ^ (hash >>> 16), 0x2c1b3c6d)
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
    return (hash ^ (hash >>> 15)) >>> 0
  }
  const share = (stream: number, key: number, nth = 0) => whole(stream, key, nth) / 2 ** 32
  return {
    whole,
    share,
    below: (below, stream, key, nth = 0) => Math.floor(share(stream, key, nth) * below),
    happens: (probability, stream, key, nth = 0) => share(stream, key, nth) < probability,
  }
}

/** The number of a stream, from its name: FNV-1a, so that names need no registry. */
export function stream(name: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++)
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0
  return hash
}

/** The value into whose part of the whole `at` (0–1) falls; parts are weights of any sum. */
export function weighted<T>(parts: readonly (readonly [T, number])[], at: number): T {
  let left = at * parts.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of parts) {
    left -= weight
    if (left < 0) return value
  }
  const last = parts.at(-1)
  if (last === undefined) throw new Error('weighted: no parts')
  return last[0]
}
