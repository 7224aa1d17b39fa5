/** The list with the item at `place` moved by one; at an end it stays where it is. */
export function moved<T>(items: readonly T[], place: number, by: 1 | -1): T[] {
  const target = place + by
  const list = [...items]
  const [here, there] = [list[place], list[target]]
  if (here === undefined || there === undefined) return list
  list[place] = there
  list[target] = here
  return list
}
