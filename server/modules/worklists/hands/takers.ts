import { kindOf, readCalendarOn, worksOn } from '#calendar'
import { type StaffOn, staffOn } from '#people'
import { type Day, weekday } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { HandsOn } from '../crews.ts'
import { type Divisible, divideAmong, type Taker } from '../divide.ts'
import { selectWorkOn, type WorkOn } from './hand-store.ts'

type OfCrew = Readonly<{ branchId: string; unitId: string; day: Day }>

/** Whether somebody may work on tasks: who only looks on, such as an analyst, is given none. */
export const worksTasks = ({ can }: Pick<StaffOn, 'can'>): boolean => can.has('task:work')

/** The same person, who may work on tasks. @throws Refusal `staff-cannot-work-tasks` */
export function mustWorkTasks(person: StaffOn): StaffOn {
  if (!worksTasks(person))
    throw new Refusal('invalid', 'staff-cannot-work-tasks', { staff: person.staffId })
  return person
}

/** Who is posted in a unit, works on a day, and may work on tasks. */
export async function crewOn(unit: Unit, { branchId, unitId, day }: OfCrew): Promise<StaffOn[]> {
  const kind = kindOf(await readCalendarOn(unit, branchId), day)
  const people = await staffOn(unit, branchId, day, { unitId })
  return people.filter((person) => worksTasks(person) && worksOn(person.days, kind, weekday(day)))
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
