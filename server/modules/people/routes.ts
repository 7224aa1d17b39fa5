import * as organisation from '#contract/organisation.ts'
import { readPermissions } from '#contract/permissions.ts'
import type { Http } from '#platform/http.ts'
import type { Works } from '#platform/works.ts'
import { auditStaff, auditUnit } from './audited.ts'
import { type Homes, reshape } from './organisation/reshape.ts'
import { rezoneRoutes } from './organisation/rezone-routes.ts'
import { readTree } from './organisation/units.ts'
import { permissionTable } from './permissions.ts'
import { abilities, mayDo } from './policy.ts'
import { isRole } from './roles.ts'
import { accountRoutes } from './sign-in/account-routes.ts'
import { type Installed, sessionRoutes } from './sign-in/session-routes.ts'
import { ssoRoutes } from './single-sign-on/oidc-routes.ts'
import { postRoutes } from './staff/post-routes.ts'
import { capacityOf, listStaff, putStaff } from './staff/staff.ts'
import { serviceTokenRoutes } from './tokens/service-token-routes.ts'

const DONE = { done: true } as const

export function peopleRoutes(http: Http, works: Works, homes: Homes, installed: Installed): void {
  sessionRoutes(http, works, installed)
  ssoRoutes(http, works, installed.ways)
  accountRoutes(http)
  organisationRoutes(http, homes)
  postRoutes(http)
  rezoneRoutes(http, homes)
  serviceTokenRoutes(http)
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
      roles: person.roles.filter(isRole),
      skills: [...person.skills],
      capacity: capacityOf(person),
    }))
    return { ...page, rows }
  })
  http.serve(organisation.putStaff, async (unit, { staffId }, body) => {
    mayDo(unit.actor, 'organisation:write')
    const account = await putStaff(unit, staffId, body)
    const { unitId, roles, validFrom, validTo } = body
    const values = {
      ...{ unitId, roles: roles.join(' '), validFrom, validTo },
      ...(account && { account: account.after, accountBefore: account.before }),
    }
    await auditStaff(unit, { staffId, unitId }, 'staff.changed', values)
    return DONE
  })
}
