import { namePeople } from '#people'
import type { Unit } from '#platform/unit.ts'
import { selectLastTouches } from './last-touch-store.ts'

/** When and how each of these subscribers was last met, by whom and with which result; by id. */
export async function lastTouchesOf(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberIds: readonly string[] }>,
) {
  const rows = await selectLastTouches(unit, of)
  const called = await namePeople(
    unit,
    rows.map(({ staffId }) => staffId),
  )
  return new Map(
    rows.map(({ subscriberId, staffId, ...touch }) => [
      subscriberId,
      { ...touch, staffName: staffId === null ? null : called(staffId).zh },
    ]),
  )
}
