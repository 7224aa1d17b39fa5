import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Works } from '#platform/works.ts'
import { calledBy, maskName, maskPhone, readCards } from '#subscribers'
import type { PlanRecord } from './details.ts'
import type { BareReason } from './reasons.ts'
import type { TaskRow } from './task.ts'
import { aimOf } from './task-kind.ts'

/** What a task has only once it is published and worked on. */
const FRESH = {
  state: 'open',
  origin: 'plan',
  fromTask: null,
  errand: null,
  attempt: 1,
  closedBy: null,
  closedAt: null,
  closedAs: null,
} as const

type Stored = Omit<
  TaskRow,
  | ('planId' | 'day' | 'name' | 'phone' | 'reasons' | 'kind' | 'purpose' | 'wordsOf')
  | keyof typeof FRESH
> &
  Readonly<{ reasons: string; season: string | null }>

/** So many cards are read at a time. */
const CARDS_AT_ONCE = 5_000

/**
 * The tasks of a plan by assignee and visit, from its file. What people are called and their numbers
 * are not in it: they are those of the cards now, as is the address, masked, unless the tasks are read for an export that
 * somebody has approved.
 */
export async function readPlannedTasks(
  works: Works,
  session: LakeSession,
  plan: Pick<PlanRecord, 'branchId' | 'planId' | 'day' | 'details'>,
  file: string,
  { approved = false } = {},
): Promise<TaskRow[]> {
  const rows = await session.rows<Stored>(question(import.meta.url, './queries/tasks.sql'), {
    path: file,
  })
  const people = await peopleIn(works, plan.branchId, [
    ...new Set(rows.map((row) => row.subscriberId)),
  ])
  return rows.map(({ season, ...row }): TaskRow => {
    const known = people.get(row.subscriberId)
    const { name = null, phone = null } = known ?? {}
    return {
      ...row,
      address: known ? known.address : row.address,
      ...FRESH,
      ...aimOf(plan.details, row.campaign),
      planId: plan.planId,
      wordsOf: plan.planId,
      day: plan.day,
      name: approved ? name : maskName(name),
      phone: approved ? phone : maskPhone(phone),
      reasons: [...parsed(row.reasons), ...parsed(season ? `[${season}]` : '[]')],
    }
  })
}

type Called = ReturnType<typeof calledBy> & Readonly<{ address: string | null }>

async function peopleIn(
  { run, system, keys }: Works,
  branchId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Called>> {
  const people = new Map<string, Called>()
  for (let from = 0; from < ids.length; from += CARDS_AT_ONCE) {
    const some = ids.slice(from, from + CARDS_AT_ONCE)
    const cards = await run(system, (unit) => readCards(unit, branchId, some))
    for (const [id, card] of cards)
      people.set(id, { ...calledBy(keys, card), address: card.address })
  }
  return people
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
