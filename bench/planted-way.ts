import { roundsOf } from '#platform/optimise/budget.ts'
import { drawing } from '#platform/optimise/drawing.ts'
import { orderStops } from '#platform/optimise/stop-order.ts'
import type { Way } from '#platform/optimise/way.ts'

const STAY = 8
const SQUARE = 60
/** How long before and after one would come by on the known way a door opens and closes, at most. */
const SLACK = 30
const NEVER = 1e6

/**
 * Doors strewn over a square of an hour’s way each side, with tight windows around a way that is
 * known: the shortest that is found where every door is always open.
 */
export function plantWay(count: number, seed: number): Readonly<{ way: Way; planted: number[] }> {
  const draw = drawing(seed)
  const doors = Array.from({ length: count }, () => [SQUARE * draw(), SQUARE * draw()] as const)
  const travel = new Float64Array(count * count)
  for (const [a, [x, y]] of doors.entries())
    for (const [b, [u, v]] of doors.entries()) travel[a * count + b] = Math.hypot(x - u, y - v)
  const free: Way = {
    ...{ size: count, travel, start: 0, blocks: doors.map((_, door) => [door]) },
    stay: new Float64Array(count).fill(STAY),
    opens: new Float64Array(count),
    closes: new Float64Array(count).fill(NEVER),
  }
  const planted = [...orderStops(free, { seed, budget: roundsOf(10) }).blocks]
  const opens = new Float64Array(count)
  const closes = new Float64Array(count)
  let now = 0
  for (const [place, door] of planted.entries()) {
    now += travel[(planted[place - 1] ?? door) * count + door] ?? 0
    opens[door] = now - SLACK * draw()
    closes[door] = now + SLACK * draw()
    now += STAY
  }
  return { way: { ...free, opens, closes }, planted }
}
