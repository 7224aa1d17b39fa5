import { sql } from 'kysely'
import type { z } from 'zod'
import type { EventRules as Shape } from '#contract/settings.ts'
import { versionsIn } from '#platform/versions-store.ts'

export type EventRules = Readonly<z.output<typeof Shape>>

export const EVENT_RULES_VERSIONS = versionsIn<EventRules>({
  table: 'events.rules',
  setting: sql`jsonb_build_object('perWeek', per_week, 'fromMonth', from_month,
    'fromDate', from_date, 'daysBeforeFestival', days_before_festival)`,
  columns: ({ perWeek, fromMonth, fromDate, daysBeforeFestival }) => ({
    ...{ per_week: perWeek, from_month: fromMonth, from_date: fromDate },
    days_before_festival: daysBeforeFestival,
  }),
})
