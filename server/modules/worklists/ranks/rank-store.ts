import { sql } from 'kysely'
import type { z } from 'zod'
import type { RankRules as Shape } from '#contract/settings.ts'
import type { Unit } from '#platform/unit.ts'
import { versionsIn } from '#platform/versions-store.ts'
import { ordersOf, PARTS } from '../board/parts-store.ts'
import type { TasksAsked } from '../task.ts'
import { onDay } from '../task-store.ts'

export type RankRules = Readonly<z.output<typeof Shape>>

export const RANK_VERSIONS = versionsIn<RankRules>({
  table: 'worklists.rank_rules',
  setting: sql`jsonb_build_object('showRank', show_rank)`,
  columns: ({ showRank }) => ({ show_rank: showRank }),
})

/** A place among so many: who has as much shares it, and the place after it is left out. */
export type Place = Readonly<{ place: number; of: number }>

/**
 * The place of a person among all who have work on the lists of a day in their posts in `crew`: by the
 * orders that they told, as the board counts them, then by what was done of their tasks. Undefined for
 * whoever has no such work, and while nobody has either yet.
 */
export async function selectPlace(
  unit: Unit,
  of: Pick<TasksAsked, 'branchId' | 'planId' | 'day' | 'today'> &
    Readonly<{ staffId: string; crew: readonly string[] }>,
): Promise<Place | undefined> {
  const asked = { ...of, state: null, unitIds: null, assigneeId: null, reader: null }
  const { rows } = await sql<Place>`
    with at_work as (
      select assignee_id as staff_id, count(*) filter (where ${PARTS.done}) as done
        from worklists.task
       where ${onDay({ ...asked, campaign: null, touchpoint: null })}
         and assignee_unit_id = any (${[...of.crew]})
         and state not in ('taken_back', 'withdrawn')
       group by assignee_id),
    sold as (
      select staff_id, count(*) as orders from (${ordersOf(of)}) as told group by staff_id),
    placed as (
      select staff_id, rank() over (order by coalesce(orders, 0) desc, done desc) as place,
          count(*) over () as people, sum(coalesce(orders, 0) + done) over () as something
        from at_work left join sold using (staff_id))
    select place::integer, people::integer as of from placed
     where staff_id = ${of.staffId} and something > 0
  `.execute(unit.db)
  return rows[0]
}
