import type { Purpose } from '#contacts'
import type { BoardPart } from '#contract/board.ts'
import type { ResultCode, TaskKind, TaskOrigin, TaskState } from '#contract/tasks.ts'
import type { Day } from '#platform/day.ts'
import type { HandsOn } from './crews.ts'
import type { Reader } from './policy.ts'
import type { BareReason } from './reasons.ts'

/** A task as the ledger keeps it: name and number masked, the address whole. */
export type TaskRow = Readonly<{
  branchId: string
  taskId: string
  /** Null: no plan made it. */
  planId: string | null
  day: string
  subscriberId: string
  householdId: string
  unitId: string
  assigneeId: string
  assigneeUnitId: string
  campaign: string
  touchpoint: HandsOn
  /** Place in the assignee’s day, from 1, over all touchpoints. */
  visitOrder: number
  windowStart: Date | string
  windowEnd: Date | string
  dueOn: string
  offer: string
  priority: number
  valueFen: number
  name: string | null
  phone: string | null
  address: string | null
  townName: string | null
  placeName: string | null
  reasons: readonly BareReason[]
  state: TaskState
  kind: TaskKind
  purpose: Purpose
  origin: TaskOrigin
  /** The plan that says what its campaign and its offers are called; null: nothing does. */
  wordsOf: string | null
  /** The task whose result it follows from. */
  fromTask: string | null
  /** What it was given for together with others, such as a sweep. */
  errand: string | null
  attempt: number
  /** The result that closed it. */
  closedBy: string | null
  closedAt: Date | string | null
  closedAs: ResultCode | null
}>

/**
 * Which tasks of a day; null: whichever. On the lists of a day are those of its published plan, what
 * of a plan before it was closed, and what no plan made: of today also what is overdue. `unitIds` are
 * the grids that households live in, `reader` those whose lists the actor reads.
 */
export type TasksAsked = Readonly<{
  branchId: string
  /** The published plan; null: there is none. */
  planId: string | null
  day: Day
  today: Day
  /** Null: what is on lists, so neither taken back nor withdrawn. */
  state: TaskState | null
  /** What a number of the board counts; of orders the assignee is who told them. */
  part?: BoardPart | undefined
  unitIds: readonly string[] | null
  assigneeId: string | null
  reader: Reader | null
  campaign: string | null
  touchpoint: HandsOn | null
}>

/**
 * What somebody refuses who refuses no more than a task is about: its offer; where it has none, since
 * it was given by hand, what there was to do.
 */
export const presentedBy = ({ offer, campaign }: Pick<TaskRow, 'offer' | 'campaign'>): string =>
  offer || campaign

/**
 * A search at the address in the map application that most phones here have; no place leaves the
 * house before somebody taps it, and then only the address of the visit.
 */
export function mapLink(address: string | null): string | null {
  return address && `https://uri.amap.com/search?keyword=${encodeURIComponent(address)}`
}
