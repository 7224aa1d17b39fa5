import assert from 'node:assert/strict'
import type { Budget } from './budget.ts'
import { drawing } from './drawing.ts'
import { improved } from './moved-blocks.ts'
import { costOf, type Times, timesOf, type Way } from './way.ts'

/** The blocks, by number, in the order in which to go to them, and what that comes to. */
export type Ordered = Readonly<{ blocks: readonly number[] }> & Times

/** Shorter by less than this is not shorter: sums of floating point differ in the last digits. */
const SHORTER = 1e-9
/** Of so few blocks moves and turns find the best order without a kick. */
const FEW = 3

/**
 * Puts blocks of stops into an order with little travel, little waiting and, above all, little
 * lateness: each is inserted where it costs least, the next to close first; then runs of blocks are
 * moved and turned for as long as that helps; then the same again after random kicks, once per round
 * of the budget. The order is never worse than the blocks as they stand. Same seed and rounds, same
 * order.
 */
export function orderStops(way: Way, { seed, budget }: { seed: number; budget: Budget }): Ordered {
  const { blocks, size } = way
  assert(blocks.reduce((sum, { length }) => sum + length, 0) === size, 'a stop is in one block')
  const draw = drawing(seed)
  let best = improved(way, [...blocks.keys()])
  const other = improved(way, inserted(way))
  if (other.cost < best.cost - SHORTER) best = other
  for (let round = 0; blocks.length > FEW && budget(round) < 1; round++) {
    const next = improved(way, kicked(best.order, draw))
    if (next.cost < best.cost - SHORTER) best = next
  }
  return { blocks: best.order, ...timesOf(way, best.order) }
}

/** Three runs of the order in another sequence: what no single move leads back from. */
function kicked(order: readonly number[], draw: () => number): number[] {
  const cut = () => 1 + Math.floor(draw() * (order.length - 1))
  const [a = 0, b = 0, c = 0] = [cut(), cut(), cut()].sort((one, other) => one - other)
  return [...order.slice(0, a), ...order.slice(b, c), ...order.slice(a, b), ...order.slice(c)]
}

/** The blocks inserted one after the other where they cost least, the next to close first. */
function inserted(way: Way): number[] {
  const closes = (block: number) =>
    Math.min(...(way.blocks[block] ?? []).map((stop) => way.closes[stop] ?? 0))
  const urgent = [...way.blocks.keys()].sort((a, b) => closes(a) - closes(b) || a - b)
  let order: number[] = []
  for (const block of urgent) {
    let [best, least] = [order, Number.POSITIVE_INFINITY]
    for (let place = 0; place <= order.length; place++) {
      const next = order.toSpliced(place, 0, block)
      const cost = costOf(way, next)
      if (cost < least) [best, least] = [next, cost]
    }
    order = best
  }
  return order
}
