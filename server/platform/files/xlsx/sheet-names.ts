const MAX_LENGTH = 31
const FORBIDDEN = /[[\]:*?/\\\p{Cc}]/gu

/**
 * Names as Excel takes them, one for each of `wanted` and in their order: without `[]:*?/\`, at
 * most 31 characters, not empty, not `History`, no quote at an end, and no two alike in any case;
 * the second of a kind becomes `name (2)`.
 */
export function sheetNames(wanted: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return wanted.map((name) => {
    const base = validName(name)
    let unique = base
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = withSuffix(base, ` (${n})`)
    taken.add(unique.toLowerCase())
    return unique
  })
}

function validName(name: string): string {
  const plain = name.toWellFormed().replaceAll(FORBIDDEN, ' ').trim()
  const bare = cut(plain, MAX_LENGTH)
    .replaceAll(/^'+|'+$/g, '')
    .trim()
  if (bare === '') return 'Sheet'
  return bare.toLowerCase() === 'history' ? `${bare}_` : bare
}

function withSuffix(base: string, suffix: string): string {
  return cut(base, MAX_LENGTH - suffix.length) + suffix
}

/** At most `length` UTF-16 units, no character halved. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const whole = text.slice(0, length)
  return (whole.isWellFormed() ? whole : whole.slice(0, -1)).trimEnd()
}
