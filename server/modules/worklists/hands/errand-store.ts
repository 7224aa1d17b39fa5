import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'

type OfErrand = Readonly<{ branchId: string; errand: string }>

/**
 * Takes off all lists what of an errand nobody has touched; how many. What was closed stays, and what
 * follows from it.
 */
export const withdrawErrand = (unit: Unit, { branchId, errand }: OfErrand): Promise<number> =>
  withdraw(unit, sql`(branch_id, errand) = (${branchId}, ${errand}::uuid)`)

/** The same of errands of before a day, where somebody is about to go to these subscribers again. */
export const withdrawOverdue = (
  unit: Unit,
  of: Readonly<{ branchId: string; before: Day; subscriberIds: readonly string[] }>,
): Promise<number> =>
  withdraw(
    unit,
    sql`branch_id = ${of.branchId} and errand is not null and day < ${of.before}
      and subscriber_id = any (${[...of.subscriberIds]}::text[])`,
  )

async function withdraw(unit: Unit, those: RawBuilder<unknown>): Promise<number> {
  const untouched = sql`${those} and state in ('open', 'taken_back')
    and not exists (select from worklists.result
         where (result.branch_id, result.task_id) = (task.branch_id, task.task_id))`
  // In order of id, as everybody holds tasks, so that two wait in turn.
  await sql`
    select from worklists.task where ${untouched} order by task_id for update`.execute(unit.db)
  const { numAffectedRows } = await sql`
    update worklists.task set state = 'withdrawn' where ${untouched}`.execute(unit.db)
  return Number(numAffectedRows ?? 0)
}

/** How far an errand is: households met, not met (nobody at home, wrong data, handed over), and left. */
export type ErrandCounts = Readonly<{ met: number; notMet: number; left: number }>

export async function selectErrands(
  unit: Unit,
  of: Readonly<{ branchId: string; errands: readonly string[] }>,
): Promise<ReadonlyMap<string, ErrandCounts>> {
  const { rows } = await sql<ErrandCounts & { errand: string }>`
    select errand, (count(*) filter (where closed_as in
               ('done', 'promised', 'refused', 'moved', 'competitor')))::integer as met,
           (count(*) filter (where closed_as in
               ('not_at_home', 'wrong_data', 'handed_over')))::integer as "notMet",
           (count(*) filter (where state in ('open', 'taken_back')))::integer as left
      from worklists.task
     where branch_id = ${of.branchId} and errand = any (${[...of.errands]}::uuid[])
     group by errand`.execute(unit.db)
  return new Map(rows.map(({ errand, ...counts }) => [errand, counts]))
}
