/**
 * How many brackets stand open at the deepest point of a JSON text; what is quoted does not count.
 * `JSON.parse` itself takes millions of levels.
 */
export function levelsOf(text: string): number {
  let [open, deepest, quoted] = [0, 0, false]
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    if (quoted) {
      if (letter === BACKSLASH) at += 1
      else if (letter === QUOTE) quoted = false
    } else if (letter === QUOTE) quoted = true
    else if (letter === BRACKET || letter === BRACE) deepest = Math.max(deepest, ++open)
    else if (letter === BRACKET_END || letter === BRACE_END) open -= 1
  }
  return deepest
}
const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [BRACKET, BRACKET_END] = [0x5b, 0x5d]
const [BRACE, BRACE_END] = [0x7b, 0x7d]
