import { type Day, daysBetween } from '#platform/day.ts'
import type { Reason } from '#platform/say-reason.ts'
import { type Against, againstOf, type Proven, sayOfWeek } from './against.ts'
import { dueIn, type Week } from './season.ts'

/** An event as it is counted. */
export type CountedEvent = Proven & Readonly<{ unitId: string; onDay: Day }>

export type Sums = Readonly<{
  due: number
  planned: number
  held: number
  counted: number
  short: number
  toPlan: number
}>
export type Cell = Sums & Readonly<{ week: string; reasons: readonly Reason[] }>

export type WeekState = 'over' | 'now' | 'to-come'
export function stateOfWeek({ from, to }: Week, today: Day): WeekState {
  if (to <= today) return 'over'
  return from <= today ? 'now' : 'to-come'
}

type Asked = Readonly<{ weeks: readonly Week[]; perWeek: number; today: Day }>

/** How a hall stands, week by week, in the order of the weeks, by its own events. */
export function cellsOf(events: readonly CountedEvent[], asked: Asked): Cell[] {
  return asked.weeks.map((week) =>
    cellOf(
      events.filter(({ onDay }) => week.from <= onDay && onDay < week.to),
      week,
      asked,
    ),
  )
}

function cellOf(events: readonly CountedEvent[], week: Week, { perWeek, today }: Asked): Cell {
  const standing = events
    .filter(({ state }) => state !== 'called-off')
    .map((event) => ({ event, against: againstOf(event) }))
  const counted = standing.filter(({ against }) => against.length === 0).length
  const isOpen = ({ state, onDay }: CountedEvent) => state === 'planned' && onDay >= today
  const due = dueIn(week, perWeek)
  const state = stateOfWeek(week, today)
  const left = Math.max(0, due - counted)
  const toCome = standing.filter(({ event }) => isOpen(event) && event.kind !== 'hall').length
  const lost = standing.flatMap(({ event, against }) =>
    isOpen(event) ? against.filter((code) => code !== 'not-held') : against,
  )
  return {
    ...{ week: week.week, due, counted, planned: standing.length },
    held: standing.filter(({ event }) => event.state !== 'planned').length,
    short: state === 'to-come' ? 0 : left,
    toPlan: state === 'over' ? 0 : Math.max(0, left - toCome),
    reasons: reasonsOf(lost, { week, due, perWeek }),
  }
}

function reasonsOf(
  lost: readonly Against[],
  { week, due, perWeek }: Readonly<{ week: Week; due: number; perWeek: number }>,
): Reason[] {
  const counts = new Map<Exclude<Against, 'called-off'>, number>()
  for (const code of lost) if (code !== 'called-off') counts.set(code, (counts.get(code) ?? 0) + 1)
  const inPart =
    due < perWeek ? [sayOfWeek('week-in-part', { days: daysBetween(week.from, week.to), due })] : []
  return [...inPart, ...[...counts].map(([code, count]) => sayOfWeek(code, { count }))]
}

/** What several cells, or halls, come to together. */
export function sumOf(parts: readonly Sums[]): Sums {
  const of = (name: keyof Sums) => parts.reduce((sum, part) => sum + part[name], 0)
  return {
    ...{ due: of('due'), planned: of('planned'), held: of('held') },
    ...{ counted: of('counted'), short: of('short'), toPlan: of('toPlan') },
  }
}
