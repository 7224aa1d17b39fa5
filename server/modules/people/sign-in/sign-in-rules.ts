import { Refusal } from '#platform/refusal.ts'
import { ROLES, type Role } from '../roles.ts'
import type { SettingKind } from '../settings.ts'
import { SIGN_IN_VERSIONS } from './sign-in-rules-store.ts'

/** Which roles sign in with a second factor, at a unit and below it. */
export type SignInRules = Readonly<{ secondFactorFor: Role[] }>

/** A unit asks it of at least the roles of which the units above it do. */
export const SIGN_IN_RULES: SettingKind<SignInRules, Role> = {
  id: 'sign-in',
  versions: SIGN_IN_VERSIONS,
  usual: { secondFactorFor: [] },
  strictness: {
    limits: (above) =>
      above.flatMap(({ setting, name }) =>
        setting.secondFactorFor.map((role) => ({
          ...{ setting: role, limit: true, by: { zh: name, en: name } },
        })),
      ),
    isLooser: ({ secondFactorFor }, { setting: role }) => !secondFactorFor.includes(role),
    tightened: ({ secondFactorFor }, { setting: role }) => rulesFor([...secondFactorFor, role]),
    tooLoose: ({ setting: role, by }) =>
      new Refusal('invalid', 'sign-in-rules-too-loose', {
        ...{ level: by.zh, role: ROLES[role].name.zh },
      }),
  },
}

/** Each role once, in one order, so that the same again is the same. */
export const rulesFor = (roles: readonly Role[]): SignInRules => ({
  secondFactorFor: [...new Set(roles)].sort(),
})
