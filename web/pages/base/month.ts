import { addDays, daysBetween, weekdayOf } from '../../format/day.ts'

/** A field of a month’s grid; null where the month does not reach. */
export type Field = string | null

/** The weeks of [from, to), Monday first, with empty fields before the first and after the last day. */
export function weeksOf(from: string, to: string): readonly (readonly Field[])[] {
  const lead = (weekdayOf(from) + 6) % 7
  const days = Array.from({ length: daysBetween(from, to) }, (_, place) => addDays(from, place))
  const fields: Field[] = [...Array.from({ length: lead }, () => null), ...days]
  while (fields.length % 7 !== 0) fields.push(null)
  return Array.from({ length: fields.length / 7 }, (_, week) =>
    fields.slice(week * 7, week * 7 + 7),
  )
}

/** How warm a field is, 0–5: none, then by fifths of the month’s fullest day. */
export function warmth(count: number, fullest: number): 0 | 1 | 2 | 3 | 4 | 5 {
  if (count <= 0 || fullest <= 0) return 0
  return Math.max(1, Math.min(5, Math.ceil((count / fullest) * 5))) as 1 | 2 | 3 | 4 | 5
}
