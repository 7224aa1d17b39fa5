import type { PlanRules } from './assignment.ts'
import { type Crew, type Crews, HANDS_ON, type HandsOn } from './crews.ts'

/** Why a candidate who may be met is on nobody’s list. */
export type Unassigned = Readonly<{
  code: 'no_sender' | 'no_owner' | 'nobody_works' | 'no_capacity'
  values: Readonly<Record<string, string | number>>
}>

/**
 * The reason, derived from where the candidate lives and through which touchpoints: nothing else
 * decides, since at the end of the assignment whoever is in reach of an unassigned one is full.
 */
export function whyUnassigned(
  of: Crews,
  rules: PlanRules,
  home: number,
  wish: readonly HandsOn[],
): Unassigned {
  if (wish.length === 0) return { code: 'no_sender', values: {} }
  const reach = inReach(of, rules, home)
  const touchpoints = wish.join(' ')
  const unit = of.crews[home]?.unitId ?? ''
  const places = wish.map((touchpoint) => HANDS_ON.indexOf(touchpoint))
  if (!reach.some((crew) => places.some((place) => crew.staffed[place])))
    return { code: 'no_owner', values: { unit, touchpoints } }
  const capacity = reach.reduce(
    (sum, crew) => sum + places.reduce((own, place) => own + (crew.capacity[place] ?? 0), 0),
    0,
  )
  if (capacity === 0) return { code: 'nobody_works', values: { unit, touchpoints } }
  return { code: 'no_capacity', values: { unit, touchpoints, capacity } }
}

/** The crews that may serve somebody who lives in `home`. */
function inReach(of: Crews, rules: PlanRules, home: number): Crew[] {
  const { path = [], hall = null, zone = null } = of.crews[home] ?? {}
  const centres = rules.mayOverflow ? [hall, zone].filter((centre) => centre !== null) : []
  const places = [...path, ...centres.flatMap((centre) => of.crews[centre]?.below ?? [])]
  return [...new Set(places)].flatMap((place) => of.crews[place] ?? [])
}
