/** How much of the size of its letters a character is wide at most, in the fonts of the picture. */
function emsOf(character: string): number {
  if (/[MW@%mw]/.test(character)) return 0.92
  if (/[A-Z&]/.test(character)) return 0.75
  if (/[ .,:;·()/|ijl'!-]/.test(character)) return 0.36
  return /[ -ɏ]/.test(character) ? 0.6 : 1.02
}

/** How wide a line is at most, in the units of `size`. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, character) => sum + emsOf(character), 0) * size
}

type Fitted = Readonly<{ text: string; size: number }>

/** The line as large as it fits into `width`, from `size` down to `least`; what is longer is cut with `…`. */
export function fitted(text: string, width: number, size: number, least: number): Fitted {
  for (let smaller = size; smaller > least; smaller -= 1)
    if (widthOf(text, smaller) <= width) return { text, size: smaller }
  if (widthOf(text, least) <= width) return { text, size: least }
  const kept = [...text]
  while (kept.length > 0 && widthOf(`${kept.join('')}…`, least) > width) kept.pop()
  return { text: `${kept.join('').trimEnd()}…`, size: least }
}
