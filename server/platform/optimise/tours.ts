import assert from 'node:assert/strict'
import type { Budget } from './budget.ts'
import { drawing } from './drawing.ts'
import { recreate } from './recreate.ts'
import { Ruin } from './ruin.ts'
import { lengthOf, savings } from './savings.ts'

/**
 * Stops to be served by tours from one depot and back. Stops are numbered from 1, the depot is 0,
 * `size` counts both; `distance[a * size + b]` is the way from a to b, the same both ways;
 * `demand[0]` is 0; no tour carries more than `capacity`.
 */
export type Errand = Readonly<{
  size: number
  distance: Float64Array
  demand: Float64Array
  capacity: number
}>

export type Tours = Readonly<{
  /** The stops of each tour in order, the depot left out. */
  tours: readonly (readonly number[])[]
  cost: number
  rounds: number
}>

/** One tour of a solution; it belongs to the round it was made in and is never changed later. */
export type Tour = { stops: number[]; load: number; round: number }

/** Solutions that are worse by about so much of a mean leg are still taken, at first and at last. */
const WARM = 0.6
const COLD = 0.003

/**
 * Finds short tours that serve every stop once within the capacity, as many tours as it takes:
 * from those of `savings`, strings of neighbouring stops are taken out and put back where they
 * cost least, again and again (ruin and recreate, after Christiaens and Vanden Berghe, “Slack
 * induction by string removals”, 2020), and worse solutions are taken ever less willingly
 * (annealing). Same seed and rounds, same tours.
 */
export function findTours(
  errand: Errand,
  { seed, budget }: { seed: number; budget: Budget },
): Tours {
  for (const demand of errand.demand)
    assert(demand <= errand.capacity, 'no stop asks for more than a tour can carry')
  const draw = drawing(seed)
  let now: Tour[] = savings(errand).map((stops) => ({
    stops,
    load: stops.reduce((sum, stop) => sum + (errand.demand[stop] ?? 0), 0),
    round: 0,
  }))
  let cost = now.reduce((sum, { stops }) => sum + lengthOf(errand, stops), 0)
  let [best, bestCost] = [now, cost]
  const ruin = new Ruin(errand, now)
  const leg = cost / (errand.size + now.length)
  let rounds = 0
  for (let used = budget(0); used < 1; used = budget(rounds)) {
    rounds += 1
    const next = now.slice()
    const { absent, saved } = ruin.ruin(next, rounds, draw)
    const changed = cost - saved + recreate(errand, next, absent, rounds, draw)
    const heat = leg * WARM * (COLD / WARM) ** used
    if (changed >= cost - heat * Math.log(1 - draw())) continue
    ruin.settle(next, rounds)
    ;[now, cost] = [next, changed]
    if (cost < bestCost) [best, bestCost] = [now, cost]
  }
  const tours = best.filter(({ stops }) => stops.length > 0).map(({ stops }) => stops)
  return { tours, cost: tours.reduce((sum, stops) => sum + lengthOf(errand, stops), 0), rounds }
}
