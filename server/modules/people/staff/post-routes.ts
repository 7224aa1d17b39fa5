import * as organisation from '#contract/organisation.ts'
import type { Http } from '#platform/http.ts'
import { auditStaff } from '../audited.ts'
import { isRole } from '../roles.ts'
import { addPost, endPost, listPosts } from './posts.ts'

/** The posts of a person beside the main one. */
export function postRoutes(http: Http): void {
  http.serve(organisation.listPosts, async (unit, { staffId }) => ({
    posts: (await listPosts(unit, staffId)).map(({ staffId: _, roles, ...post }) => ({
      ...post,
      roles: roles.filter(isRole),
    })),
  }))
  http.serve(organisation.addPost, async (unit, { staffId }, post) => {
    const postNo = await addPost(unit, staffId, post)
    const { unitId, roles, validFrom, validTo } = post
    const values = { postNo: String(postNo), unitId, roles: roles.join(' '), validFrom, validTo }
    await auditStaff(unit, { staffId, unitId }, 'staff.changed', values)
    return { postNo }
  })
  http.serve(organisation.endPost, async (unit, of, { on }) => {
    const { postNo, unitId, validTo } = await endPost(unit, of, on)
    const values = { postNo: String(postNo), unitId, validTo }
    await auditStaff(unit, { staffId: of.staffId, unitId }, 'staff.changed', values)
    return { done: true as const }
  })
}
