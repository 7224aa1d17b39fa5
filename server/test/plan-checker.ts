/**
 * Judges a plan from outside, by the sentences of docs on “The plan” alone: brute force, slow, and
 * without a line of the planner’s own code. Each complaint names what is wrong; none means right.
 */
export type Checked = Readonly<{
  units: readonly Readonly<{ unitId: string; parentId: string | null; kind: string }>[]
  people: readonly Readonly<{
    staffId: string
    unitId: string
    /** Whether the day is a working day of this person. */
    works: boolean
    capacity: Readonly<Record<string, number>>
    skills?: readonly string[]
  }>[]
  mayOverflow: boolean
  /** Whom the campaigns want to be visited, and what became of it; both null: unassigned. */
  candidates: readonly Readonly<{
    home: string
    wish: readonly string[]
    /** What whoever meets them must be able to do. */
    skill?: string | null
    staffId: string | null
    touchpoint: string | null
    reason: string | null
  }>[]
  imbalances: readonly Readonly<{ staffId: string; touchpoint: string; load: number }>[]
}>

type Unit = Checked['units'][number]
type Person = Checked['people'][number]
type Candidate = Checked['candidates'][number]

/** Everything about who got what: capacity, eligibility, no idle hands, even loads or named ones. */
export function checkAssignment(of: Checked): string[] {
  const world = worldOf(of)
  return [
    ...overCapacity(of, world),
    ...notEntitled(of, world),
    ...idleHands(of, world),
    ...uneven(of, world),
  ]
}

type World = Readonly<{
  units: ReadonlyMap<string, Unit>
  people: ReadonlyMap<string, Person>
  load: (staffId: string, touchpoint: string) => number
  pathOf: (unitId: string) => string[]
}>

function worldOf(of: Checked): World {
  const units = new Map(of.units.map((unit) => [unit.unitId, unit]))
  const loads = new Map<string, number>()
  for (const { staffId, touchpoint } of of.candidates)
    if (staffId) {
      const key = `${staffId} ${touchpoint}`
      loads.set(key, (loads.get(key) ?? 0) + 1)
    }
  const pathOf = (unitId: string): string[] => {
    const unit = units.get(unitId)
    return unit ? [unitId, ...(unit.parentId === null ? [] : pathOf(unit.parentId))] : []
  }
  return {
    units,
    people: new Map(of.people.map((person) => [person.staffId, person])),
    load: (staffId, touchpoint) => loads.get(`${staffId} ${touchpoint}`) ?? 0,
    pathOf,
  }
}

/** The nearest unit of `kind` at or above a unit. */
const above = (world: World, unitId: string, kind: string) =>
  world.pathOf(unitId).find((other) => world.units.get(other)?.kind === kind)

/** Owner or crew of the grid, or somebody above it: the people to whom the place belongs. */
const owns = (world: World, person: Person, home: string) =>
  world.pathOf(home).includes(person.unitId)

const hasSkill = (person: Person, { skill }: Candidate) =>
  !skill || (person.skills ?? []).includes(skill)

/** Whether a person may serve a candidate, in reach and by what he or she can do. */
const mayServe = (of: Checked, world: World, person: Person, candidate: Candidate): boolean =>
  hasSkill(person, candidate) && isInReach(of, world, person, candidate.home)

/** Whether somebody who lives in `home` is a person’s to serve, or may be handed over. */
function isInReach(of: Checked, world: World, person: Person, home: string): boolean {
  if (owns(world, person, home)) return true
  if (!of.mayOverflow) return false
  return ['hall', 'zone'].some((kind) => {
    const centre = above(world, home, kind)
    return centre !== undefined && centre === above(world, person.unitId, kind)
  })
}

function overCapacity(of: Checked, world: World): string[] {
  return of.people.flatMap((person) =>
    Object.entries(person.capacity).flatMap(([touchpoint, capacity]) => {
      const load = world.load(person.staffId, touchpoint)
      const allowed = person.works ? capacity : 0
      return load > allowed ? [`${person.staffId} has ${load} ${touchpoint} of ${allowed}`] : []
    }),
  )
}

function notEntitled(of: Checked, world: World): string[] {
  return of.candidates.flatMap((candidate, i) => {
    const { home, wish, staffId, touchpoint, reason } = candidate
    if (staffId === null) return reason ? [] : [`candidate ${i} is unassigned without a reason`]
    const person = world.people.get(staffId)
    if (!person || !touchpoint) return [`candidate ${i} went to nobody known`]
    if (!wish.includes(touchpoint)) return [`candidate ${i} is not to be met by ${touchpoint}`]
    return mayServe(of, world, person, candidate) ? [] : [`${staffId} may not serve ${home}`]
  })
}

/** Unassigned though somebody entitled has room: the plan is wrong. So is a false reason. */
function idleHands(of: Checked, world: World): string[] {
  return of.candidates.flatMap((candidate, i) => {
    const { home, wish, staffId, reason } = candidate
    if (staffId !== null) return []
    const inReach = of.people.filter((person) => isInReach(of, world, person, home))
    const entitled = inReach.filter((person) => hasSkill(person, candidate))
    const able = (person: Person) =>
      wish.some((touchpoint) => (person.capacity[touchpoint] ?? 0) > 0)
    const idle = entitled
      .filter((person) => person.works)
      .find((person) =>
        wish.some(
          (touchpoint) =>
            (person.capacity[touchpoint] ?? 0) > world.load(person.staffId, touchpoint),
        ),
      )
    if (idle) return [`candidate ${i} is unassigned while ${idle.staffId} has room`]
    const expected =
      wish.length === 0
        ? 'no_sender'
        : !entitled.some(able)
          ? inReach.some(able)
            ? 'no_skill'
            : 'no_owner'
          : !entitled.some((person) => person.works && able(person))
            ? 'nobody_works'
            : 'no_capacity'
    return reason === expected ? [] : [`candidate ${i} says ${reason} where it is ${expected}`]
  })
}

/**
 * Peers share a zone and a capacity. Whoever is more than a tenth off their mean is named; and is
 * so only because no task that a busier peer owns could have gone to a less busy one who owns it
 * too. What needs a skill is divided before what anybody may do, and the skill of fewer people
 * before that of more: each is even on top of what came before it.
 */
function uneven(of: Checked, world: World): string[] {
  const complaints: string[] = []
  const touchpoints = new Set(of.people.flatMap((person) => Object.keys(person.capacity)))
  for (const touchpoint of touchpoints) {
    const groups = Map.groupBy(
      of.people.filter((person) => person.works && (person.capacity[touchpoint] ?? 0) > 0),
      (person) => `${above(world, person.unitId, 'zone')} ${person.capacity[touchpoint]}`,
    )
    const named = new Set(
      of.imbalances.filter((one) => one.touchpoint === touchpoint).map((one) => one.staffId),
    )
    for (const peers of groups.values()) {
      const loadOf = (person: Person) => world.load(person.staffId, touchpoint)
      const mean = peers.reduce((sum, peer) => sum + loadOf(peer), 0) / peers.length
      for (const peer of peers) {
        const off = Math.abs(loadOf(peer) - mean) > 0.1 * mean
        if (off !== named.has(peer.staffId))
          complaints.push(`${peer.staffId} ${off ? 'is off the mean unnamed' : 'is named wrongly'}`)
      }
      for (const turn of turnsOf(of)) {
        const by = (person: Person) => loadUntil(of, { turn, touchpoint, person })
        for (const busy of peers)
          for (const free of peers)
            if (by(busy) > by(free) + 1)
              complaints.push(
                ...couldMove(of, world, { touchpoint, skill: turn.at(-1) }, busy, free),
              )
      }
    }
  }
  return complaints
}

/** The skills in the order in which they are divided, as they grow: each with those before it. */
function turnsOf(of: Checked): (string | null)[][] {
  const asked = [...new Set(of.candidates.map(({ skill }) => skill ?? null))]
  const having = (skill: string) =>
    of.people.filter((person) => person.works && (person.skills ?? []).includes(skill)).length
  const named = asked
    .filter((skill) => skill !== null)
    .sort((a, b) => having(a) - having(b) || (a < b ? -1 : 1))
  const order = [...named, null]
  return order.map((_, place) => order.slice(0, place + 1))
}

/** What a person holds through a touchpoint of the skills divided so far. */
const loadUntil = (
  of: Checked,
  { turn, touchpoint, person }: { turn: (string | null)[]; touchpoint: string; person: Person },
) =>
  of.candidates.filter(
    (candidate) =>
      candidate.staffId === person.staffId &&
      candidate.touchpoint === touchpoint &&
      turn.includes(candidate.skill ?? null),
  ).length

function couldMove(
  of: Checked,
  world: World,
  { touchpoint, skill }: { touchpoint: string; skill: string | null | undefined },
  busy: Person,
  free: Person,
): string[] {
  const movable = of.candidates.some(
    (candidate) =>
      (candidate.skill ?? null) === skill &&
      hasSkill(free, candidate) &&
      candidate.staffId === busy.staffId &&
      candidate.touchpoint === touchpoint &&
      owns(world, busy, candidate.home) &&
      owns(world, free, candidate.home),
  )
  return movable ? [`${free.staffId} could relieve ${busy.staffId} at ${touchpoint}`] : []
}
