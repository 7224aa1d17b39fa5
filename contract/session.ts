import { z } from 'zod'
import { Count, Done, type Endpoint, Id, Instant, Named, Uuid } from './endpoint.ts'
import { Extension, Role, UnitKind } from './organisation.ts'

const Place = z.object({ unitId: Id, name: z.string(), kind: UnitKind })

/** Earlier sign-ins, so that people notice one that was not theirs. */
const SignInBefore = z.object({
  at: Instant,
  address: z.string().nullable(),
  device: Named,
  /** Attempts that were refused since then. */
  failures: Count,
})

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
    /** Whether the call platform can connect the person: there is one, and the own extension is known. */
    canCall: z.boolean(),
    /** The day it is for the branch, by the server’s clock. */
    today: z.string(),
    /** What has to be done before anything else is answered. */
    due: z.enum(['password-change', 'enrolment']).nullable(),
  })
  .meta({ id: 'Me' })

/** `me` is null while the second factor is still to be given. */
export const SignedIn = z
  .object({ me: Me.nullable(), before: SignInBefore.nullable() })
  .meta({ id: 'SignedIn' })

const Password = z.string().min(1).max(200)
/** Six digits, or a recovery code. */
const Code = z.string().trim().min(6).max(40)

export const signIn = {
  operationId: 'signIn',
  method: 'POST',
  path: '/session',
  needs: 'anyone',
  summary: { zh: '登录', en: 'Sign in' },
  body: z.object({ account: z.string().min(1).max(80), password: Password }),
  response: SignedIn,
  refusals: [
    'passwords-off',
    'sign-in-failed',
    'sign-in-too-often',
    'sign-in-locked',
    'password-expired',
  ],
  open: true,
} as const satisfies Endpoint

export const giveSecondFactor = {
  operationId: 'giveSecondFactor',
  method: 'POST',
  path: '/session/second-factor',
  needs: 'anyone',
  summary: { zh: '登录第二步：验证码', en: 'Second step of signing in: the code' },
  body: z.object({ code: Code }),
  response: SignedIn,
  refusals: [
    'second-factor-wrong',
    'second-factor-unreadable',
    'sign-in-too-often',
    'sign-in-locked',
  ],
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
  session: true,
  needs: 'anyone',
  summary: { zh: '退出登录', en: 'Sign out' },
  /** Where to sign out of the identity provider as well; null for who came without it. */
  response: Done.extend({ leaveAt: z.string().nullable() }),
  refusals: [],
  open: true,
} as const satisfies Endpoint

export const changePassword = {
  operationId: 'changePassword',
  method: 'PUT',
  secret: true,
  session: true,
  path: '/session/password',
  needs: 'own',
  summary: { zh: '修改本人密码', en: 'Change the own password' },
  body: z.object({ current: Password, next: Password }),
  response: Done,
  refusals: [
    'passwords-off',
    'sign-in-failed',
    'sign-in-too-often',
    'sign-in-locked',
    'password-too-short',
    'password-too-weak',
    'password-personal',
    'password-unchanged',
  ],
} as const satisfies Endpoint

export const readAccount = {
  operationId: 'readAccount',
  method: 'GET',
  path: '/session/account',
  needs: 'own',
  summary: { zh: '我的帐号', en: 'The own account: password, second factor, sessions' },
  response: z.object({
    account: z.string(),
    extension: Extension.nullable(),
    passwordSetAt: Instant.nullable(),
    /** Null while there is none. */
    secondFactor: z.object({ since: Instant, recoveryCodes: Count }).nullable(),
    /** Whether one of the roles takes a second factor. */
    secondFactorRequired: z.boolean(),
    sessions: z.array(
      z.object({
        sessionId: Uuid,
        device: Named,
        address: z.string().nullable(),
        openedAt: Instant,
        seenAt: Instant,
        current: z.boolean(),
      }),
    ),
  }),
  refusals: [],
} as const satisfies Endpoint

export const endSession = {
  operationId: 'endSession',
  method: 'DELETE',
  session: true,
  path: '/session/others/:sessionId',
  needs: 'own',
  summary: { zh: '结束本人的另一处登录', en: 'End another session of one’s own' },
  params: z.object({ sessionId: Uuid }),
  response: Done,
  refusals: ['session-unknown'],
} as const satisfies Endpoint

export const endOtherSessions = {
  operationId: 'endOtherSessions',
  method: 'DELETE',
  session: true,
  path: '/session/others',
  needs: 'own',
  summary: { zh: '结束本人的其他登录', en: 'End all other sessions of one’s own' },
  response: z.object({ ended: Count }),
  refusals: [],
} as const satisfies Endpoint

export const beginSecondFactor = {
  operationId: 'beginSecondFactor',
  method: 'POST',
  secret: true,
  session: true,
  path: '/session/second-factor/enrolment',
  needs: 'own',
  summary: { zh: '开始启用二次验证', en: 'Begin to set up a second factor' },
  body: z.object({ password: Password }),
  /** For an authenticator app: the secret in base32, and the same in an address for its camera. */
  response: z.object({ secret: z.string(), uri: z.string() }),
  refusals: [
    'passwords-off',
    'sign-in-failed',
    'sign-in-too-often',
    'sign-in-locked',
    'second-factor-set-up',
  ],
} as const satisfies Endpoint

export const confirmSecondFactor = {
  operationId: 'confirmSecondFactor',
  method: 'PUT',
  secret: true,
  session: true,
  path: '/session/second-factor/enrolment',
  needs: 'own',
  summary: { zh: '用验证码确认启用', en: 'Confirm the second factor by a code' },
  body: z.object({ code: Code }),
  /** Shown now and never again. */
  response: z.object({ recoveryCodes: z.array(z.string()) }),
  refusals: [
    'second-factor-wrong',
    'second-factor-missing',
    'second-factor-unreadable',
    'sign-in-too-often',
    'sign-in-locked',
  ],
} as const satisfies Endpoint

export const removeSecondFactor = {
  operationId: 'removeSecondFactor',
  method: 'POST',
  secret: true,
  session: true,
  path: '/session/second-factor/removal',
  needs: 'own',
  summary: { zh: '停用二次验证', en: 'Take the own second factor away' },
  body: z.object({ password: Password, code: Code }),
  response: Done,
  refusals: [
    'sign-in-failed',
    'sign-in-too-often',
    'sign-in-locked',
    'second-factor-wrong',
    'second-factor-missing',
    'second-factor-unreadable',
    'second-factor-required',
  ],
} as const satisfies Endpoint

const OfStaff = z.object({ staffId: Id })

export const resetSecondFactor = {
  operationId: 'resetSecondFactor',
  method: 'DELETE',
  path: '/organisation/staff/:staffId/second-factor',
  needs: 'staff:passwords',
  summary: { zh: '重置人员的二次验证', en: 'Take a person’s second factor away' },
  params: OfStaff,
  response: z.object({ had: z.boolean() }),
  refusals: ['not-allowed', 'staff-unknown', 'own-account-elsewhere'],
} as const satisfies Endpoint

export const unlockStaff = {
  operationId: 'unlockStaff',
  method: 'DELETE',
  path: '/organisation/staff/:staffId/lock',
  needs: 'staff:passwords',
  summary: { zh: '解锁人员的帐号', en: 'Unlock a person’s account' },
  params: OfStaff,
  response: z.object({ had: z.boolean() }),
  refusals: ['not-allowed', 'staff-unknown', 'own-account-elsewhere'],
} as const satisfies Endpoint
