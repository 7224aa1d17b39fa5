/**
 * One spelling for the header cells that people and BSS systems write in many: width (NFKC), case,
 * blanks and line breaks inside, 帐 for 账, and every kind of bracket as `()`.
 */
export function normaliseHeader(cell: string): string {
  return cell
    .normalize('NFKC')
    .replaceAll(/[\s\u200B-\u200D\uFEFF]+/gu, '')
    .replaceAll('帐', '账')
    .replaceAll(/[[{【〔〖「『《〈]/gu, '(')
    .replaceAll(/[\]}】〕〗」』》〉]/gu, ')')
    .toLowerCase()
}

/** How far down a header is looked for. */
export const HEADER_SEARCH_ROWS = 50

/**
 * The index of the header among the first rows of a file: the row with most distinct cells that
 * `knows` recognises, the upper one of equals. One known word in a narrow row may be part of a
 * title, so it does not count. Where nothing is known, the header is the first row that is as wide
 * as most rows and more than half filled. `null` if every row is blank.
 */
export function findHeader(
  rows: readonly (readonly string[])[],
  knows: ((cell: string) => boolean) | undefined,
): number | null {
  const usual = modeOf(rows.filter((row) => filledCells(row) > 0).map((row) => row.length))
  if (usual === null) return null
  const known = rows.map((row) => (knows ? knownCells(row, knows) : 0))
  const most = Math.max(...known)
  const best = known.indexOf(most)
  if (most >= 2 || (most === 1 && (rows[best]?.length ?? 0) >= usual)) return best
  const filled = rows.findIndex((row) => row.length >= usual && filledCells(row) * 2 > usual)
  return filled >= 0 ? filled : rows.findIndex((row) => row.length >= usual)
}

function filledCells(row: readonly string[]): number {
  return row.filter((cell) => cell.trim() !== '').length
}

/** Cells up to the last one that is not empty. */
export function widthOf(row: readonly string[]): number {
  return row.findLastIndex((cell) => cell.trim() !== '') + 1
}

function knownCells(row: readonly string[], knows: (cell: string) => boolean): number {
  const cells = new Set(row.map(normaliseHeader))
  return [...cells].filter((cell) => cell !== '' && knows(cell)).length
}

/** The most frequent of `widths`, the greatest of equals; `null` of none. */
function modeOf(widths: readonly number[]): number | null {
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  const ranked = [...counts].sort(([a, n], [b, m]) => m - n || b - a)
  return ranked[0]?.[0] ?? null
}
