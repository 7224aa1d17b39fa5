import * as contract from '#contract/calendar.ts'
import { readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import type { Http } from '#platform/http.ts'
import type { Unit } from '#platform/unit.ts'
import { calendarWarnings, readCalendarOn, yearOf } from './calendar.ts'
import { editDay, saveSeasons, saveVisitTimes } from './edit.ts'
import { mayEdit } from './policy.ts'

const DONE = { done: true } as const

export function calendarRoutes(http: Http): void {
  http.serve(contract.readCalendar, async (unit, { branchId, year }) => {
    await readBranch(unit, branchId)
    const calendar = await readCalendarOn(unit, branchId)
    return {
      days: yearOf(calendar, year).map((day) => ({ ...day, seasons: [...day.seasons] })),
      seasons: calendar.seasons.map((season) => ({ ...season, towns: [...season.towns] })),
      windows: calendar.windows.map((window) => ({ ...window, on: [...window.on] })),
      quietHours: [...calendar.quietHours],
      warnings: calendarWarnings(year),
    }
  })
  http.serve(contract.putCalendarDay, async (unit, { branchId, day }, { kind, name }) => {
    await mayEdit(unit, branchId)
    await editDay(unit, branchId, { day, kind, name })
    changed(unit, branchId, day)
    return DONE
  })
  http.serve(contract.putSeasons, async (unit, { branchId }, { seasons }) => {
    await mayEdit(unit, branchId)
    await saveSeasons(unit, branchId, seasons)
    changed(unit, branchId, 'seasons')
    return DONE
  })
  http.serve(contract.putVisitTimes, async (unit, { branchId }, body) => {
    await mayEdit(unit, branchId)
    await saveVisitTimes(unit, branchId, body)
    changed(unit, branchId, 'visit-times')
    return DONE
  })
}

function changed(unit: Unit, branchId: string, part: string): void {
  audit(unit, { branchId, action: 'calendar.changed', about: { kind: 'calendar', id: part } })
}
