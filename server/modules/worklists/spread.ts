import assert from 'node:assert/strict'
import type { Chosen, Demand } from './assignment.ts'
import type { Crews } from './crews.ts'
import { HANDS_ON } from './crews.ts'
import { Heap } from './heap.ts'

/**
 * Gives each candidate chosen for touchpoint `place` to one person, evenly by capacity, on top of
 * the `load` that people have already; it is added to.
 *
 * First what crews took over from others is spread over their members; then what they own. A
 * person serves the own unit and all below it, so the numbers that people can hold together are
 * those where no subtree holds more than lives in it: a laminar polymatroid, in which handing the
 * next task to whoever is then least loaded, (load + 1) / capacity, gives the most even division
 * there is, not merely a good one. A subtree that is used up stays so, hence one pass suffices.
 *
 * Then the candidates themselves are dealt: each crew, from the grids upwards, lays out what is
 * left below it along the route, and its members in order of id take consecutive pieces.
 */
export function spread(
  of: Crews,
  demand: Demand,
  chosen: Chosen,
  { place, load }: Readonly<{ place: number; load: Int32Array }>,
  person: Int32Array,
): void {
  const own: number[][] = of.crews.map(() => [])
  const kept: number[][] = of.crews.map(() => [])
  for (const [i, touchpoint] of chosen.touchpoint.entries()) {
    if (touchpoint !== place) continue
    const keeper = chosen.keeper[i] ?? -1
    const crew = keeper >= 0 ? kept[keeper] : own[demand.crew[i] ?? -1]
    assert(crew)
    crew.push(i)
  }
  const loads = loadsOf(of, { place, load }, own, kept)
  deal(of, demand, { own, kept }, loads, person)
}

type Loads = Readonly<{ kept: Int32Array; own: Int32Array }>

/** How many tasks each person gets: of those a crew took over, and of the own ones. */
function loadsOf(
  of: Crews,
  { place, load }: Readonly<{ place: number; load: Int32Array }>,
  own: readonly number[][],
  takenOver: readonly number[][],
): Loads {
  const touchpoint = HANDS_ON[place]
  assert(touchpoint)
  const capacity = of.people.map((member) => member.capacity[touchpoint])
  const before = load.slice()
  const crewOf = new Int32Array(of.people.length).fill(-1)
  for (const [crew, { members }] of of.crews.entries())
    for (const member of members) crewOf[member] = crew
  const take = (queue: Heap<number>, member: number) => {
    load[member] = (load[member] ?? 0) + 1
    if ((load[member] ?? 0) < (capacity[member] ?? 0)) queue.push(member)
  }
  const lessLoaded = (a: number, b: number) =>
    ((load[a] ?? 0) + 1) * (capacity[b] ?? 0) - ((load[b] ?? 0) + 1) * (capacity[a] ?? 0) || a - b
  const queueOf = (members: readonly number[]) =>
    new Heap(
      lessLoaded,
      members.filter((member) => (capacity[member] ?? 0) > (load[member] ?? 0)),
    )

  for (const [crew, tasks] of takenOver.entries()) {
    const queue = queueOf(of.crews[crew]?.members ?? [])
    for (let left = tasks.length; left > 0; left--) {
      const next = queue.pop()
      assert(next !== undefined, 'a crew takes over no more than it can do')
      take(queue, next)
    }
  }
  const kept = load.map((all, member) => all - (before[member] ?? 0))
  const held = load.slice()

  const left = of.crews.map(({ below }) =>
    below.reduce((sum, crew) => sum + (own[crew]?.length ?? 0), 0),
  )
  const queue = queueOf(of.crews.flatMap(({ members }) => members))
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const path = of.crews[crewOf[next] ?? -1]?.path ?? []
    if (!path.every((crew) => (left[crew] ?? 0) > 0)) continue
    for (const crew of path) left[crew] = (left[crew] ?? 0) - 1
    take(queue, next)
  }
  return { kept, own: load.map((all, member) => all - (held[member] ?? 0)) }
}

function deal(
  of: Crews,
  demand: Demand,
  tasks: Readonly<{ own: number[][]; kept: number[][] }>,
  loads: Loads,
  person: Int32Array,
): void {
  const byRoute = (a: number, b: number) => (demand.route[a] ?? 0) - (demand.route[b] ?? 0)
  const cut = (along: readonly number[], members: readonly number[], sizes: Int32Array) => {
    let from = 0
    for (const member of members) {
      const to = from + (sizes[member] ?? 0)
      for (const i of along.slice(from, to)) person[i] = member
      from = to
    }
    return along.slice(from)
  }
  const rising = [...of.crews.keys()].sort((a, b) => depth(of, b) - depth(of, a) || a - b)
  const waiting = tasks.own.map((own) => [...own])
  for (const crew of rising) {
    const { members, path } = of.crews[crew] ?? { members: [], path: [] }
    const taken = cut((tasks.kept[crew] ?? []).toSorted(byRoute), members, loads.kept)
    assert(taken.length === 0, 'whatever a crew took over is somebody’s')
    const rest = cut((waiting[crew] ?? []).toSorted(byRoute), members, loads.own)
    const above = path[1]
    if (above !== undefined) waiting[above]?.push(...rest)
    else assert(rest.length === 0, 'whatever was chosen is somebody’s')
  }
}

const depth = (of: Crews, crew: number) => of.crews[crew]?.path.length ?? 0
