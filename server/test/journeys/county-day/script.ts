import { chance } from './chance.ts'
import type { Expectation } from './expectation.ts'
import { atClock, type Door, fateOf, later, type Said, say } from './said.ts'
import { DAY, type Grid, type World } from './world.ts'

/**
 * Who of a crew is out of the ordinary, by place: in the marked grids one is ill, the tasks of a
 * second go to a third, those of a fourth are taken back and some of them go to a fifth; everywhere
 * some have no network until the evening, one sends everything twice, and one has a clock that is
 * two days wrong.
 */
export const PLACE = {
  ...{ ill: 0, offline: 1, loses: 2, gains: 3, takenFrom: 4, givenTo: 5, twice: 6, lends: 7 },
  ...{ borrows: 8, clock: 9 },
} as const
/** How many tasks of a day change hands, and how many of those taken back are given again. */
export const MOVED = 4
export const GIVEN_AGAIN = 2

export type Hands = Readonly<{
  /** What the plan gave to a person, in an order that stays. */
  planOf(staffId: string): readonly Door[]
  /** Who has what the one who is ill had. */
  shares: ReadonlyMap<string, readonly Door[]>
}>

const isMarked = (world: World, grid: Grid) => world.marked.includes(grid)

export function hasNetwork(world: World, grid: Grid, place: number): boolean {
  if (place === PLACE.offline || place === PLACE.loses) return false
  return place !== PLACE.takenFrom || !isMarked(world, grid)
}

/** By how much the clock of a phone is ahead, in milliseconds. */
export function clockAhead(world: World, grid: Grid, place: number): number {
  if (place !== PLACE.clock) return 0
  return (world.grids.indexOf(grid) % 2 === 0 ? 1 : -1) * 2 * 24 * 3_600_000
}

/** Everybody of the crews, with the place in the crew. */
export const everybody = (world: World) =>
  world.grids.flatMap((grid) => grid.sellers.map((staffId, place) => ({ grid, staffId, place })))
export type Seller = ReturnType<typeof everybody>[number]

const colleagueOf = ({ grid, place }: Seller) =>
  grid.sellers[place === PLACE.borrows ? PLACE.givenTo : PLACE.borrows] ?? ''

/** What a person told by day, in the order of the visits; those of the morning before noon. */
export function visitsOf(world: World, seller: Seller, hands: Hands): Said[] {
  const { grid, staffId, place } = seller
  const own = hands.planOf(staffId)
  const at = (index: number) => grid.sellers[index] ?? ''
  const isOdd = isMarked(world, grid)
  const told = (doors: readonly Door[], from: string, minutes: number) =>
    doors.flatMap((door, nth) => {
      const fate = forced(world, seller, door, hands) ?? fateOf(staffId, door)
      const when = later(from, Math.floor((minutes * nth) / doors.length))
      const visit = { staffId, door, at: when, colleague: colleagueOf(seller) }
      return fate ? [say(visit, fate)] : []
    })
  // Before the news of the illness spread, two doors had been knocked at.
  if (isOdd && place === PLACE.ill) return told(own.slice(0, 2), atClock('08:10'), 30)
  const others = isOdd
    ? [
        ...(hands.shares.get(staffId) ?? []),
        ...(place === PLACE.gains ? hands.planOf(at(PLACE.loses)).slice(0, MOVED / 2) : []),
      ]
    : []
  const doors = [...own, ...others]
  const half = Math.ceil(doors.length / 2)
  const given =
    isOdd && place === PLACE.givenTo ? hands.planOf(at(PLACE.takenFrom)).slice(0, 1) : []
  return [
    ...told(doors.slice(0, half), atClock('09:40'), 100),
    ...told([...doors.slice(half), ...given], atClock('14:10'), 160),
  ]
}

/** What has to come of a few visits, so that each case is there on every day. */
function forced(world: World, { grid, staffId, place }: Seller, door: Door, hands: Hands) {
  const nthOf = (at: number) =>
    hands.planOf(grid.sellers[at] ?? '').findIndex(({ taskId }) => taskId === door.taskId)
  if (place === PLACE.clock && nthOf(place) === 0) return 'promised'
  if (!isMarked(world, grid)) return undefined
  if (place === PLACE.ill) return nthOf(place) === 0 ? 'done' : 'promised'
  if (place === PLACE.gains && nthOf(PLACE.loses) === 0) return 'done'
  if (place === PLACE.givenTo && nthOf(PLACE.takenFrom) === 0) return 'done'
  if (place === PLACE.loses && nthOf(place) >= 0 && nthOf(place) < MOVED)
    return fateOf(staffId, door) ?? 'done'
  if (place === PLACE.takenFrom && nthOf(place) >= 0 && nthOf(place) < MOVED)
    return nthOf(place) === GIVEN_AGAIN ? 'promised' : 'done'
  return undefined
}

/** Who goes out once more in the evening: to most of those who were not at home, or were handed over. */
export function eveningOf(world: World, expected: Expectation): ReadonlyMap<Seller, Said[]> {
  const open = [...expected.tasks.values()].filter(
    (task) => !task.isPlanned && task.day === DAY && task.state === 'open',
  )
  const rounds = everybody(world).map((seller): [Seller, Said[]] => {
    const { staffId, grid, place } = seller
    const mine = hasNetwork(world, grid, place)
      ? open.filter((task) => task.assigneeId === staffId)
      : []
    const said = mine
      .sort((a, b) => (a.subscriberId < b.subscriberId ? -1 : 1))
      .flatMap((task, nth) => {
        const of = chance(100, 'evening', staffId, task.subscriberId)
        const fate = of < 40 ? 'done' : of < 60 ? 'not_at_home' : of < 75 ? 'promised' : undefined
        const visit = { staffId, door: task, at: later(atClock('17:35'), nth) }
        return fate ? [say({ ...visit, colleague: colleagueOf(seller) }, fate)] : []
      })
    return [seller, said]
  })
  return new Map(rounds.filter(([, said]) => said.length > 0))
}

/** Households in whose hands nothing else out of the ordinary is, by what happens to them elsewhere. */
export function elsewhere(doors: readonly (Door & { isMarketing: boolean })[]) {
  const drawn =
    (what: string, of: number) =>
    ({ subscriberId }: Door) =>
      chance(of, what, subscriberId) === 0
  const refusing = doors.filter(drawn('refuses by telephone', 30))
  const others = doors.filter((door) => !refusing.includes(door))
  return {
    refusing,
    renewing: others.filter((door) => !door.isMarketing && drawn('pays at the hall', 20)(door)),
    returning: others.filter((door) => door.isMarketing && drawn('comes back', 20)(door)),
  }
}
