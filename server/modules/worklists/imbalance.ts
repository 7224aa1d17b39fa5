import type { Assignment } from './assignment.ts'
import { type Crews, HANDS_ON, type HandsOn } from './crews.ts'
import type { Load } from './plan.ts'

/** Somebody whose load is more than a tenth off the mean of the peers, and what forces it. */
export type Imbalance = Readonly<{
  staffId: string
  touchpoint: HandsOn
  load: number
  peersMean: number
  /** `whole-tasks`: less than one task off the mean. `ownership`: grids differ in candidates. */
  forcedBy: 'ownership' | 'whole-tasks'
}>

/** How many tasks each person holds through each touchpoint: `loads[touchpoint][person]`. */
export function loadsOf(of: Crews, { person, touchpoint }: Assignment): Int32Array[] {
  const loads = HANDS_ON.map(() => new Int32Array(of.people.length))
  for (const [i, holder] of person.entries()) {
    const load = loads[touchpoint[i] ?? -1]
    if (holder >= 0 && load) load[holder] = (load[holder] ?? 0) + 1
  }
  return loads
}

const TENTH = 0.1

/**
 * Names everybody whose load differs from the mean of the peers by more than a tenth. Peers work
 * on the day, belong to one zone (or to none, as the branch’s own people) and have one capacity.
 */
export function imbalancesOf(of: Crews, loads: readonly Int32Array[]): Imbalance[] {
  const found: Imbalance[] = []
  for (const [place, touchpoint] of HANDS_ON.entries()) {
    const load = loads[place]
    if (!load) continue
    for (const peers of peersOf(of, touchpoint)) {
      const peersMean = peers.reduce((sum, peer) => sum + (load[peer] ?? 0), 0) / peers.length
      for (const peer of peers) {
        const own = load[peer] ?? 0
        const off = Math.abs(own - peersMean)
        if (off <= TENTH * peersMean) continue
        found.push({
          staffId: of.people[peer]?.staffId ?? '',
          touchpoint,
          load: own,
          peersMean: Math.round(peersMean * 100) / 100,
          forcedBy: off < 1 ? 'whole-tasks' : 'ownership',
        })
      }
    }
  }
  return found
}

/** Groups of people who can be compared: one zone, one capacity above zero. */
function peersOf(of: Crews, touchpoint: HandsOn): number[][] {
  const groups = new Map<string, number[]>()
  for (const { zone, members } of of.crews)
    for (const member of members) {
      const capacity = of.people[member]?.capacity[touchpoint] ?? 0
      if (capacity === 0) continue
      const key = `${zone ?? 'branch'} ${capacity}`
      const group = groups.get(key)
      if (group) group.push(member)
      else groups.set(key, [member])
    }
  return [...groups.values()]
}

/** A row for everybody who works on the day, for each touchpoint in which they have capacity. */
export function loadTable(of: Crews, loads: readonly Int32Array[]): Load[] {
  const named = new Map(
    imbalancesOf(of, loads).map((one) => [`${one.staffId} ${one.touchpoint}`, one]),
  )
  return of.people.flatMap(({ staffId, unitId, works, capacity }, person) =>
    HANDS_ON.flatMap((touchpoint, place) => {
      if (!works || capacity[touchpoint] === 0) return []
      const { peersMean = null, forcedBy = null } = named.get(`${staffId} ${touchpoint}`) ?? {}
      const load = loads[place]?.[person] ?? 0
      return [
        { staffId, unitId, touchpoint, capacity: capacity[touchpoint], load, peersMean, forcedBy },
      ]
    }),
  )
}
