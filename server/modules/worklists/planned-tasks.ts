import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { maskName, maskPhone } from '#subscribers'
import type { OfPlan } from './plan.ts'
import type { BareReason } from './reasons.ts'
import type { TaskRow } from './task.ts'

type Stored = Omit<TaskRow, 'planId' | 'day' | 'reasons' | 'state'> &
  Readonly<{ reasons: string; season: string | null }>

/**
 * The tasks of a plan by assignee and visit, from its file; names and numbers leave it masked, unless
 * they are read for an export that somebody has approved.
 */
export async function readPlannedTasks(
  session: LakeSession,
  plan: OfPlan & Readonly<{ day: string }>,
  file: string,
  { approved = false } = {},
): Promise<TaskRow[]> {
  const rows = await session.rows<Stored>(question(import.meta.url, './queries/tasks.sql'), {
    path: file,
  })
  return rows.map(({ season, ...row }) => ({
    ...row,
    planId: plan.planId,
    day: plan.day,
    name: approved ? row.name : maskName(row.name),
    phone: approved ? row.phone : maskPhone(row.phone),
    reasons: [...parsed(row.reasons), ...parsed(season ? `[${season}]` : '[]')],
    state: 'open',
  }))
}

const parsed = (text: string) => JSON.parse(text) as BareReason[]

/** Splits tasks in order of assignee into the list of each. */
export function* listsOf(tasks: readonly TaskRow[]): Generator<readonly [string, TaskRow[]]> {
  let list: TaskRow[] = []
  for (const task of tasks) {
    const owner = list[0]?.assigneeId
    if (owner !== undefined && owner !== task.assigneeId) {
      yield [owner, list]
      list = []
    }
    list.push(task)
  }
  if (list[0]) yield [list[0].assigneeId, list]
}
