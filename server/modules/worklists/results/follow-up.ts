import { kindOf, readCalendarOn, visitWindows, worksOn } from '#calendar'
import type { TaskResult } from '#contract/tasks.ts'
import { type StaffOn, staffOn } from '#people'
import { addDays, type Day, dayOf, weekday } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { readCard } from '#subscribers'
import { worksTasks } from '../hands/takers.ts'
import { readTaskRules } from '../hands/task-rules.ts'
import type { BareReason } from '../reasons.ts'
import type { TaskRow } from '../task.ts'

/** So many days are looked through for one on which the person works and people are at home. */
const LOOK_AHEAD_DAYS = 14

/** What follows from a result, and what whoever told it should know of it. */
export type Following = Readonly<{ task: TaskRow; conflicts: readonly BareReason[] }>

type Told = Readonly<{ told: TaskResult; at: Date; staffId: string }>

/**
 * The task that follows from the result of another: on the promised day, in another window for who was
 * not at home, with whoever it was handed to. Undefined where nothing follows.
 */
export async function followingTask(
  unit: Unit,
  before: TaskRow,
  { told, at, staffId }: Told,
): Promise<Following | undefined> {
  const today = dayOf(at)
  if (told.result === 'promised' && told.promised)
    return plannedOn(unit, before, { told, staffId }, told.promised.on, {
      code: 'promised-before',
      values: { since: today, on: told.promised.on },
    })
  if (told.result === 'not_at_home') {
    const { attempts } = await readTaskRules(unit, before.branchId)
    return before.attempt < attempts ? plannedAgain(unit, before, { told, at, staffId }) : undefined
  }
  if (told.result === 'handed_over' && told.handedOver)
    return plannedOn(unit, before, { told, staffId }, later(before.day, today), {
      code: 'handed-over-by',
      values: { since: today, name: await nameOf(unit, before, staffId, today) },
    })
  return undefined
}

const later = (a: Day, b: Day): Day => (a > b ? a : b)

async function nameOf(unit: Unit, { branchId }: TaskRow, staffId: string, day: Day) {
  const people = await staffOn(unit, branchId, day, { staffIds: [staffId] })
  return people.find((each) => each.staffId === staffId)?.name ?? staffId
}

type Wanted = Readonly<{ day: Day; start: string; end: string }>

async function plannedOn(
  unit: Unit,
  before: TaskRow,
  { told, staffId }: Omit<Told, 'at'>,
  day: Day,
  why: BareReason,
): Promise<Following> {
  const { calendar, townCode } = await placeOf(unit, before)
  const [window] = visitWindows(calendar, { day, touchpoint: before.touchpoint, townCode })
  const wanted = told.handedOver?.to ?? staffId
  const people = await staffOn(unit, before.branchId, day, { staffIds: [wanted, staffId] })
  const known = people.find((each) => each.staffId === wanted)
  const receiver = known && worksTasks(known) ? known : undefined
  const conflicts: BareReason[] = []
  if (!receiver && told.handedOver)
    conflicts.push({ code: known ? 'receiver-unfit' : 'receiver-unknown', values: {} })
  const assignee = receiver ?? people.find((each) => each.staffId === staffId)
  if (assignee && !worksOn(assignee.days, kindOf(calendar, day), weekday(day)))
    conflicts.push({ code: 'assignee-off', values: { name: assignee.name, on: day } })
  const time = window ? { day, ...window } : { day, ...sameClock(before, day) }
  return { task: following(before, told, { time, assignee, why, attempt: 1 }), conflicts }
}

/** The first other window, from now on, of a day on which the person works. */
async function plannedAgain(
  unit: Unit,
  before: TaskRow,
  { told, at, staffId }: Told,
): Promise<Following> {
  const { calendar, townCode } = await placeOf(unit, before)
  const today = dayOf(at)
  const people = await staffOn(unit, before.branchId, today, { staffIds: [staffId] })
  const assignee = people.find((each) => each.staffId === staffId)
  const chosen = told.notAtHome?.tryAgain ?? null
  const clock = sameClock(before, today)
  const timesOn = (day: Day): Wanted[] => {
    const windows = visitWindows(calendar, { day, touchpoint: before.touchpoint, townCode })
    const ahead = windows.filter(({ start }) => start > at.toISOString())
    const others = ahead.filter(({ start }) => start.slice(11) !== clock.start.slice(11))
    return [...others, ...ahead].map(({ start, end }) => ({ day, start, end }))
  }
  const isAtWork = (day: Day) =>
    !assignee || worksOn(assignee.days, kindOf(calendar, day), weekday(day))
  const days = Array.from({ length: LOOK_AHEAD_DAYS }, (_, nth) => addDays(today, nth))
  const time = chosen
    ? (timesOn(chosen)[0] ?? { day: chosen, ...sameClock(before, chosen) })
    : (days.filter(isAtWork).flatMap(timesOn)[0] ?? {
        day: addDays(today, 1),
        ...sameClock(before, addDays(today, 1)),
      })
  const attempt = before.attempt + 1
  const why = { code: 'not-met-before', values: { since: today, attempt } }
  const conflicts =
    assignee && !isAtWork(time.day)
      ? [{ code: 'assignee-off', values: { name: assignee.name, on: time.day } }]
      : []
  return { task: following(before, told, { time, assignee, why, attempt }), conflicts }
}

async function placeOf(unit: Unit, { branchId, subscriberId }: TaskRow) {
  const card = await readCard(unit, branchId, subscriberId)
  return {
    calendar: await readCalendarOn(unit, branchId),
    townCode: card?.placeCode?.slice(0, 9) ?? null,
  }
}

/** The hours of a task on another day: whoever promised a day chose it, whatever windows it has. */
function sameClock(before: TaskRow, day: Day): Readonly<{ start: string; end: string }> {
  const [start, end] = [new Date(before.windowStart), new Date(before.windowEnd)]
  const moved = Date.parse(day) - Date.parse(dayOf(start))
  return {
    start: new Date(start.getTime() + moved).toISOString(),
    end: new Date(end.getTime() + moved).toISOString(),
  }
}

const FOLLOWING_REASONS: ReadonlySet<string> = new Set([
  'promised-before',
  'not-met-before',
  'handed-over-by',
  'carried-over',
])

function following(
  before: TaskRow,
  { resultId }: TaskResult,
  {
    time,
    assignee,
    why,
    attempt,
  }: Readonly<{ time: Wanted; assignee: StaffOn | undefined; why: BareReason; attempt: number }>,
): TaskRow {
  return {
    ...before,
    ...{ taskId: `f-${resultId}`, planId: null, origin: 'follow-up', fromTask: before.taskId },
    errand: null,
    ...{ day: time.day, dueOn: time.day, windowStart: time.start, windowEnd: time.end },
    assigneeId: assignee?.staffId ?? before.assigneeId,
    assigneeUnitId: assignee?.unitId ?? before.assigneeUnitId,
    ...{ visitOrder: 0, state: 'open', attempt, closedBy: null, closedAt: null, closedAs: null },
    reasons: [why, ...before.reasons.filter(({ code }) => !FOLLOWING_REASONS.has(code))],
  }
}
