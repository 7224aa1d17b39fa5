import type { Assignment } from './assignment.ts'
import { at, type Demand } from './assignment.ts'

/**
 * Numbers each person’s tasks from 1: doors first, then installations, the hall and calls, each
 * along the route. 0 for a candidate that is nobody’s.
 */
export function orderVisits(demand: Demand, { person, touchpoint }: Assignment): Int32Array {
  const taken = [...person.keys()].filter((i) => at(person, i) >= 0)
  taken.sort(
    (a, b) =>
      at(person, a) - at(person, b) ||
      at(touchpoint, a) - at(touchpoint, b) ||
      at(demand.route, a) - at(demand.route, b),
  )
  const visits = new Int32Array(person.length)
  let [last, visit] = [-1, 0]
  for (const i of taken) {
    visit = at(person, i) === last ? visit + 1 : 1
    last = at(person, i)
    visits[i] = visit
  }
  return visits
}
