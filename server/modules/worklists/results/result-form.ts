import { RESULT_NAMES, type ResultCode, type ResultPart, type TaskResult } from '#contract/tasks.ts'
import { addDays, type Day, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'

/** The part that says more of each result. */
const PART_OF = {
  done: 'done',
  promised: 'promised',
  refused: 'refused',
  not_at_home: 'notAtHome',
  moved: 'moved',
  competitor: 'competitor',
  wrong_data: 'wrongData',
  handed_over: 'handedOver',
} as const satisfies Record<ResultCode, ResultPart>
const PARTS = Object.values(PART_OF)

/** How far the clock of a device may be ahead, in milliseconds. */
const AHEAD_MS = 5 * 60_000
/** For how many days ahead somebody may be promised, or tried again. */
const AHEAD_DAYS = 90

/** For how long a phone keeps what it could not deliver; what is said to be older has no clock. */
const BEHIND_DAYS = 31

/**
 * When it was, by what was told: never later than `now`. A clock that says it was more than 31 days ago
 * is not believed: then it was now, and `offMs` says how far off the clock was; else that is 0.
 * @throws Refusal `result-in-future`, `result-part-missing`, `result-part-extra`,
 * `promise-out-of-range`, `try-again-out-of-range`
 */
export function readResultTime(told: TaskResult, now: Date): Readonly<{ at: Date; offMs: number }> {
  checkParts(told)
  const said = told.at === null ? now : new Date(told.at)
  if (said.getTime() > now.getTime() + AHEAD_MS) throw new Refusal('invalid', 'result-in-future')
  const isBelieved = dayOf(said) >= addDays(dayOf(now), -BEHIND_DAYS)
  const at = isBelieved && said < now ? said : now
  checkDays(told, dayOf(at))
  return { at, offMs: isBelieved ? 0 : now.getTime() - said.getTime() }
}

function checkParts(told: TaskResult): void {
  const { zh, en } = RESULT_NAMES[told.result]
  const wanted = PART_OF[told.result]
  if (told[wanted] === null)
    throw new Refusal('invalid', 'result-part-missing', { zh, en, part: wanted })
  const extra = PARTS.find((part) => part !== wanted && told[part] !== null)
  if (extra) throw new Refusal('invalid', 'result-part-extra', { zh, en, part: extra })
}

function checkDays({ promised, notAtHome }: TaskResult, day: Day): void {
  const last = addDays(day, AHEAD_DAYS)
  if (promised && !(promised.on > day && promised.on <= last))
    throw new Refusal('invalid', 'promise-out-of-range', { days: AHEAD_DAYS })
  const again = notAtHome?.tryAgain ?? day
  if (again < day || again > last)
    throw new Refusal('invalid', 'try-again-out-of-range', { days: AHEAD_DAYS })
}

/** A place that a device says when it knows none, or that is vaguer than this, in metres, is none. */
const VAGUE_M = 5_000

export function usablePosition({ position }: Pick<TaskResult, 'position'>): TaskResult['position'] {
  if (!position || position.accuracyM > VAGUE_M) return null
  return position.latitude === 0 && position.longitude === 0 ? null : position
}
