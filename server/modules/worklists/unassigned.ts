import type { PlanRules } from './assignment.ts'
import { type Crew, type Crews, HANDS_ON, havingSkill } from './crews.ts'
import type { BareReason } from './reasons.ts'
import type { Wish } from './wishes.ts'

/**
 * Why somebody who lives in `home` is on nobody’s list. Where a candidate lives and how it may be
 * met decides, nothing else does: at the end of the assignment whoever is in reach of one that is
 * unassigned is full.
 */
export function whyUnassigned(
  of: Crews,
  rules: PlanRules,
  home: number,
  { open, mayBeMet, skill }: Pick<Wish, 'open' | 'mayBeMet' | 'skill'>,
): BareReason {
  if (!mayBeMet) return { code: 'no_sender', values: {} }
  if (open.length === 0) return { code: 'no_window', values: {} }
  const everybody = inReach(of, rules, home)
  const reach = inReach(havingSkill(of, skill), rules, home)
  const touchpoints = open.join(',') // as the sentences of reasons read it
  const unit = of.crews[home]?.unitId ?? ''
  const name = of.crews[home]?.name ?? ''
  const places = open.map((touchpoint) => HANDS_ON.indexOf(touchpoint))
  const anyOf = (crews: readonly Crew[]) =>
    crews.some((crew) => places.some((place) => crew.staffed[place]))
  if (anyOf(everybody) && !anyOf(reach))
    return { code: 'no_skill', values: { unit, name, touchpoints, skill } }
  if (!anyOf(reach)) return { code: 'no_owner', values: { unit, name, touchpoints } }
  const capacity = reach.reduce(
    (sum, crew) => sum + places.reduce((own, place) => own + (crew.capacity[place] ?? 0), 0),
    0,
  )
  if (capacity === 0) return { code: 'nobody_works', values: { unit, name, touchpoints } }
  return { code: 'no_capacity', values: { unit, name, touchpoints, capacity } }
}

/** The crews that may serve somebody who lives in `home`. */
function inReach(of: Crews, rules: PlanRules, home: number): Crew[] {
  const { path = [], hall = null, zone = null } = of.crews[home] ?? {}
  const centres = rules.mayOverflow ? [hall, zone].filter((centre) => centre !== null) : []
  const places = [...path, ...centres.flatMap((centre) => of.crews[centre]?.below ?? [])]
  return [...new Set(places)].flatMap((place) => of.crews[place] ?? [])
}
