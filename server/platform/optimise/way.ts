/**
 * Stops on one way, each open from a minute and to be reached by another. `blocks` are stops that
 * are visited one after the other as they stand; every stop is in one block. `travel[a * size + b]`
 * are the minutes from a to b, `stay` those at a stop. The way begins at minute `start`, at
 * whichever stop comes first.
 */
export type Way = Readonly<{
  size: number
  travel: Float64Array
  stay: Float64Array
  opens: Float64Array
  closes: Float64Array
  start: number
  blocks: readonly (readonly number[])[]
}>

/** What a minute late, and one before a closed door, weigh against a minute on the way. */
export const LATE = 20
export const WAIT = 0.5

/** Minutes of travel, of waiting and of being late, summed over all stops. */
export type Times = Readonly<{ travel: number; wait: number; late: number }>

/** What going through blocks in an order comes to. */
export function timesOf(
  { size, travel, stay, opens, closes, start, blocks }: Way,
  order: readonly number[],
): Times {
  const sum = { travel: 0, wait: 0, late: 0 }
  let now = start
  let last = -1
  for (const stop of order.flatMap((block) => blocks[block] ?? [])) {
    const minutes = last < 0 ? 0 : (travel[last * size + stop] ?? 0)
    const wait = Math.max(0, (opens[stop] ?? 0) - now - minutes)
    now += minutes + wait
    sum.travel += minutes
    sum.wait += wait
    sum.late += Math.max(0, now - (closes[stop] ?? 0))
    now += stay[stop] ?? 0
    last = stop
  }
  return sum
}

export function costOf(way: Way, order: readonly number[]): number {
  const { travel, wait, late } = timesOf(way, order)
  return travel + WAIT * wait + LATE * late
}
