import type { z } from 'zod'
import type { TaskResult } from '#contract/tasks.ts'
import type { DeviceClock } from '#worklists'

type Told = z.output<typeof TaskResult>

/** A clock that differs by less is right: the answer of a slow network takes as long. */
const RIGHT_MS = 2 * 60_000

/**
 * A result with its times as our clock would have told them, and what the clock of the device said
 * where it was wrong. Nothing that has happened is later than now: a clock that was put right since
 * is known by that alone.
 */
export function byOurClock(
  told: Told,
  { now, deviceTime }: Readonly<{ now: Date; deviceTime: Date }>,
): Readonly<{ told: Told; clock: DeviceClock | undefined }> {
  if (told.at === null) return { told, clock: undefined }
  const at = Date.parse(told.at)
  const off = now.getTime() - deviceTime.getTime()
  const known = Math.abs(off) < RIGHT_MS ? 0 : off
  const ahead = at + known - now.getTime()
  const offMs = ahead > RIGHT_MS ? now.getTime() - at : known
  if (offMs === 0) return { told, clock: undefined }
  const moved = (instant: string) => new Date(Date.parse(instant) + offMs).toISOString()
  const { startedAt, position } = told
  return {
    told: {
      ...told,
      at: moved(told.at),
      startedAt: startedAt && moved(startedAt),
      position: position && { ...position, at: moved(position.at) },
    },
    clock: { at: new Date(at), offMs },
  }
}
