import * as organisation from '#contract/organisation.ts'
import { readPermissions } from '#contract/permissions.ts'
import * as session from '#contract/session.ts'
import { type Http, SESSION_COOKIE } from '#platform/http.ts'
import type { Works } from '#platform/works.ts'
import { auditStaff, auditUnit } from './audited.ts'
import { setPassword } from './passwords.ts'
import { permissionTable } from './permissions.ts'
import { abilities, mayDo } from './policy.ts'
import { type Homes, reshape } from './reshape.ts'
import { serviceTokenRoutes } from './service-token-routes.ts'
import { actorOf, LONGEST_MS } from './sessions.ts'
import { changePassword, signIn, signOut, whoAmI } from './sign-in.ts'
import { capacityOf, listStaff, putStaff, readPerson } from './staff.ts'
import { readTree } from './units.ts'

const DONE = { done: true } as const

export function peopleRoutes(http: Http, works: Works, homes: Homes): void {
  sessionRoutes(http, works)
  organisationRoutes(http, homes)
  serviceTokenRoutes(http)
}

function sessionRoutes(http: Http, works: Works): void {
  http.serveOpen(session.signIn, async (call, _, { account, password }) => {
    const { token, actor } = await signIn(works, { account, password, address: call.ip })
    call.setCookie(SESSION_COOKIE, token, LONGEST_MS / 1000)
    return works.run(actor, whoAmI)
  })
  http.serve(session.whoAmI, whoAmI)
  http.serveOpen(session.signOut, async (call) => {
    const token = call.cookie(SESSION_COOKIE)
    const actor = token === undefined ? undefined : await actorOf(works, token)
    if (actor) await signOut(works, actor)
    call.setCookie(SESSION_COOKIE, '', 0)
    return DONE
  })
  http.serveActor(session.changePassword, async (actor, _, body) => {
    await changePassword(works, actor, body)
    return DONE
  })
}

function organisationRoutes(http: Http, homes: Homes): void {
  http.serve(readPermissions, async () => permissionTable())
  http.serve(organisation.readTree, async (unit, { on }) => ({
    units: await readTree(unit, on),
    can: abilities(unit.actor),
  }))
  http.serve(organisation.putUnit, async (unit, { unitId }, body) => {
    mayDo(unit.actor, 'organisation:write')
    await reshape(unit, { unitId, ...body }, homes)
    const { parentId, name, validFrom, validTo } = body
    await auditUnit(unit, unitId, { parentId, name, validFrom, validTo })
    return DONE
  })
  http.serve(organisation.listStaff, async (unit, query) => {
    const page = await listStaff(unit, query)
    const rows = page.rows.map((person) => ({
      ...person,
      roles: [...person.roles],
      skills: [...person.skills],
      capacity: capacityOf(person),
    }))
    return { ...page, rows }
  })
  http.serve(organisation.putStaff, async (unit, { staffId }, body) => {
    mayDo(unit.actor, 'organisation:write')
    await putStaff(unit, staffId, body)
    const { unitId, roles, validFrom, validTo } = body
    const values = { unitId, roles: roles.join(' '), validFrom, validTo }
    await auditStaff(unit, { staffId, unitId }, 'staff.changed', values)
    return DONE
  })
  http.serve(organisation.setStaffPassword, async (unit, { staffId }, { password }) => {
    mayDo(unit.actor, 'staff:passwords')
    const { account, unitId } = await readPerson(unit, staffId)
    await setPassword(unit, staffId, password, account)
    await auditStaff(unit, { staffId, unitId }, 'password.given')
    return DONE
  })
}
