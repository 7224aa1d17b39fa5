import { type RawBuilder, sql } from 'kysely'
import type { TaskResult } from '#contract/tasks.ts'
import type { Day } from '#platform/day.ts'
import type { Reason } from '#platform/say-reason.ts'
import type { Unit } from '#platform/unit.ts'
import type { TaskRow } from '../task.ts'

/** What was answered when a result was told; told again it is answered the same. */
export type Answer = Readonly<{
  taskState: TaskRow['state']
  standing: 'first' | 'beside'
  conflicts: readonly Reason[]
  against: readonly Reason[]
  followUp: Readonly<{ taskId: string; dueOn: Day }> | null
}>

/** A result with what follows from where and when it was told. */
export type ResultRow = Readonly<{
  task: Pick<TaskRow, 'branchId' | 'taskId' | 'subscriberId' | 'unitId' | 'assigneeUnitId'>
  staffId: string
  at: Date
  day: Day
  /** Where the clock of the device was wrong: what it said. */
  deviceAt: Date | null
  /** With the position that can be used, if any. */
  told: TaskResult
}>

export async function insertResult(unit: Unit, row: ResultRow, answer: Answer): Promise<void> {
  const { task } = row
  await sql`
    insert into worklists.result (branch_id, result_id, task_id, subscriber_id, unit_id,
        assignee_unit_id, staff_id, happened_at, device_at, day, standing, ${names(SAID)}, answer)
    values (${task.branchId}, ${row.told.resultId}, ${task.taskId}, ${task.subscriberId},
        ${task.unitId}, ${task.assigneeUnitId}, ${row.staffId}, ${row.at}, ${row.deviceAt},
        ${row.day}, ${answer.standing}, ${sql.join(saidOf(row.told))}, ${JSON.stringify(answer)})
  `.execute(unit.db)
}

/** The columns that hold what was told, in the order of `saidOf`. */
const SAID = [
  ['told_at', 'timestamptz'],
  ['result', 'text'],
  ['done_what', 'text'],
  ['product', 'text'],
  ['amount_fen', 'bigint'],
  ['receipt', 'text'],
  ['promised_on', 'date'],
  ['refused_scope', 'text'],
  ['refused_until', 'date'],
  ['try_again', 'date'],
  ['wrong_field', 'text'],
  ['rival', 'text'],
  ['rival_fee_fen', 'bigint'],
  ['rival_ends', 'date'],
  ['handed_to', 'text'],
  ['reason', 'text'],
  ['note', 'text'],
  ['started_at', 'timestamptz'],
  ['latitude', 'double precision'],
  ['longitude', 'double precision'],
  ['accuracy_m', 'double precision'],
  ['positioned_at', 'timestamptz'],
  ['photos', 'uuid[]'],
] as const

/** What an erasure empties, so that it is no longer known whether it was told otherwise. */
const ERASED: ReadonlySet<string> = new Set([
  ...['product', 'receipt', 'rival', 'note'],
  ...['latitude', 'longitude', 'accuracy_m', 'positioned_at'],
])

const names = (columns: typeof SAID): RawBuilder<unknown> =>
  sql.join(columns.map(([name]) => sql.ref(name)))

function saidOf(told: TaskResult): RawBuilder<unknown>[] {
  const { done, promised, refused, notAtHome, competitor, position } = told
  const values = [
    ...[told.at, told.result],
    ...[done?.what, done?.product, done?.amountFen, done?.receipt],
    ...[promised?.on, refused?.scope, refused?.until, notAtHome?.tryAgain],
    (told.moved ?? told.wrongData)?.field,
    ...[competitor?.operator, competitor?.monthlyFeeFen, competitor?.expiresOn],
    ...[told.handedOver?.to, told.reason, told.note, told.startedAt],
    ...[position?.latitude, position?.longitude, position?.accuracyM, position?.at],
    [...told.photos],
  ]
  return values.map((value, nth) => sql`${value ?? null}::${sql.raw(SAID[nth]?.[1] ?? 'text')}`)
}

/**
 * What was answered to a result of this number before, and whether that one said the same, by the same
 * person about the same task; undefined where there is none.
 */
export async function selectAnswer(
  unit: Unit,
  of: Readonly<{ branchId: string; taskId: string; staffId: string }>,
  told: TaskResult,
): Promise<Readonly<{ answer: Answer; isSame: boolean }> | undefined> {
  const said = saidOf(told)
  const same = SAID.map(([name], nth) => {
    const is = sql`${sql.ref(name)} is not distinct from ${said[nth]}`
    return ERASED.has(name) ? sql`(is_erased or ${is})` : is
  })
  const { rows } = await sql<{ answer: Answer; isSame: boolean }>`
    select answer, task_id = ${of.taskId} and staff_id = ${of.staffId}
        and ${sql.join(same, sql` and `)} as "isSame"
      from worklists.result where (branch_id, result_id) = (${of.branchId}, ${told.resultId})
  `.execute(unit.db)
  return rows[0]
}

/** Whether somebody else told of a subscriber since a day that the contract was renewed. */
export async function selectRenewedSince(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string; staffId: string; day: Day }>,
): Promise<boolean> {
  const { rows } = await sql`
    select from worklists.result
     where (branch_id, subscriber_id, done_what) = (${of.branchId}, ${of.subscriberId}, 'renewal')
       and day >= ${of.day} and staff_id <> ${of.staffId}
     limit 1
  `.execute(unit.db)
  return rows.length > 0
}

/** Empties the free text and the place of what was told of these subscribers, and with whom they are now. */
export async function eraseResults(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberIds: readonly string[] }>,
): Promise<void> {
  await sql`
    update worklists.result
       set note = null, product = null, receipt = null, rival = null, latitude = null,
           longitude = null, accuracy_m = null, positioned_at = null, is_erased = true
     where branch_id = ${of.branchId} and subscriber_id = any (${[...of.subscriberIds]}::text[])
       and not is_erased
  `.execute(unit.db)
}

/** Everything told of the tasks about a subscriber, newest first. */
export async function selectResultsEver(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ result: Record<string, unknown> }>`
    select to_jsonb(told) - 'branch_id' - 'answer' as result from worklists.result as told
     where (branch_id, subscriber_id) = (${of.branchId}, ${of.subscriberId})
     order by happened_at desc, result_id
  `.execute(unit.db)
  return rows.map(({ result }) => result)
}

/** What makes an order of the day. */
export type Orders = Readonly<Record<'renewal' | 'new' | 'box' | 'third_party', number>>

/** The orders of a person on a day; what somebody else had told of the same task before is none. */
export async function selectOrders(
  unit: Unit,
  of: Readonly<{ branchId: string; staffId: string; day: Day }>,
): Promise<Orders> {
  const { rows } = await sql<{ what: keyof Orders; count: number }>`
    select done_what as what, count(distinct task_id)::integer as count from worklists.result
     where (branch_id, staff_id, day) = (${of.branchId}, ${of.staffId}, ${of.day})
       and done_what in ('renewal', 'new', 'box', 'third_party')
       and not answer -> 'conflicts' @> '[{"code": "task-closed-already"}]'
     group by done_what
  `.execute(unit.db)
  const counts = new Map(rows.map(({ what, count }) => [what, count]))
  return {
    renewal: counts.get('renewal') ?? 0,
    new: counts.get('new') ?? 0,
    box: counts.get('box') ?? 0,
    third_party: counts.get('third_party') ?? 0,
  }
}
