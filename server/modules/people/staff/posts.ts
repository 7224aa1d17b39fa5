import type { Day } from '#platform/day.ts'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { type Held, refuseAbove, refuseOwn } from './appointments.ts'
import {
  insertPost,
  type PostRow,
  selectNextPostNo,
  selectPosts,
  selectUnitsOrganised,
  updatePostEnd,
} from './post-store.ts'
import { lockPerson, selectForeignStaff, selectStaffVersions } from './staff-store.ts'

export type PostInput = Held & Readonly<{ validFrom: Day; validTo: Day | null }>

/** The posts of a person beside the main one, of the units in scope. @throws Refusal `staff-unknown`. */
export async function listPosts(unit: Unit, staffId: string): Promise<readonly PostRow[]> {
  const posts = await selectPosts(unit, staffId)
  if (posts.length === 0) await refuseStranger(unit, staffId)
  return posts
}

/**
 * Gives a person one more post, from today or a later day on. It counts while the main one holds.
 * Answers its number. @throws Refusal `staff-unknown`, `unit-unknown` where one of both is not the
 * actor’s to organise, `own-post`, `role-above-own`, `unit-dates-turned`, `post-over`.
 */
export async function addPost(unit: Unit, staffId: string, post: PostInput): Promise<number> {
  const { unitId, validFrom, validTo } = post
  refuseOwn(unit, staffId)
  await lockPerson(unit, staffId)
  await refuseStranger(unit, staffId)
  if ((await selectForeignStaff(unit, [staffId])).has(staffId))
    throw new Refusal('not-found', 'staff-unknown', { staff: staffId })
  if (!(await selectUnitsOrganised(unit)).includes(unitId))
    throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  await refuseAbove(unit, post)
  if (validTo !== null && validTo < validFrom)
    throw new Refusal('invalid', 'unit-dates-turned', { from: validFrom, to: validTo })
  if (validFrom < dayOf(unit.now)) throw new Refusal('invalid', 'post-over', { day: validFrom })
  const postNo = await selectNextPostNo(unit, staffId)
  await insertPost(unit, { staffId, postNo, ...post })
  return postNo
}

/**
 * Ends a post on a day, which no longer counts; one that has not begun by then never comes to hold.
 * @throws Refusal `post-unknown`, `own-post`, `role-above-own`, `post-over` for a day before today
 * and for a post that has ended.
 */
export async function endPost(
  unit: Unit,
  { staffId, postNo }: Readonly<{ staffId: string; postNo: number }>,
  on: Day,
): Promise<PostRow> {
  refuseOwn(unit, staffId)
  await lockPerson(unit, staffId)
  const today = dayOf(unit.now)
  const post = (await selectPosts(unit, staffId)).find((each) => each.postNo === postNo)
  if (!post || !(await selectUnitsOrganised(unit)).includes(post.unitId))
    throw new Refusal('not-found', 'post-unknown', { staff: staffId, post: postNo })
  await refuseAbove(unit, post)
  if (on < today || (post.validTo !== null && post.validTo <= today))
    throw new Refusal('invalid', 'post-over', { day: post.validTo ?? on })
  const validTo = on < post.validFrom ? post.validFrom : on
  await updatePostEnd(unit, { staffId, postNo, validTo })
  return { ...post, validTo }
}

async function refuseStranger(unit: Unit, staffId: string): Promise<void> {
  const known = await selectStaffVersions(unit, { unitIds: [], staffIds: [staffId] })
  if (known.length === 0) throw new Refusal('not-found', 'staff-unknown', { staff: staffId })
}
