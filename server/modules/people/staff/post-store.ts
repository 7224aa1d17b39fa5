import { sql } from 'kysely'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { Role } from '../roles.ts'

/** A post beside the main one; it begins and ends, and what it says never changes. */
export type Post = Readonly<{
  staffId: string
  postNo: number
  unitId: string
  roles: readonly Role[]
  validFrom: Day
  validTo: Day | null
}>
export type PostRow = Post & Readonly<{ unitName: string }>

/** The posts, in scope, of a person beside the main one, ended ones included; the latest first. */
export async function selectPosts(unit: Unit, staffId: string): Promise<PostRow[]> {
  const { rows } = await sql<PostRow>`
    select post.staff_id as "staffId", post.post_no as "postNo", post.unit_id as "unitId", post.roles,
      post.valid_from as "validFrom", post.valid_to as "validTo",
      coalesce((select named.name from people.unit as named where named.unit_id = post.unit_id
        order by named.valid_from desc limit 1), post.unit_id) as "unitName"
      from people.post
     where post.staff_id = ${staffId}
     order by post.valid_from desc, post.post_no desc
  `.execute(unit.db)
  return rows
}

export async function selectNextPostNo(unit: Unit, staffId: string): Promise<number> {
  const { rows } = await sql<{
    next: number
  }>`select people.next_post_no(${staffId}) as next`.execute(unit.db)
  return rows[0]?.next ?? 1
}

export async function insertPost(unit: Unit, post: Post): Promise<void> {
  await sql`
    insert into people.post (staff_id, post_no, unit_id, roles, valid_from, valid_to, recorded_at,
      recorded_by)
    values (${post.staffId}, ${post.postNo}, ${post.unitId}, ${[...post.roles]}, ${post.validFrom},
      ${post.validTo}, ${unit.now}, ${unit.actor.id})
  `.execute(unit.db)
}

export async function updatePostEnd(
  unit: Unit,
  { staffId, postNo, validTo }: Pick<Post, 'staffId' | 'postNo' | 'validTo'>,
): Promise<void> {
  await sql`
    update people.post set valid_to = ${validTo}, recorded_at = ${unit.now},
      recorded_by = ${unit.actor.id}
     where staff_id = ${staffId} and post_no = ${postNo}
  `.execute(unit.db)
}

/** The units that the actor organises; for the system all. */
export async function selectUnitsOrganised(unit: Unit): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`select people.units_organised() as ids`.execute(
    unit.db,
  )
  return rows[0]?.ids ?? []
}

/** The units in which one of the roles counts for a person; for the system to ask. */
export async function selectUnitsOfRolesOf(
  unit: Unit,
  staffId: string,
  roles: readonly Role[],
): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`
    select people.units_of_roles_of(${staffId}, ${[...roles]}) as ids
  `.execute(unit.db)
  return rows[0]?.ids ?? []
}

/** The roles of a person that count in a unit; for the system to ask. */
export async function selectRolesOfAt(
  unit: Unit,
  staffId: string,
  unitId: string,
): Promise<string[]> {
  const { rows } = await sql<{ roles: string[] }>`
    select people.roles_of_at(${staffId}, ${unitId}) as roles
  `.execute(unit.db)
  return rows[0]?.roles ?? []
}

/** Whether all posts of a person, now and later, lie where one of the roles counts for the actor. */
export async function selectIsManagedBy(
  unit: Unit,
  staffId: string,
  roles: readonly Role[],
): Promise<boolean> {
  const { rows } = await sql<{ managed: boolean }>`
    select people.is_managed(${staffId}, ${[...roles]}) as managed
  `.execute(unit.db)
  return rows[0]?.managed ?? false
}

/** The units in which one of the roles counts for the actor; for the system all. */
export async function selectUnitsOfRoles(unit: Unit, roles: readonly Role[]): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`
    select people.units_of_roles(${[...roles]}) as ids
  `.execute(unit.db)
  return rows[0]?.ids ?? []
}

/** The roles of the actor that count in a unit; none for the system and for tokens. */
export async function selectRolesAt(unit: Unit, unitId: string): Promise<string[]> {
  const { rows } = await sql<{ roles: string[] }>`
    select people.roles_at(${unitId}) as roles
  `.execute(unit.db)
  return rows[0]?.roles ?? []
}

/** All roles of a person on the day of the unit, of all posts; for the system. */
export async function selectRolesOf(unit: Unit, staffId: string): Promise<Role[]> {
  const { rows } = await sql<{ roles: Role[] }>`
    select people.roles_of(${staffId}) as roles
  `.execute(unit.db)
  return rows[0]?.roles ?? []
}
