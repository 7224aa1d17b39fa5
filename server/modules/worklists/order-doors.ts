import { roundsOf } from '#platform/optimise/budget.ts'
import { orderStops } from '#platform/optimise/stop-order.ts'

/** A door to be visited: where it is, and in which minutes (of any one day) somebody is at home. */
export type Door = Readonly<{
  town: string | null
  place: string | null
  building: string | null
  /** Where it stands on the way through the branch: by village, building, entrance and floor. */
  route: number
  opens: number
  closes: number
}>

/** Minutes from door to door: nobody knows where villages lie, but which belong together. */
const WAY = { building: 1, place: 4, town: 12, branch: 25 }
const STAY = 10
/** What going back on the route costs: of ways of one length, the one that seldom does is taken. */
const BACK = 1e-3
/** Kicks of the search: many where there are few groups, for each takes longer with more of them. */
const KICKS_OF_ALL_GROUPS = 60
const SEED = 1

/**
 * In which order to go to doors, as places in the list given. One goes along the route, village by
 * village, building by building, floor by floor. Where not all have one window, doors of a town, a
 * village or a building that do stay together in that order, and these groups are put so that
 * everybody is met within the window as far as can be, with little way and waiting between.
 */
export function orderDoors(doors: readonly Door[]): number[] {
  const along = [...doors.keys()].sort((a, b) => routeOf(doors, a) - routeOf(doors, b) || a - b)
  if (countWindows(doors) < 2) return along
  const list = along.flatMap((i) => doors[i] ?? [])
  const blocks = groupsOf(list)
  const { blocks: sequence } = orderStops(
    {
      size: list.length,
      travel: Float64Array.from({ length: list.length ** 2 }, (_, way) => {
        const [from, to] = [Math.floor(way / list.length), way % list.length]
        return minutesBetween(list[from], list[to]) + (to < from ? BACK : 0)
      }),
      stay: new Float64Array(list.length).fill(STAY),
      opens: Float64Array.from(list, ({ opens }) => opens),
      closes: Float64Array.from(list, ({ closes }) => closes),
      start: Math.min(...list.map(({ opens }) => opens)),
      blocks,
    },
    { seed: SEED, budget: roundsOf(Math.floor(KICKS_OF_ALL_GROUPS / blocks.length)) },
  )
  return sequence.flatMap((block) => (blocks[block] ?? []).flatMap((i) => along[i] ?? []))
}

/** How many windows the doors have between them. */
export const countWindows = (windows: Iterable<Pick<Door, 'opens' | 'closes'>>): number =>
  new Set(Array.from(windows, ({ opens, closes }) => `${opens}-${closes}`)).size

const routeOf = (doors: readonly Door[], i: number) => doors[i]?.route ?? 0

/** The doors by number in groups of one window, as large as there are: towns, villages, buildings. */
function groupsOf(doors: readonly Door[]): number[][] {
  const byTown = ({ town }: Door) => JSON.stringify([town])
  const byPlace = ({ town, place }: Door) => JSON.stringify([town, place])
  const mixed = [byTown, byPlace].map((of) => {
    const groups = [...Map.groupBy(doors, of)]
    return new Set(groups.filter(([, some]) => countWindows(some) > 1).map(([name]) => name))
  })
  const groupOf = (door: Door) => {
    const { town, place, building, opens, closes } = door
    if (!mixed[0]?.has(byTown(door))) return JSON.stringify([town])
    if (!mixed[1]?.has(byPlace(door))) return JSON.stringify([town, place])
    return JSON.stringify([town, place, building, opens, closes])
  }
  const groups = Map.groupBy(doors.keys(), (i) => {
    const door = doors[i]
    return door && groupOf(door)
  })
  return [...groups.values()]
}

function minutesBetween(one: Door | undefined, other: Door | undefined): number {
  if (one?.town !== other?.town) return WAY.branch
  if (one?.place !== other?.place) return WAY.town
  return one?.building !== other?.building ? WAY.place : WAY.building
}
