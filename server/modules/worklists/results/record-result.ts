import type { z } from 'zod'
import { contactRules, isMarketing, keepTouch } from '#contacts'
import type { ResultTaken, TaskResult } from '#contract/tasks.ts'
import { mayDo, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Reason } from '#platform/say-reason.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { mayReadTask, readerOf } from '../policy.ts'
import { type BareReason, tell } from '../reasons.ts'
import type { TaskRow } from '../task.ts'
import {
  closeTask,
  insertTasks,
  lockTask,
  selectIsFollowed,
  selectTask,
  selectWasTheirs,
} from '../task-store.ts'
import { meanwhile, whyBeside } from './conflicts.ts'
import { followingTask } from './follow-up.ts'
import { readResultTime, usablePosition } from './result-form.ts'
import { type Answer, insertResult, selectAnswer } from './result-store.ts'
import { touchOf } from './touch-of.ts'
import { whyUnfit } from './unfit.ts'

type OfTask = Readonly<{ branchId: string; taskId: string }>
type Taken = z.input<typeof ResultTaken>

/** What the clock of a device said, where it was wrong: the times told are corrected already. */
export type DeviceClock = Readonly<{ at: Date; offMs: number }>

/** A result as it was recorded: of which task, who told it, and when it was. */
export type Heard = Readonly<{
  task: Pick<TaskRow, 'branchId' | 'taskId' | 'subscriberId'>
  told: TaskResult
  staffId: string
  at: Date
}>

/** What others make of a result, in its unit and on behalf of the house; what it throws undoes it. */
export type HearResult = (house: Unit, heard: Heard) => Promise<void>

/**
 * How a result came here, and who hears of it. One that has waited on a phone is kept though it does
 * not fit its task, for nobody can tell it otherwise now.
 */
export type Telling = Readonly<{
  hear: HearResult
  clock?: DeviceClock | undefined
  hasWaited?: boolean
}>

/**
 * Records what came of a task that is the actor’s, or was: with its touch, the task that follows, and
 * the entry of the trail, in this unit. What happened at a door is kept whatever happened elsewhere
 * meanwhile; the first result closes the task, another one stands beside it and says why. Told again
 * it is answered as before.
 * @throws Refusal `branch-unknown`, `task-unknown`, `task-not-yours`, `result-told-otherwise`,
 * `result-in-future`, `result-part-missing`, `result-part-extra`, `promise-out-of-range`,
 * `try-again-out-of-range`, `result-unfit`, `done-unfit`, `done-part-missing`;
 * the last three of no result that waited on a phone
 */
export async function recordResultOf(
  unit: Unit,
  works: Works,
  of: OfTask,
  told: TaskResult,
  telling: Telling,
): Promise<Taken> {
  mayDo(unit.actor, 'task:work')
  await readBranch(unit, of.branchId)
  const { id: staffId } = unit.actor
  // The task may have gone out of sight since, and the household may live in another unit.
  const taken = await onBehalfOf(unit, works.system, async (house) => {
    const task = await lockTask(house, of)
    const isTheirs =
      task?.assigneeId === staffId || (await selectWasTheirs(house, { ...of, staffId }))
    return task && isTheirs ? keepResult(house, works, { task, staffId, told, telling }) : undefined
  })
  return taken ?? refuseOthers(unit, of)
}

/** Somebody else’s task is only known to whoever is shown it. */
async function refuseOthers(unit: Unit, of: OfTask): Promise<never> {
  const seen = await selectTask(unit, of)
  const isShown = seen !== undefined && mayReadTask(await readerOf(unit), seen)
  if (isShown) throw new Refusal('forbidden', 'task-not-yours', { task: of.taskId })
  throw new Refusal('not-found', 'task-unknown', { task: of.taskId })
}

type Kept = Readonly<{
  task: TaskRow
  staffId: string
  told: TaskResult
  telling: Telling
}>

async function keepResult(
  unit: Unit,
  works: Works,
  { task, staffId, told: sent, telling }: Kept,
): Promise<Taken> {
  const { clock, hear } = telling
  const { at, offMs } = readResultTime(sent, unit.now)
  const position = usablePosition(sent)
  const told = { ...sent, position }
  const taken = (answer: Answer): Taken => ({
    ...{ resultId: told.resultId, taskId: task.taskId },
    ...{ ...answer, conflicts: [...answer.conflicts], against: [...answer.against] },
  })
  const before = await selectAnswer(unit, { ...task, staffId }, told)
  if (before?.isSame) return taken(before.answer)
  if (before) throw new Refusal('conflict', 'result-told-otherwise', { result: told.resultId })
  const unfit = whyUnfit(task.kind, told)
  if (unfit && !telling.hasWaited) throw new Refusal('invalid', unfit.code, unfit.values)
  const beside = await whyBeside(unit, { task, staffId })
  const found = await meanwhile(unit, {
    ...{ task, staffId, told: sent, at },
    ...{ isPlaced: position !== null, clockOffMs: offMs || (clock?.offMs ?? 0) },
  })
  const conflicts = [...(beside ? [beside] : []), ...(unfit ? [unfit] : []), ...found]
  const followed = await follow(unit, task, { told, at, staffId, conflicts, isFirst: !beside })
  const next = followed.followUp?.dueOn ?? null
  const { against } = await keepTouch(unit, works, ...touchOf(task, staffId, { told, at, next }))
  const answer: Answer = {
    taskState: beside ? task.state : stateAfter(told),
    standing: beside ? 'beside' : 'first',
    conflicts: [...conflicts, ...followed.conflicts].map((each) => tell(each, dayOf(at))),
    against: against as readonly Reason[],
    followUp: followed.followUp,
  }
  await insertResult(
    unit,
    { task, staffId, at, day: dayOf(at), deviceAt: clock?.at ?? null, told },
    answer,
  )
  const { resultId, result } = told
  if (!beside) await closeTask(unit, task, { state: answer.taskState, resultId, result })
  await hear(unit, { task, told, staffId, at })
  audit(unit, {
    ...{ branchId: task.branchId, action: 'result.recorded', actor: staffId },
    about: { kind: 'task', id: task.taskId },
    values: {
      ...{ resultId, result, standing: answer.standing },
      conflicts: answer.conflicts.map(({ code }) => code).join(' '),
    },
  })
  return taken(answer)
}

function stateAfter({ result }: TaskResult): 'done' | 'promised' | 'refused' | 'ended' {
  return result === 'done' || result === 'promised' || result === 'refused' ? result : 'ended'
}

type Follows = Readonly<{
  told: TaskResult
  at: Date
  staffId: string
  conflicts: readonly BareReason[]
  isFirst: boolean
}>

/**
 * Makes the task that follows. Beside another result only a promise leads to one, where nobody else
 * has the task any more; after a refusal nobody is sent to a household for marketing.
 */
async function follow(unit: Unit, task: TaskRow, of: Follows) {
  const nothing = { followUp: null, conflicts: [] as readonly BareReason[] }
  const isNobodys = task.state === 'taken_back' || task.state === 'withdrawn'
  if (!of.isFirst && !(isNobodys && of.told.result === 'promised')) return nothing
  if (await mayNotFollow(unit, task, of)) return nothing
  const following = await followingTask(unit, task, of)
  if (!following) return nothing
  const { taskId, dueOn } = following.task
  await insertTasks(unit, [following.task])
  return { followUp: { taskId, dueOn }, conflicts: following.conflicts }
}

async function mayNotFollow(unit: Unit, task: TaskRow, { isFirst, conflicts }: Follows) {
  const { policy } = await contactRules(unit, task.branchId)
  const isRefused = conflicts.some(({ code }) => code === 'refused-meanwhile')
  if (isRefused && isMarketing(task.purpose, policy)) return true
  return !isFirst && (await selectIsFollowed(unit, task))
}
