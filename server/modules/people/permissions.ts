import { ACTIONS, RESOURCES } from '#contract/permissions.ts'
import { type Action, ROLES, type Role } from './roles.ts'

/** The one table of roles × actions × resources, as people read it. */
export function permissionTable() {
  const roles = Object.entries(ROLES) as [Role, (typeof ROLES)[Role]][]
  const actions = Object.entries(ACTIONS) as [Action, (typeof ACTIONS)[Action]][]
  const order = Object.keys(RESOURCES)
  return {
    roles: roles.map(([role, { name, may }]) => ({ role, name, may: [...may] as string[] })),
    actions: actions
      .map(([action, { name, resource, whole }]) => ({
        ...{ action, name, resource, whole },
        resourceName: RESOURCES[resource],
      }))
      .sort((a, b) => order.indexOf(a.resource) - order.indexOf(b.resource)),
  }
}
