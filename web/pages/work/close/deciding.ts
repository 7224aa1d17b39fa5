import type { CloseOutcome, closeDay, readClose } from '#contract/close.ts'
import type { Answer, Input } from '../../../api.ts'

export type Outcome = CloseOutcome['outcome']
/** The reasons that somebody can give. */
export type Why = Extract<CloseOutcome, { outcome: 'dropped' }>['reason']

/** A choice while it is being made: who and why may still be missing. */
export type Choice = Readonly<{
  outcome: Outcome
  to?: string | null
  /** What that person is called. */
  name?: string | null | undefined
  reason?: Why
  note?: string
}>

/** What was chosen for tasks, for people, and for all that is left; the nearest one counts. */
export type Choices = Readonly<{
  rest: Choice | undefined
  byPerson: ReadonlyMap<string, Choice>
  byTask: ReadonlyMap<string, Choice>
}>
export const NO_CHOICES: Choices = { rest: undefined, byPerson: new Map(), byTask: new Map() }

type Left = Answer<typeof readClose>['tasks'][number]

/** What a choice says to the server; undefined while a part of it is missing. */
export function decided(choice: Choice | undefined): CloseOutcome | undefined {
  if (!choice) return undefined
  const { outcome, to, reason } = choice
  if (outcome === 'given') return to ? { outcome, to } : undefined
  if (outcome !== 'dropped') return { outcome }
  if (reason === undefined) return undefined
  if (reason !== 'other') return { outcome, reason }
  const note = choice.note?.trim()
  return note ? { outcome, reason, note } : undefined
}

/** The choice that counts for a task. */
export const choiceFor = (
  { rest, byPerson, byTask }: Choices,
  { taskId, staffId }: Left,
): Choice | undefined => byTask.get(taskId) ?? byPerson.get(staffId) ?? rest

export type Decisions = Pick<Input<typeof closeDay>['body'], 'decisions' | 'rest'> &
  Readonly<{
    /** How many tasks go each way, and how many nobody has decided on yet. */
    counts: ReadonlyMap<Outcome, number>
    undecided: number
  }>

/** What the choices come to for the tasks that are left. */
export function decisionsOf(choices: Choices, left: readonly Left[]): Decisions {
  const counts = new Map<Outcome, number>()
  const decisions: Decisions['decisions'] = []
  let undecided = 0
  for (const task of left) {
    const choice = choiceFor(choices, task)
    const what = decided(choice)
    if (!what) {
      undecided += 1
      continue
    }
    counts.set(what.outcome, (counts.get(what.outcome) ?? 0) + 1)
    if (choice !== choices.rest) decisions.push({ taskId: task.taskId, what })
  }
  return { decisions, rest: decided(choices.rest) ?? null, counts, undecided }
}

/** The choices with one more, or one fewer, for somebody or a task. */
export function withChoice(
  map: ReadonlyMap<string, Choice>,
  id: string,
  choice: Choice | undefined,
): ReadonlyMap<string, Choice> {
  const next = new Map(map)
  if (choice) next.set(id, choice)
  else next.delete(id)
  return next
}
