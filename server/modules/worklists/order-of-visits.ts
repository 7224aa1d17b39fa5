import { type Assignment, at, type Demand } from './assignment.ts'
import { HANDS_ON } from './crews.ts'
import { countWindows, type Door, orderDoors } from './order-doors.ts'

const DOOR = HANDS_ON.indexOf('door')

/** When a door is open, in minutes. */
export type Window = Pick<Door, 'opens' | 'closes'>

/**
 * The window of each door, by candidate, of people whose doors have not all the same one: only
 * their days are more than a walk along the route. `windows` are those of the wishes.
 */
export function unlikeDoors(
  demand: Demand,
  { person, touchpoint }: Assignment,
  windows: readonly (Window | undefined)[],
): ReadonlyMap<number, Window> {
  const doors = [...person.keys()].filter((i) => at(person, i) >= 0 && at(touchpoint, i) === DOOR)
  const days = Map.groupBy(doors, (i) => at(person, i))
  return new Map(
    [...days.values()].flatMap((day) => {
      const open = day.flatMap((i) => {
        const window = windows[at(demand.wish, i)]
        return window ? [[i, window] as const] : []
      })
      return countWindows(open.map(([, window]) => window)) > 1 ? open : []
    }),
  )
}

/**
 * Numbers each person’s tasks from 1: doors first, then installations, the hall and calls, each
 * along the route; doors that are told in `doors`, by candidate, so that their windows are kept. A
 * person has all doors in there or none. 0 for a candidate that is nobody’s.
 */
export function orderVisits(
  demand: Demand,
  { person, touchpoint }: Assignment,
  doors: ReadonlyMap<number, Door> = new Map(),
): Int32Array {
  const taken = [...person.keys()].filter((i) => at(person, i) >= 0)
  taken.sort(
    (a, b) =>
      at(person, a) - at(person, b) ||
      at(touchpoint, a) - at(touchpoint, b) ||
      at(demand.route, a) - at(demand.route, b),
  )
  const visits = new Int32Array(person.length)
  for (const tasks of Map.groupBy(taken, (i) => at(person, i)).values()) {
    const atDoors = tasks.filter((i) => at(touchpoint, i) === DOOR)
    const others = tasks.slice(atDoors.length)
    const told = atDoors.flatMap((i) => doors.get(i) ?? [])
    const inOrder = orderDoors(told).flatMap((place) => atDoors[place] ?? [])
    const day = told.length === atDoors.length ? inOrder : atDoors
    for (const [place, i] of [...day, ...others].entries()) visits[i] = place + 1
  }
  return visits
}
