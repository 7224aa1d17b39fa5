import type { Told, Touched } from '#contacts'
import type { TaskResult } from '#contract/tasks.ts'
import { type Day, dayOf } from '#platform/day.ts'
import { presentedBy, type TaskRow } from '../task.ts'

/** What the contact ledger calls a result; one that handed a task over met nobody. */
const TOUCH_RESULT = {
  ...{ done: 'done', promised: 'promised', refused: 'refused', moved: 'moved' },
  ...{ competitor: 'competitor', wrong_data: 'wrong_data' },
  ...{ not_at_home: 'not_reached', handed_over: 'not_reached' },
} as const satisfies Record<TaskResult['result'], Told['result']>

/**
 * The touch that a result makes: with whom, and what is told of it. Its number is the result’s. Who
 * refuses that alone refuses what the task presents.
 */
export function touchOf(
  task: TaskRow,
  staffId: string,
  { told, at, next }: Readonly<{ told: TaskResult; at: Date; next: Day | null }>,
): [Touched, Told] {
  const { branchId, subscriberId, householdId } = task
  const isCall = task.touchpoint === 'call_out'
  return [
    { branchId, subscriberId, householdId, staffId },
    {
      ...{ touchId: told.resultId, at: at.toISOString() },
      ...{ channel: task.touchpoint, purpose: task.purpose },
      result: isCall && told.result === 'not_at_home' ? 'no_answer' : TOUCH_RESULT[told.result],
      scope: told.refused?.scope ?? null,
      offer: told.refused?.scope === 'offer' ? presentedBy(task) : task.offer || null,
      until: told.refused?.until ?? null,
      nextOn: next !== null && next > dayOf(at) ? next : null,
      note: told.note,
    },
  ]
}
