import { sql } from 'kysely'
import type { Move } from '#contract/rezoning.ts'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { UnitOf } from './unit-store.ts'
import type { Version } from './versions.ts'

/** A re-zoning with the versions of what it touched, as they stood before and after. */
export type Rezoning = Readonly<{
  rezoningId: string
  validFrom: Day
  moves: readonly Move[]
  before: readonly Version<UnitOf>[]
  after: readonly Version<UnitOf>[]
  madeAt: Date
  madeBy: string
  undoneAt: Date | null
}>

export async function insertRezoning(
  unit: Unit,
  branchId: string,
  of: Pick<Rezoning, 'rezoningId' | 'validFrom' | 'moves' | 'before' | 'after'>,
): Promise<void> {
  await sql`
    insert into people.rezoning (branch_id, rezoning_id, valid_from, moves, before, after, made_at,
      made_by)
    values (${branchId}, ${of.rezoningId}, ${of.validFrom}, ${JSON.stringify(of.moves)},
      ${JSON.stringify(of.before)}, ${JSON.stringify(of.after)}, ${unit.now}, ${unit.actor.id})
  `.execute(unit.db)
}

/** The latest 200 of a branch, or the one of an id; none where the branch is not in scope. */
export async function selectRezonings(
  unit: Unit,
  branchId: string,
  rezoningId: string | null = null,
): Promise<Rezoning[]> {
  const { rows } = await sql<Rezoning>`
    select rezoning_id as "rezoningId", valid_from as "validFrom", moves, before, after,
      made_at as "madeAt", made_by as "madeBy", undone_at as "undoneAt"
      from people.rezoning
     where branch_id = ${branchId}
       and (${rezoningId}::uuid is null or rezoning_id = ${rezoningId}::uuid)
     order by made_at desc, rezoning_id
     limit 200
  `.execute(unit.db)
  return rows
}

export async function updateUndone(
  unit: Unit,
  branchId: string,
  rezoningId: string,
): Promise<void> {
  await sql`
    update people.rezoning set undone_at = ${unit.now}, undone_by = ${unit.actor.id}
     where branch_id = ${branchId} and rezoning_id = ${rezoningId}
  `.execute(unit.db)
}
