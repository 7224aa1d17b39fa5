/** Orders texts as people number things: 2单元 before 10单元, 301室 before 1201室. */
export function inNaturalOrder(a: string, b: string): number {
  const [ones, others] = [partsOf(a), partsOf(b)]
  const at = ones.findIndex((part, nth) => part !== others[nth])
  if (at < 0) return ones.length - others.length
  const [one, other] = [ones[at] ?? '', others[at]]
  if (other === undefined) return 1
  const byNumber = Number(one) - Number(other)
  return byNumber || (one < other ? -1 : 1)
}

/** Runs of digits, and what is between them. */
const partsOf = (text: string): string[] => text.match(/\d+|\D+/g) ?? []
