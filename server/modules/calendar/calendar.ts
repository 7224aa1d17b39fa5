import { addDays, type Day } from '#platform/day.ts'
import { readOnce, type Unit } from '#platform/unit.ts'
import { lunarOf } from './lunar.ts'
import type { Named } from './named.ts'
import { type DayKind, isPublished, scheduledDay } from './schedule.ts'
import { covers, holdsIn, type Season } from './season.ts'
import { SEEDED_SEASONS, USUAL_QUIET_HOURS, USUAL_WINDOWS } from './seeds.ts'
import { type EditedDay, selectDays, selectSettings } from './store.ts'
import {
  type Channel,
  hallTime,
  isQuietAt,
  openTimes,
  QUIET_CHANNEL,
  type QuietHours,
  type Touchpoint,
  timeOf,
  type VisitTime,
  type VisitWindow,
  windowsOn,
} from './windows.ts'

/** All that a branch’s calendar knows. Read it once; what is asked of it afterwards is pure. */
export type BranchCalendar = Readonly<{
  branchId: string
  edits: ReadonlyMap<Day, EditedDay>
  seasons: readonly Season[]
  windows: readonly VisitWindow[]
  quietHours: readonly QuietHours[]
}>

/** The calendar of a branch as a unit sees it, however often it asks. */
export const readCalendarOn = (unit: Unit, branchId: string): Promise<BranchCalendar> =>
  readOnce(unit, { from: ['calendar'], what: `calendar ${branchId}` }, () =>
    calendarOf(unit, branchId),
  )

async function calendarOf(unit: Unit, branchId: string): Promise<BranchCalendar> {
  const edits = await selectDays(unit, branchId)
  const settings = await selectSettings(unit, branchId)
  return {
    branchId,
    edits: new Map(edits.map((edit) => [edit.day, edit])),
    seasons: settings.seasons ?? SEEDED_SEASONS[branchId] ?? [],
    windows: settings.windows ?? USUAL_WINDOWS,
    quietHours: settings['quiet-hours'] ?? USUAL_QUIET_HOURS,
  }
}

export async function dayKind(unit: Unit, branchId: string, day: Day): Promise<DayKind> {
  return kindOf(await readCalendarOn(unit, branchId), day)
}

export function kindOf(calendar: BranchCalendar, day: Day): DayKind {
  return calendar.edits.get(day)?.kind ?? scheduledDay(day).kind
}

/** A day as people look at it. */
export type CalendarDay = Readonly<{
  day: Day
  kind: DayKind
  name: Named | null
  solarTerm: Named | null
  lunar: string
  source: 'published' | 'weekday' | 'edited'
  seasons: readonly string[]
}>

/** Every day of a year, in order. */
export function yearOf(calendar: BranchCalendar, year: number): CalendarDay[] {
  const days: CalendarDay[] = []
  const next = `${year + 1}-01-01`
  for (let day = `${year}-01-01`; day !== next; day = addDays(day, 1)) {
    const edit = calendar.edits.get(day)
    const { kind, name, source } = edit ? { ...edit, source: 'edited' as const } : scheduledDay(day)
    const seasons = calendar.seasons.filter((season) => covers(season, day))
    const seasonIds = seasons.map(({ seasonId }) => seasonId)
    days.push({ day, kind, name, source, ...lunarOf(day), seasons: seasonIds })
  }
  return days
}

/** The seasons that hold in a town on a day; all of the day for a town that is not known. */
export function seasonsOn(calendar: BranchCalendar, day: Day, townCode: string | null): Season[] {
  return calendar.seasons.filter((season) => covers(season, day) && holdsIn(season, townCode))
}

/** A time to meet somebody, and the seasons that were looked at. */
export type SeasonedTime = VisitTime & Readonly<{ seasonIds: readonly string[] }>

type Asked = Readonly<{
  day: Day
  touchpoint: Touchpoint
  townCode: string | null
  /** Ids of the windows that the campaign wants; empty for any. */
  only?: readonly string[] | undefined
}>

/**
 * When somebody can be met on a day, the best time first; none where the season forbids it or the
 * day has no window. Windows and seasons are about homes: visits and installations; a call is for
 * whenever calls are not quiet, the hall for its opening hours.
 */
export function visitWindows(
  calendar: BranchCalendar,
  { day, touchpoint, townCode, only = [] }: Asked,
): SeasonedTime[] {
  if (touchpoint === 'hall') return [{ ...hallTime(day), seasonIds: [] }]
  if (touchpoint !== 'door' && touchpoint !== 'installer')
    return openTimes(calendar.quietHours, QUIET_CHANNEL[touchpoint], day).map(({ start, end }) => ({
      windowId: touchpoint,
      start: start.toISOString(),
      end: end.toISOString(),
      seasonIds: [],
    }))
  const seasons = seasonsOn(calendar, day, townCode)
  const advice = seasons.map((season) => season.advice)
  const seasonIds = seasons.map(({ seasonId }) => seasonId)
  return windowsOn(calendar.windows, kindOf(calendar, day), advice)
    .filter(({ windowId }) => only.length === 0 || only.includes(windowId))
    .map((window) => ({ ...timeOf(day, window), seasonIds }))
}

/** The best time to meet somebody on a day; null for none. */
export async function visitWindow(
  unit: Unit,
  branchId: string,
  asked: Asked,
): Promise<SeasonedTime | null> {
  return visitWindows(await readCalendarOn(unit, branchId), asked)[0] ?? null
}

/** Whether nobody may be disturbed on a channel at an instant. */
export function isQuiet(calendar: BranchCalendar, channel: Channel, instant: Date): boolean {
  return isQuietAt(calendar.quietHours, channel, instant)
}

/** What people must know before they rely on a year. */
export type Warning = Readonly<{
  code: 'year-not-published'
  values: Readonly<{ year: number }>
  text: Named
}>

/** Warns of a year, or of the year of a day, whose holidays are not published. */
export function calendarWarnings(of: number | Day): Warning[] {
  const year = typeof of === 'number' ? of : Number(of.slice(0, 4))
  if (isPublished(year)) return []
  return [
    {
      code: 'year-not-published',
      values: { year },
      text: {
        zh: `${year} 年的放假安排尚未发布，暂按周一至周五为工作日；发布后请在日历中补充。`,
        en: `The holidays of ${year} are not published; weekdays decide until you enter them in the calendar.`,
      },
    },
  ]
}
