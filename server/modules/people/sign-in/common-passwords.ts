import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Whether a password is one that is tried first: a common word or pattern, also with digits and
 * signs before or behind it, with look-alikes for letters, or made of two such words. The words are
 * in `common-passwords.txt`, which `tools/common-passwords.ts` makes.
 */
export function isCommon(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  const bare = text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return [fold(text), lettersOf(text), fold(bare), lettersOf(bare)].some(isMadeOfCommon)
}

/** The letters of a text after look-alikes were made alike: `p@ssw0rd` and `password` have the same. */
export const lettersOf = (text: string): string => fold(text).replaceAll(/[^\p{L}]/gu, '')

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g' },
  ...{ '@': 'a', $: 's', '!': 'i', '|': 'i', '+': 't', l: 'i' },
}
const fold = (text: string) =>
  [...text.normalize('NFKC').toLowerCase()].map((char) => LOOK_ALIKES[char] ?? char).join('')

/** Shorter ones are in any password by chance. */
const SHORTEST_PART = 4

function isMadeOfCommon(folded: string): boolean {
  const known = words()
  if (folded.length < SHORTEST_PART) return false
  if (known.has(folded)) return true
  for (let at = SHORTEST_PART; at <= folded.length - SHORTEST_PART; at++)
    if (known.has(folded.slice(0, at)) && known.has(folded.slice(at))) return true
  return false
}

let read: ReadonlySet<string> | undefined
function words(): ReadonlySet<string> {
  read ??= new Set(
    readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8')
      .split('\n')
      .filter((word) => word !== '')
      .map(fold),
  )
  return read
}
