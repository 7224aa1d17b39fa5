import assert from 'node:assert/strict'

/** Touchpoints that take a person’s time, in the order of a working day. */
export const HANDS_ON = ['door', 'installer', 'hall', 'call_out'] as const
export type HandsOn = (typeof HANDS_ON)[number]

/** A unit of the organisation as it stands on the day; `parentId` may lie outside the units given. */
export type CrewUnit = Readonly<{
  unitId: string
  parentId: string | null
  kind: string
  name: string
}>

/** Somebody of the branch. `capacity` counts tasks a working day; `works` says whether D is one. */
export type Member = Readonly<{
  staffId: string
  unitId: string
  works: boolean
  capacity: Readonly<Record<HandsOn, number>>
  skills: readonly string[]
}>

/** A unit with the people who belong to it, as numbers for the assignment. */
export type Crew = Readonly<{
  unitId: string
  name: string
  /** Places in the list of crews: this crew first, then those above it up to the branch. */
  path: readonly number[]
  /** This crew and all below it. */
  below: readonly number[]
  /** The hall and the zone the crew belongs to, or is. */
  hall: number | null
  zone: number | null
  /** Places in the list of people: who works on the day, in order of id. */
  members: readonly number[]
  /** Capacity of those members by touchpoint, in the order of `HANDS_ON`. */
  capacity: readonly number[]
  /** Whether anybody of the unit has capacity on any day of the week, by touchpoint. */
  staffed: readonly boolean[]
}>

export type Crews = Readonly<{
  crews: readonly Crew[]
  /** In order of id. */
  people: readonly Member[]
  /** The place of a unit in `crews`; undefined for a unit that does not stand on the day. */
  placeOf(unitId: string): number | undefined
}>

/**
 * Lays out the units of one branch, the branch itself among them, and its people. Crews come in
 * order of unit id and people in order of staff id, so that nothing depends on the order given.
 * People whose unit is not among `units` (posts above the branch) take no tasks.
 */
export function layOut(units: readonly CrewUnit[], people: readonly Member[]): Crews {
  const sorted = units.toSorted((a, b) => order(a.unitId, b.unitId))
  const places = new Map(sorted.map((unit, place) => [unit.unitId, place]))
  const staff = people
    .filter((member) => places.has(member.unitId))
    .toSorted((a, b) => order(a.staffId, b.staffId))
  const paths = sorted.map((unit) => climb(unit, sorted, places))
  const below = sorted.map((): number[] => [])
  for (const [place, path] of paths.entries()) for (const above of path) below[above]?.push(place)
  const kindAbove = (path: readonly number[], kind: string) =>
    path.find((place) => sorted[place]?.kind === kind) ?? null
  const crews = sorted.map((unit, place): Crew => {
    const path = paths[place] ?? []
    return {
      unitId: unit.unitId,
      name: unit.name,
      path,
      below: below[place] ?? [],
      hall: kindAbove(path, 'hall'),
      zone: kindAbove(path, 'zone'),
      ...staffing(unit.unitId, staff),
    }
  })
  return { crews, people: staff, placeOf: (unitId) => places.get(unitId) }
}

/** The same crews as if nobody worked there but those who have a skill; all of them for null. */
export function havingSkill(of: Crews, skill: string | null): Crews {
  if (skill === null) return of
  const able = (member: Member) => member.skills.includes(skill)
  const crews = of.crews.map((crew) => ({ ...crew, ...staffing(crew.unitId, of.people, able) }))
  return { ...of, crews }
}

/** What the people of a unit can do; `able` says who counts. */
function staffing(
  unitId: string,
  staff: readonly Member[],
  able: (member: Member) => boolean = () => true,
): Pick<Crew, 'members' | 'capacity' | 'staffed'> {
  const own = [...staff.entries()].filter(([, member]) => member.unitId === unitId && able(member))
  const atWork = own.filter(([, member]) => member.works)
  return {
    members: atWork.map(([number]) => number),
    capacity: HANDS_ON.map((touchpoint) =>
      atWork.reduce((sum, [, member]) => sum + member.capacity[touchpoint], 0),
    ),
    staffed: HANDS_ON.map((touchpoint) =>
      own.some(([, member]) => member.capacity[touchpoint] > 0),
    ),
  }
}

/** Plain order of code units: the same on every machine, whatever its locale. */
export const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function climb(
  from: CrewUnit,
  units: readonly CrewUnit[],
  places: ReadonlyMap<string, number>,
): number[] {
  const path: number[] = []
  for (let unit: CrewUnit | undefined = from; unit; ) {
    const place: number | undefined = places.get(unit.unitId)
    assert(place !== undefined && !path.includes(place), `a circle above ${from.unitId}`)
    path.push(place)
    const above: number | undefined = unit.parentId === null ? undefined : places.get(unit.parentId)
    unit = above === undefined ? undefined : units[above]
  }
  return path
}
