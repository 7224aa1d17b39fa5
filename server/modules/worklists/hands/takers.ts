import { kindOf, readCalendarOn, worksOn } from '#calendar'
import { type StaffOn, staffOn } from '#people'
import { type Day, weekday } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { HandsOn } from '../crews.ts'
import { type Divisible, divideAmong, type Taker } from '../divide.ts'
import { selectWorkOn, type WorkOn } from './hand-store.ts'

type OfCrew = Readonly<{ branchId: string; unitId: string; day: Day }>

/** Who is posted in a unit and works on a day. */
export async function crewOn(unit: Unit, { branchId, unitId, day }: OfCrew): Promise<StaffOn[]> {
  const kind = kindOf(await readCalendarOn(unit, branchId), day)
  const people = await staffOn(unit, branchId, day)
  return people.filter(
    (person) => person.unitId === unitId && worksOn(person.days, kind, weekday(day)),
  )
}

const heldBy = ({ staffId }: StaffOn, touchpoint: HandsOn, work: readonly WorkOn[]) =>
  work.filter((one) => one.assigneeId === staffId && one.touchpoint === touchpoint)

export const roomOf = (person: StaffOn, touchpoint: HandsOn, work: readonly WorkOn[]): number =>
  Math.max(0, person.capacity[touchpoint] - heldBy(person, touchpoint, work).length)

/** What somebody has to do through a touchpoint, and can. */
export const takerOf = (person: StaffOn, touchpoint: HandsOn, work: readonly WorkOn[]): Taker => ({
  ...{ staffId: person.staffId, capacity: person.capacity[touchpoint] },
  held: heldBy(person, touchpoint, work).map(({ townName, placeName }) => ({
    ...{ town: townName, place: placeName },
  })),
})

/**
 * Divides visits of a day among the crew of a unit who work then, within what each has room for; who
 * takes each, by id. Those of the lowest priority that nobody has room for are missing.
 */
export async function divideVisits(
  unit: Unit,
  of: OfCrew,
  visits: readonly Divisible[],
): Promise<ReadonlyMap<string, StaffOn>> {
  const crew = await crewOn(unit, of)
  const work = await selectWorkOn(unit, { ...of, unitIds: [of.unitId] })
  const takers = crew.map((person) => takerOf(person, 'door', work))
  const byId = new Map(crew.map((person) => [person.staffId, person]))
  const takes = takers.length > 0 ? divideAmong(visits, takers) : new Map<string, string>()
  return new Map(
    [...takes].flatMap(([id, staffId]) => {
      const person = byId.get(staffId)
      return person ? [[id, person] as const] : []
    }),
  )
}
