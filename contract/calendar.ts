import { z } from 'zod'
import { Day, Done, type Endpoint, Id, InBranch, Named, Reason, SentName } from './endpoint.ts'

export const DayKind = z.enum(['workday', 'weekend', 'holiday', 'makeup'])
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const CalendarDay = z
  .object({
    day: Day,
    kind: DayKind,
    name: Named.nullable(),
    solarTerm: Named.nullable(),
    lunar: z.string(),
    /** `published` schedule, the weekday alone while a year is not published, or an edit. */
    source: z.enum(['published', 'weekday', 'edited']),
    /** Farming seasons that cover the day, by id. */
    seasons: z.array(Id),
  })
  .meta({ id: 'CalendarDay' })

export const Season = z
  .strictObject({
    seasonId: Id,
    name: SentName,
    crop: z.string().max(40),
    /** Division codes of the towns it holds in; empty for the whole branch. */
    towns: z.array(z.string().max(12)).max(200),
    /** Month-day, inclusive; a season may run over the new year. */
    from: z.string().regex(/^\d\d-\d\d$/),
    to: z.string().regex(/^\d\d-\d\d$/),
    /** What the season asks of visits. */
    advice: z.enum(['avoid', 'evening-only', 'early-morning-only', 'favourable']),
  })
  .meta({ id: 'Season' })

/** A visit window: when people are at home. `on` says on which kinds of days it exists. */
export const VisitWindow = z
  .strictObject({
    windowId: Id,
    name: SentName,
    from: Clock,
    to: Clock,
    on: z.array(DayKind).min(1),
  })
  .meta({ id: 'VisitWindow' })

export const QuietHours = z.strictObject({
  channel: z.enum(['door', 'call', 'sms']),
  from: Clock,
  to: Clock,
})

export const readCalendar = {
  operationId: 'readCalendar',
  method: 'GET',
  path: '/branches/:branchId/calendar/:year',
  needs: 'anyone',
  summary: { zh: '工作日历与农时', en: 'Working days, holidays, solar terms, farming seasons' },
  params: InBranch.extend({ year: z.coerce.number().int().min(2000).max(2100) }),
  response: z.object({
    days: z.array(CalendarDay),
    seasons: z.array(Season),
    windows: z.array(VisitWindow),
    quietHours: z.array(QuietHours),
    warnings: z.array(Reason),
  }),
  refusals: ['branch-unknown'],
} as const satisfies Endpoint

export const putCalendarDay = {
  operationId: 'putCalendarDay',
  method: 'PUT',
  path: '/branches/:branchId/calendar/days/:day',
  needs: 'calendar:write',
  summary: { zh: '修改某一天', en: 'Change one day' },
  params: InBranch.extend({ day: Day }),
  body: z.object({ kind: DayKind, name: Named.nullable() }),
  response: Done,
  refusals: ['branch-unknown', 'not-allowed'],
} as const satisfies Endpoint

export const putSeasons = {
  operationId: 'putSeasons',
  method: 'PUT',
  path: '/branches/:branchId/calendar/seasons',
  needs: 'calendar:write',
  summary: { zh: '保存农时', en: 'Save the farming seasons' },
  params: InBranch,
  body: z.object({ seasons: z.array(Season).max(100) }),
  response: Done,
  refusals: ['branch-unknown', 'not-allowed', 'season-invalid'],
} as const satisfies Endpoint

export const putVisitTimes = {
  operationId: 'putVisitTimes',
  method: 'PUT',
  path: '/branches/:branchId/calendar/visit-times',
  needs: 'calendar:write',
  summary: { zh: '保存走访时段与免打扰时段', en: 'Save visit windows and quiet hours' },
  params: InBranch,
  body: z.object({
    windows: z.array(VisitWindow).min(1).max(20),
    quietHours: z.array(QuietHours).max(20),
  }),
  response: Done,
  refusals: ['branch-unknown', 'not-allowed', 'window-invalid'],
} as const satisfies Endpoint
