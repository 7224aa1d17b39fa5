import { z } from 'zod'
import { Done, type Endpoint, Id } from './endpoint.ts'
import { Role, UnitKind } from './organisation.ts'

const Place = z.object({ unitId: Id, name: z.string(), kind: UnitKind })

export const Me = z
  .object({
    staffId: Id,
    name: z.string(),
    account: z.string(),
    roles: z.array(Role),
    unit: Place,
    /** From the province down to the own unit: the path one can climb. */
    path: z.array(Place),
    /** The county branch that work happens in; null for city and province people. */
    branchId: Id.nullable(),
    /** Branches in scope, for those who see several. */
    branches: z.array(Place),
    /** Actions the roles allow, such as `plan:publish`. */
    can: z.array(z.string()),
    /** The day it is for the branch, by the server’s clock. */
    today: z.string(),
  })
  .meta({ id: 'Me' })

export const signIn = {
  operationId: 'signIn',
  method: 'POST',
  path: '/session',
  needs: 'anyone',
  summary: { zh: '登录', en: 'Sign in' },
  body: z.object({ account: z.string().min(1).max(80), password: z.string().min(1).max(200) }),
  response: Me,
  refusals: ['sign-in-failed', 'sign-in-too-often'],
  open: true,
} as const satisfies Endpoint

export const whoAmI = {
  operationId: 'whoAmI',
  method: 'GET',
  path: '/session',
  needs: 'own',
  summary: { zh: '当前登录人', en: 'Who is signed in' },
  response: Me,
  refusals: [],
} as const satisfies Endpoint

export const signOut = {
  operationId: 'signOut',
  method: 'DELETE',
  path: '/session',
  needs: 'anyone',
  summary: { zh: '退出登录', en: 'Sign out' },
  response: Done,
  refusals: [],
} as const satisfies Endpoint

export const changePassword = {
  operationId: 'changePassword',
  method: 'PUT',
  secret: true,
  path: '/session/password',
  needs: 'own',
  summary: { zh: '修改本人密码', en: 'Change the own password' },
  body: z.object({ current: z.string().max(200), next: z.string().min(10).max(200) }),
  response: Done,
  refusals: ['sign-in-failed', 'sign-in-too-often', 'password-too-weak', 'staff-unknown'],
} as const satisfies Endpoint
