import { sql } from 'kysely'
import { versionsIn } from '#platform/versions-store.ts'
import type { Dormancy } from './policy.ts'

export const DORMANCY_VERSIONS = versionsIn<Dormancy>({
  table: 'insight.policy_version',
  setting: sql`jsonb_build_object('dormantDays', dormant_days)`,
  columns: ({ dormantDays }) => ({ dormant_days: dormantDays }),
})
