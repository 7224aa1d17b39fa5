import assert from 'node:assert/strict'
import { type Crew, type Crews, HANDS_ON, type HandsOn, havingSkill, order } from './crews.ts'
import { spread } from './spread.ts'

/**
 * Who wants to be visited, in order of priority (ties by campaign and subscriber id): candidate
 * `i` lives in crew `crew[i]`, may be met through the touchpoints `wishes[wish[i]]` in that order,
 * and stands at `route[i]` on the way through the branch. No two candidates share a place there.
 */
export type Demand = Readonly<{
  crew: Int32Array
  wish: Uint16Array
  route: Int32Array
  wishes: readonly (readonly HandsOn[])[]
  /** What whoever meets them must be able to do, wish by wish; null: anybody may. */
  skills: readonly (string | null)[]
}>

/** Rules of the branch. `mayOverflow`: a full crew hands over to its hall’s, then its zone’s crews. */
export type PlanRules = Readonly<{ mayOverflow: boolean }>

/** Place of a person in `Crews.people` and of a touchpoint in `HANDS_ON`; -1 for nobody. */
export type Assignment = Readonly<{ person: Int32Array; touchpoint: Int8Array }>

/** From whom a candidate may be served: own path, then crews of the same hall, then of the zone. */
const OWN = 0
const HALL = 1
const ZONE = 2
const NOBODY = -1

/**
 * Divides the candidates among the people who work on the day. Same input, same output.
 *
 * Ring by ring (own crew and those above it; crews of the hall; crews of the zone) and inside a
 * ring by priority, a candidate takes the first touchpoint of the wish that has room: in the own
 * ring at the lowest unit with room, in the others at the crew with the smallest share in use. So
 *
 * - a crew serves its own grid first, and there nobody of lower priority takes what somebody of
 *   higher priority would have taken;
 * - room only shrinks, hence whoever stays unassigned found every crew in reach full, and finds
 *   them full at the end: capacity is never left beside a candidate that may have it;
 * - lowest unit first loses nobody: what is above a grid serves more grids, so room there is
 *   taken only by candidates whose lower crews are full.
 *
 * What people then hold is evened out by `spread`, which moves no candidate between touchpoints,
 * nor out of a crew that took it over, and each person’s part is cut out of the route in one piece.
 *
 * What needs a skill is divided first, among those who have it: the skill of the fewest people
 * before the others, and what anybody may do at last, on top of what each has by then. So nobody
 * who can do what few can is full of what everybody can.
 */
export function assign(of: Crews, demand: Demand, rules: PlanRules): Assignment {
  const size = demand.crew.length
  const person = new Int32Array(size).fill(NOBODY)
  const touchpoint = new Int8Array(size).fill(NOBODY)
  const loads = HANDS_ON.map(() => new Int32Array(of.people.length))
  for (const skill of inTurn(of, demand.skills)) {
    const able = havingSkill(of, skill)
    const chosen = chooseAll(able, demand, rules, { skill, loads })
    for (const [place, load] of loads.entries())
      spread(able, demand, chosen, { place, load }, person)
    for (const [i, place] of chosen.touchpoint.entries())
      if (place !== NOBODY) touchpoint[i] = place
  }
  return { person, touchpoint }
}

/** The skills asked for, that of the fewest people at work first, ties by name; null comes last. */
function inTurn(of: Crews, skills: Demand['skills']): (string | null)[] {
  const asked = [...new Set(skills)].filter((skill) => skill !== null)
  const having = (skill: string) =>
    of.people.filter((member) => member.works && member.skills.includes(skill)).length
  return [...asked.sort((a, b) => having(a) - having(b) || order(a, b)), null]
}

/** What was chosen for each candidate; `keeper` is the crew that took it over, -1 in the own ring. */
export type Chosen = Readonly<{ touchpoint: Int8Array; keeper: Int32Array }>

/** Chooses for the candidates who need `skill`; `loads` is what each person has already. */
function chooseAll(
  able: Crews,
  demand: Demand,
  rules: PlanRules,
  { skill, loads }: Readonly<{ skill: string | null; loads: readonly Int32Array[] }>,
): Chosen {
  const size = demand.crew.length
  const chosen: Chosen = {
    touchpoint: new Int8Array(size).fill(NOBODY),
    keeper: new Int32Array(size).fill(NOBODY),
  }
  const room = able.crews.map(({ capacity, members }) =>
    Int32Array.from(capacity, (all, place) =>
      members.reduce((left, member) => left - (loads[place]?.[member] ?? 0), all),
    ),
  )
  for (const ring of rules.mayOverflow ? [OWN, HALL, ZONE] : [OWN]) {
    // Room only shrinks: where one found none, nobody of the same home and wish finds any later.
    const isFull = new Uint8Array(able.crews.length * demand.wishes.length)
    for (let i = 0; i < size; i++) {
      const wish = at(demand.wish, i)
      if (demand.skills[wish] !== skill) continue
      const kind = at(demand.crew, i) * demand.wishes.length + wish
      if (chosen.touchpoint[i] !== NOBODY || isFull[kind]) continue
      if (!choose(able, demand, chosen, room, ring, i)) isFull[kind] = 1
    }
  }
  return chosen
}

/** Takes the first room there is for candidate `i` in a ring; false where there is none. */
function choose(
  of: Crews,
  demand: Demand,
  chosen: Chosen,
  room: readonly Int32Array[],
  ring: number,
  i: number,
): boolean {
  const home = of.crews[at(demand.crew, i)]
  assert(home, 'every candidate has a crew, be it the branch')
  for (const touchpoint of demand.wishes[at(demand.wish, i)] ?? []) {
    const place = HANDS_ON.indexOf(touchpoint)
    const crew = ring === OWN ? lowest(home, room, place) : emptiest(of, home, room, ring, place)
    if (crew === undefined) continue
    const left = room[crew]
    assert(left)
    left[place] = at(left, place) - 1
    chosen.touchpoint[i] = place
    if (ring !== OWN) chosen.keeper[i] = crew
    return true
  }
  return false
}

function lowest(home: Crew, room: readonly Int32Array[], place: number): number | undefined {
  return home.path.find((crew) => (room[crew]?.[place] ?? 0) > 0)
}

/** The crew of the ring with the smallest share in use, ties by unit id; undefined if all are full. */
function emptiest(
  of: Crews,
  home: Crew,
  room: readonly Int32Array[],
  ring: number,
  place: number,
): number | undefined {
  const centre = ring === HALL ? home.hall : home.zone
  if (centre === null) return undefined
  let best: number | undefined
  let [bestRoom, bestCapacity] = [0, 1]
  for (const crew of of.crews[centre]?.below ?? []) {
    const left = room[crew]?.[place] ?? 0
    const capacity = of.crews[crew]?.capacity[place] ?? 0
    if (left * bestCapacity > bestRoom * capacity)
      [best, bestRoom, bestCapacity] = [crew, left, capacity]
  }
  return best
}

/** An element that is known to be there; the arrays of a demand have one length. */
export function at(numbers: Int32Array | Uint16Array | Int8Array, place: number): number {
  const value = numbers[place]
  assert(value !== undefined, `no element ${place}`)
  return value
}
