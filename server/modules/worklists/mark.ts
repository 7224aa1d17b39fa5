import { isDay } from '#platform/day.ts'
import { type Mark, type Order, readCursor } from '#platform/page.ts'
import { Refusal } from '#platform/refusal.ts'

/** Where the page before ended, made sure to be of the type that the list is sorted by. */
export function markOf({ column }: Order, cursor: string | undefined): Mark | undefined {
  const mark = readCursor(cursor)
  if (!mark) return undefined
  const isNumber = column.type === 'integer' || column.type === 'numeric'
  const isSound =
    !`${mark.value}${mark.id}`.includes('\0') &&
    (!isNumber || (mark.value !== '' && Number.isFinite(Number(mark.value)))) &&
    (column.type !== 'integer' || Number.isSafeInteger(Number(mark.value))) &&
    (column.type !== 'date' || isDay(String(mark.value)))
  if (!isSound) throw new Refusal('invalid', 'cursor-unreadable')
  return mark
}
