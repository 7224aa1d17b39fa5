/**
 * Which days are worked, when people are at home, and what the fields ask for. Owns the Postgres
 * schema `calendar`.
 */
export {
  type BranchCalendar,
  type CalendarDay,
  calendarWarnings,
  dayKind,
  isQuiet,
  kindOf,
  readCalendarOn,
  type SeasonedTime as VisitTime,
  seasonsOn,
  visitWindow,
  visitWindows,
  type Warning,
} from './calendar.ts'
export { editDay, saveSeasons, saveVisitTimes } from './edit.ts'
export { springFestivalOf } from './lunar.ts'
export { calendarRoutes } from './routes.ts'
export { type DayKind, worksOn } from './schedule.ts'
export type { Season } from './season.ts'
export {
  clockOf,
  openTimes,
  QUIET_CHANNEL,
  type QuietHours,
  type Touchpoint,
  type VisitWindow,
} from './windows.ts'
