import type { z } from 'zod'
import type { EventTold } from '#contract/on-site-event.ts'
import type { TaskResult } from '#contract/tasks.ts'
import type { DeviceClock } from '#worklists'

type Result = z.output<typeof TaskResult>
type Clocks = Readonly<{ now: Date; deviceTime: Date }>

/** A clock that differs by less is right: the answer of a slow network takes as long. */
const RIGHT_MS = 2 * 60_000

/**
 * By how much the times that were told are to be moved; 0: not at all. Nothing that has happened is
 * later than now: a clock that was put right since is known by that alone.
 */
function offMsOf(at: string, { now, deviceTime }: Clocks): number {
  const told = Date.parse(at)
  const off = now.getTime() - deviceTime.getTime()
  const known = Math.abs(off) < RIGHT_MS ? 0 : off
  const ahead = told + known - now.getTime()
  return ahead > RIGHT_MS ? now.getTime() - told : known
}

const moved = (instant: string, offMs: number) =>
  new Date(Date.parse(instant) + offMs).toISOString()

/**
 * A result with its times as our clock would have told them, and what the clock of the device said
 * where it was wrong.
 */
export function byOurClock(
  told: Result,
  clocks: Clocks,
): Readonly<{ told: Result; clock: DeviceClock | undefined }> {
  if (told.at === null) return { told, clock: undefined }
  const offMs = offMsOf(told.at, clocks)
  if (offMs === 0) return { told, clock: undefined }
  const { startedAt, position } = told
  return {
    told: {
      ...told,
      at: moved(told.at, offMs),
      startedAt: startedAt && moved(startedAt, offMs),
      position: position && { ...position, at: moved(position.at, offMs) },
    },
    clock: { at: new Date(told.at), offMs },
  }
}

/** The same of what was told of an event. */
export function eventByOurClock(
  told: EventTold,
  clocks: Clocks,
): Readonly<{ told: EventTold; offMs: number }> {
  const offMs = offMsOf(told.at, clocks)
  const at = moved(told.at, offMs)
  if (told.tells === 'report') return { told: { ...told, at }, offMs }
  const position = told.position && { ...told.position, at: moved(told.position.at, offMs) }
  return { told: { ...told, at, position }, offMs }
}
