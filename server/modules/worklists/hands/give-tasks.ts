import { randomUUID } from 'node:crypto'
import { readCalendarOn, type Touchpoint, visitWindows } from '#calendar'
import { lockHomes } from '#contacts'
import { placesOf } from '#people'
import { type Day, instantOf } from '#platform/day.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { type Card, calledBy, maskName, maskPhone } from '#subscribers'
import type { HandsOn } from '../crews.ts'
import type { BareReason } from '../reasons.ts'
import type { TaskRow } from '../task.ts'
import { insertTasks } from '../task-store.ts'
import { holdPlansOn, selectSeenTo } from './again-store.ts'

type OfDay = Readonly<{ branchId: string; day: Day }>

/** A task that somebody is given by hand. */
export type Gift = Readonly<{
  card: Card
  to: Readonly<{ staffId: string; unitId: string }>
  touchpoint: HandsOn
  /** Place on the way, from 1; 0: before the route. */
  visitOrder: number
  priority: number
  reasons: readonly BareReason[]
  errand: string | null
}> &
  Pick<TaskRow, 'kind' | 'purpose'>

/**
 * The households of these that somebody goes to on a day, or was at, through a touchpoint, whoever’s
 * they are. From then on nobody else puts any of them on a list of the day until the unit ends.
 */
export async function seenToOn(
  unit: Unit,
  works: Works,
  of: OfDay & Readonly<{ touchpoint: HandsOn; householdIds: readonly string[] }>,
): Promise<ReadonlySet<string>> {
  return onBehalfOf(unit, works.system, async (house) => {
    await holdPlansOn(house, of)
    await lockHomes(house, of)
    return new Set(await selectSeenTo(house, of))
  })
}

/** Puts tasks on the lists of a day, of households that `seenToOn` found free; their ids, in order. */
export async function giveTasks(
  unit: Unit,
  { branchId, day }: OfDay,
  gifts: readonly Gift[],
): Promise<string[]> {
  const calendar = await readCalendarOn(unit, branchId)
  const places = new Map((await placesOf(unit, branchId)).map((each) => [each.divisionCode, each]))
  const timeOf = (touchpoint: Touchpoint, townCode: string | null) => {
    const [window] = visitWindows(calendar, { day, touchpoint, townCode })
    if (window) return { windowStart: window.start, windowEnd: window.end }
    const [start, end] = [instantOf(day, '09:00'), instantOf(day, '18:00')]
    return { windowStart: start, windowEnd: end }
  }
  const tasks = gifts.map((gift): TaskRow => {
    const { card, to, touchpoint, kind, purpose, visitOrder, priority, reasons, errand } = gift
    const { name, phone } = calledBy(unit.keys, card)
    const village = places.get(card.placeCode?.split('-')[0] ?? '')
    return {
      ...{ branchId, taskId: `h-${randomUUID()}`, planId: null, origin: 'hand', errand, day },
      ...{ subscriberId: card.subscriberId, householdId: card.householdId, unitId: card.unitId },
      ...{ assigneeId: to.staffId, assigneeUnitId: to.unitId, touchpoint, visitOrder },
      ...timeOf(touchpoint, card.placeCode?.slice(0, 9) ?? null),
      // No campaign speaks of it: what is given by hand stands together by what it is about.
      ...{ campaign: kind, offer: '', wordsOf: null, dueOn: day, priority, valueFen: 0 },
      ...{ name: maskName(name), phone: maskPhone(phone), address: card.address },
      ...{ townName: village?.townName ?? null, placeName: village?.name ?? null },
      ...{ reasons, state: 'open', kind, purpose, fromTask: null, attempt: 1 },
      ...{ closedBy: null, closedAt: null, closedAs: null },
    }
  })
  await insertTasks(unit, tasks)
  return tasks.map(({ taskId }) => taskId)
}
