import type { z } from 'zod'
import type { readEventCoverage as coverageCall, listEvents as listCall } from '#contract/events.ts'
import { readBranch, readTree, readUnit, subtreeOf } from '#people'
import { addDays, type Day, dayOf } from '#platform/day.ts'
import { orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import type { Unit } from '#platform/unit.ts'
import { sayOfWeek } from './against.ts'
import type { Around } from './around.ts'
import { cellsOf, stateOfWeek, sumOf } from './coverage.ts'
import { type OfEvent, selectEventPage, selectEvents } from './event-store.ts'
import { viewEventFile, viewEvents } from './event-view.ts'
import { readEventRules } from './rules.ts'
import { type Season, seasonOf, seasonYearOn, weeksOf } from './season.ts'

type InBranch = Readonly<{ branchId: string }>
const SORTS = { onDay: { sql: 'event.on_day', type: 'date' } } as const

/**
 * A page of the events in scope, and of those the actor goes to; the latest day first.
 * @throws Refusal `branch-unknown`, `sort-unknown`, `cursor-unreadable`
 */
export async function listEvents(unit: Unit, of: InBranch & z.output<typeof listCall.query>) {
  const { branchId, from, to, state } = of
  await readBranch(unit, branchId)
  const order = orderBy(of.sort, SORTS, '-onDay')
  const after = readCursor(of.cursor, order.column.type)
  const units = of.unit === undefined ? null : await subtreeOf(unit, of.unit)
  const goer = of.whose === 'mine' ? unit.actor.id : undefined
  const wanted = { branchId, units, from, to, state, goer }
  const { rows, total } = await selectEventPage(unit, wanted, { order, after, limit: of.limit })
  const page = pageOfRows(rows, of.limit, ({ onDay, eventId }) => ({ value: onDay, id: eventId }))
  return { rows: await viewEvents(unit, branchId, page.rows), next: page.next, total }
}

/** Events that can be told of still, for whoever goes: a phone takes those of so many days back along. */
const TAKEN_ALONG_DAYS = 7

/** The events that the actor goes to, up to a day, which are not called off; by day. */
export async function ownEvents(
  unit: Unit,
  { branchId, day }: Readonly<{ branchId: string; day: Day }>,
) {
  const rows = await selectEvents(unit, {
    ...{ branchId, units: null, goer: unit.actor.id },
    ...{ from: addDays(day, -TAKEN_ALONG_DAYS), to: addDays(day, 1) },
  })
  const standing = rows.filter(({ state }) => state !== 'called-off')
  return viewEvents(unit, branchId, standing)
}

/** @throws Refusal `branch-unknown`, `event-unknown` */
export async function readEvent(unit: Unit, around: Around, of: OfEvent) {
  await readBranch(unit, of.branchId)
  return viewEventFile(unit, around, of)
}

/**
 * How the halls in scope stand to the rule of the branch in a season: by hall and week what is due,
 * planned, held and counted, and what is missing. The halls are those that stand today, or on the
 * nearest day of the season.
 * @throws Refusal `branch-unknown`, `unit-unknown`
 */
export async function readEventCoverage(
  unit: Unit,
  of: InBranch & z.output<typeof coverageCall.query>,
) {
  const { branchId } = of
  await readBranch(unit, branchId)
  if (of.unit !== undefined) await readUnit(unit, of.unit)
  const today = dayOf(unit.now)
  const year = of.year ?? seasonYearOn(today)
  const rules = await readEventRules(unit, branchId)
  const season = seasonOf(year, rules)
  const weeks = weeksOf(season)
  const halls = await hallsOf(unit, of.unit ?? branchId, nearestDay(season, today))
  const events = await selectEvents(unit, {
    ...{ branchId, units: halls.map(({ unitId }) => unitId), from: season.from, to: season.to },
  })
  const asked = { weeks, perWeek: rules.perWeek, today }
  const byHall = Map.groupBy(events, ({ unitId }) => unitId)
  const lines = halls.map(({ unitId, name }) => {
    const cells = cellsOf(byHall.get(unitId) ?? [], asked).map(({ reasons, ...cell }) => ({
      ...cell,
      reasons: [...reasons],
    }))
    return { unitId, unitName: name, sum: sumOf(cells), cells }
  })
  return {
    ...{ year, season, perWeek: rules.perWeek, asOf: unit.now.toISOString() },
    rules: rulesOf(season, rules.perWeek),
    weeks: weeks.map((week) => ({ ...week, state: stateOfWeek(week, today) })),
    halls: lines,
    sum: sumOf(lines.map(({ sum }) => sum)),
  }
}

const rulesOf = ({ from, to }: Season, perWeek: number) => [
  sayOfWeek('per-week', { from, last: addDays(to, -1), perWeek }),
  sayOfWeek('what-counts'),
]

function nearestDay({ from, to }: Season, today: Day): Day {
  if (today < from) return from
  return today < to ? today : addDays(to, -1)
}

/** The halls in scope in or below a unit, as the tree stands on a day; by id. */
async function hallsOf(unit: Unit, root: string, day: Day) {
  const tree = new Map((await readTree(unit, day)).map((each) => [each.unitId, each]))
  const isBelow = (unitId: string) => {
    const seen = new Set<string>()
    for (let at = tree.get(unitId); at && !seen.has(at.unitId); at = tree.get(at.parentId ?? '')) {
      if (at.unitId === root) return true
      seen.add(at.unitId)
    }
    return false
  }
  return [...tree.values()].filter(
    ({ unitId, kind, inScope }) => kind === 'hall' && inScope && isBelow(unitId),
  )
}
