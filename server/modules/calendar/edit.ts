import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { isDay } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { scheduledDay } from './schedule.ts'
import { findFaultySeason, type Season } from './season.ts'
import { deleteDay, type EditedDay, putDay, putSetting } from './store.ts'
import { findFaultyWindow, type QuietHours, type VisitWindow } from './windows.ts'

/**
 * Changes one day of a branch, which there must be; to make it what the schedule says takes the
 * change back.
 */
export async function editDay(unit: Unit, branchId: string, edited: EditedDay): Promise<void> {
  assert(isDay(edited.day), 'the contract lets no other through')
  const { kind, name } = scheduledDay(edited.day)
  if (edited.kind === kind && isDeepStrictEqual(edited.name, name))
    return deleteDay(unit, branchId, edited.day)
  await putDay(unit, branchId, edited)
}

/** Saves the seasons of a branch in place of those it has. @throws Refusal `season-invalid`. */
export async function saveSeasons(
  unit: Unit,
  branchId: string,
  seasons: readonly Season[],
): Promise<void> {
  const faulty = findFaultySeason(seasons)
  if (faulty) throw new Refusal('invalid', 'season-invalid', { season: faulty.seasonId })
  await putSetting(unit, branchId, { part: 'seasons', list: seasons })
}

/** Saves visit windows, best first, and quiet hours. @throws Refusal `window-invalid`. */
export async function saveVisitTimes(
  unit: Unit,
  branchId: string,
  {
    windows,
    quietHours,
  }: Readonly<{ windows: readonly VisitWindow[]; quietHours: readonly QuietHours[] }>,
): Promise<void> {
  const faulty = findFaultyWindow(windows)
  if (faulty) throw new Refusal('invalid', 'window-invalid', { window: faulty.windowId })
  await putSetting(unit, branchId, { part: 'windows', list: windows })
  await putSetting(unit, branchId, { part: 'quiet-hours', list: quietHours })
}
