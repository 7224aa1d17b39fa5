import type { Role } from '#contract/organisation.ts'
import { Role as Roles } from '#contract/organisation.ts'
import type { Person } from '../branch.ts'
import type { Operation } from './document.ts'
import { type Known, knownAs, UNKNOWN } from './known.ts'
import type { Aim, Step } from './walk.ts'
import { DAY, type World } from './world.ts'

/** Where the people of the walk belong: a county, a zone of it and a hall of that. */
export const HOMES: readonly string[] = ['370686', '370686-Z1', '370686-H01']
/** Above the counties: their city and its province, where all of the world is theirs, masked. */
export const ABOVE: readonly string[] = ['3706', '37']

export type Walker = Readonly<{ who: Person; role: Role; unitId: string }>

/** One person of each role in each of the homes. */
export async function hireCrowd(
  world: World,
  roles: readonly Role[] = Roles.options,
  homes = HOMES,
): Promise<Walker[]> {
  const crowd: Walker[] = []
  for (const unitId of homes)
    for (const role of roles) {
      const who = await world.hire({ unit: unitId, roles: [role], extension: '8012' })
      crowd.push({ who, role, unitId })
    }
  return crowd
}

/**
 * The ids that somebody of a unit may try: own ones; those of the unit beside it, of the same place
 * in the other county, of the unit above; foreign ones under the own county; and ones nobody has.
 */
export function aimsOf(world: World, unitId: string): ReadonlyMap<Aim, Known> {
  const branchId = unitId.slice(0, 6)
  const of = (other: string) => ({ ...UNKNOWN, ...world.known.get(other), date: DAY, day: DAY })
  const parent = of(world.parents.get(unitId) ?? '')
  if (ABOVE.includes(unitId))
    return new Map<Aim, Known>([
      ['own', of(COUNTY)],
      ['sibling', of(OTHER)],
      ['parent', parent],
      ['unknown', of('')],
    ])
  const far = unitId.replace(branchId, OTHER)
  const sibling = unitId === branchId ? OTHER : unitId.replace('Z1', 'Z2').replace('H01', 'H02')
  return new Map<Aim, Known>([
    ['own', of(unitId)],
    ['sibling', of(sibling)],
    ['far', of(far)],
    ['parent', parent],
    ['mixed', { ...of(far), branchId }],
    ['unknown', of('')],
    ['unknown-here', { ...of(''), branchId }],
  ])
}
const [COUNTY, OTHER] = ['370686', '370685']

/** Every operation for everybody in every direction; `variants` ways to ask each. */
export function stepsOf(
  world: World,
  crowd: readonly Walker[],
  operations: readonly Operation[],
  variants: (nth: number) => readonly number[],
): Step[] {
  return crowd.flatMap(({ who, role, unitId }, nth) =>
    operations.flatMap((operation, place) =>
      aimed(world, operation, unitId).flatMap(([aim, known]) =>
        variants(nth + place).map((variant) => ({ who, role, operation, aim, known, variant })),
      ),
    ),
  )
}

/** Who names nothing can only ask for what is the own; a county has one county beside it. */
const aimed = (world: World, { parameters }: Operation, unitId: string) =>
  [...aimsOf(world, unitId)].filter(([aim]) => {
    if (aim === 'own') return true
    if (aim === 'sibling' && unitId === COUNTY) return false
    return parameters.some(({ name }) => knownAs(UNKNOWN, name) !== undefined)
  })
