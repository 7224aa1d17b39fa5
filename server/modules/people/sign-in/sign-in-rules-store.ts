import { sql } from 'kysely'
import { versionsIn } from '#platform/versions-store.ts'
import type { SignInRules } from './sign-in-rules.ts'

export const SIGN_IN_VERSIONS = versionsIn<SignInRules>({
  table: 'people.sign_in_rule',
  setting: sql`jsonb_build_object('secondFactorFor', roles)`,
  columns: ({ secondFactorFor }) => ({ roles: [...secondFactorFor] }),
})
