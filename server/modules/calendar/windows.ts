import { addDays, type Day, dayOf, instantOf } from '#platform/day.ts'
import type { Named } from './named.ts'
import type { DayKind } from './schedule.ts'
import type { Advice } from './season.ts'

/** A time of day, `HH:MM`, at which people are at home on some kinds of days; `to` is exclusive. */
export type VisitWindow = Readonly<{
  windowId: string
  name: Named
  from: string
  to: string
  on: readonly DayKind[]
}>

export type Channel = 'door' | 'call' | 'sms'

/** From when to when nobody is disturbed on a channel; over midnight where `to` is before `from`. */
export type QuietHours = Readonly<{ channel: Channel; from: string; to: string }>

/** Where a household can be met. */
export type Touchpoint = 'door' | 'call_out' | 'hall' | 'installer' | 'sms' | 'online'

/** Whose quiet hours a touchpoint keeps; a hall keeps none, for people come to it themselves. */
export const QUIET_CHANNEL = {
  door: 'door',
  installer: 'door',
  call_out: 'call',
  sms: 'sms',
  online: 'sms',
  hall: null,
} as const satisfies Record<Touchpoint, Channel | null>

/** A time to meet somebody, as instants in RFC 3339. */
export type VisitTime = Readonly<{ windowId: string; start: string; end: string }>

/** Visits in the evening begin at this time or later, those of the early morning end by the other. */
const EVENING_FROM = '17:00'
const MORNING_TO = '09:00'

const FITS: Readonly<Record<Advice, (window: VisitWindow) => boolean>> = {
  avoid: () => false,
  'evening-only': ({ from }) => from >= EVENING_FROM,
  'early-morning-only': ({ to }) => to <= MORNING_TO,
  favourable: () => true,
}

/** The windows of a kind of day that every season of the day allows, in the branch’s order. */
export function windowsOn(
  windows: readonly VisitWindow[],
  kind: DayKind,
  advice: readonly Advice[],
): VisitWindow[] {
  return windows.filter(
    (window) => window.on.includes(kind) && advice.every((each) => FITS[each](window)),
  )
}

export const timeOf = (day: Day, { windowId, from, to }: VisitWindow): VisitTime => ({
  windowId,
  start: instantOf(day, from).toISOString(),
  end: instantOf(day, to).toISOString(),
})

/** Halls are open through the day; the branch’s windows are about homes. */
const HALL_HOURS = { windowId: 'hall', from: '09:00', to: '18:00' }

export const hallTime = (day: Day): VisitTime => ({
  windowId: HALL_HOURS.windowId,
  start: instantOf(day, HALL_HOURS.from).toISOString(),
  end: instantOf(day, HALL_HOURS.to).toISOString(),
})

/** The parts of a day in which a channel may be used: the day without its quiet hours. */
export function openTimes(
  quiet: readonly QuietHours[],
  channel: Channel,
  day: Day,
): Readonly<{ start: Date; end: Date }>[] {
  const mine = quiet.filter((each) => each.channel === channel)
  const marks = new Set(['00:00', ...mine.flatMap(({ from, to }) => [from, to])])
  const starts = [...marks].sort()
  const parts = starts.map((from, at) => ({ from, to: starts[at + 1] ?? null }))
  const open: { start: Date; end: Date }[] = []
  for (const { from, to } of parts) {
    if (mine.some((hours) => within(hours, from))) continue
    const start = instantOf(day, from)
    const end = to === null ? instantOf(addDays(day, 1), '00:00') : instantOf(day, to)
    const last = open.at(-1)
    if (last && last.end.getTime() === start.getTime()) last.end = end
    else open.push({ start, end })
  }
  return open
}

/** Whether a channel is quiet at an instant; the first minute of a span is, the one after is not. */
export function isQuietAt(quiet: readonly QuietHours[], channel: Channel, instant: Date): boolean {
  const clock = clockOf(instant)
  return quiet.some((hours) => hours.channel === channel && within(hours, clock))
}

/** Equal ends mean the whole day. */
const within = ({ from, to }: QuietHours, clock: string) =>
  from < to ? from <= clock && clock < to : clock >= from || clock < to

/** What the clock of the branch shows, `HH:MM`. */
export function clockOf(instant: Date): string {
  const minutes = (instant.getTime() - instantOf(dayOf(instant), '00:00').getTime()) / 60_000
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${pad(minutes / 60)}:${pad(minutes % 60)}`
}

/** The first window that cannot be kept: an id twice, or an end that is not after its start. */
export function findFaultyWindow(windows: readonly VisitWindow[]): VisitWindow | undefined {
  const ids = new Set<string>()
  return windows.find(({ windowId, from, to }) => {
    const twice = ids.has(windowId)
    ids.add(windowId)
    return twice || to <= from
  })
}
