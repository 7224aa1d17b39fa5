import type { Expectation, ExpectedTask } from './expectation.ts'
import type { Office } from './office.ts'
import { everybody } from './script.ts'
import { DAY, type Grid, leaderOf, MANAGER, NEXT_DAY, type World } from './world.ts'

/** What a screen showed, and what it should have. */
export type Seen = Readonly<{ clock: string; who: string; shown: unknown; wanted: unknown }>

const OTHERS: readonly unknown[] = ['moved', 'competitor', 'wrong_data', 'handed_over']

/** How the tasks of the day stand: their parts add up to what is planned. */
export function countsOf(tasks: readonly ExpectedTask[]) {
  const onLists = tasks.filter(({ state }) => state !== 'taken_back' && state !== 'withdrawn')
  const as = (result: ExpectedTask['closedAs']) =>
    onLists.filter(({ closedAs }) => closedAs === result).length
  return {
    ...{ planned: onLists.length, done: as('done'), promised: as('promised') },
    ...{ refused: as('refused'), notAtHome: as('not_at_home'), left: as(null) },
    otherwise: onLists.filter(({ closedAs }) => OTHERS.includes(closedAs)).length,
  }
}

/** The board of the branch by zone, and that of each leader of a zone, who sees the own one alone. */
export async function lookAtBoards(
  { grids }: World,
  office: Pick<Office, 'ask'>,
  expected: Expectation,
  clock: string,
): Promise<Seen[]> {
  const zones = new Map<string, Grid>(grids.map((grid) => [grid.zoneId, grid]))
  const wantedOf = (zoneIds: readonly string[]) => {
    const inZones = ({ zoneId }: ExpectedTask) => zoneIds.includes(zoneId)
    const tasks = expected.ofDay().filter(inZones)
    return {
      ...countsOf(tasks),
      takenBack: tasks.filter(({ state }) => state === 'taken_back').length,
      orders: expected.orders([...expected.tasks.values()].filter(inZones)).size,
    }
  }
  const board = await office.ask(MANAGER, `/board?date=${DAY}&by=zone`)
  const rows = board.rows as Record<string, unknown>[]
  const keys = [...Object.keys(wantedOf([]))]
  const numbers = (of: unknown) =>
    Object.fromEntries(keys.map((key) => [key, (of as Record<string, unknown>)[key]]))
  const seen: Seen[] = [
    { clock, who: 'all', shown: numbers(board.total), wanted: wantedOf([...zones.keys()]) },
    {
      ...{ clock, who: 'the sum of the rows' },
      shown: Object.fromEntries(
        keys.map((key) => [key, rows.reduce((sum, row) => sum + Number(row[key]), 0)]),
      ),
      wanted: numbers(board.total),
    },
  ]
  for (const [zoneId, grid] of zones) {
    const row = rows.find(({ key }) => key === zoneId)
    seen.push({ clock, who: zoneId, shown: numbers(row), wanted: wantedOf([zoneId]) })
    const own = await office.ask(leaderOf(grid), `/board?date=${DAY}&by=person`)
    seen.push({ clock, who: leaderOf(grid), shown: numbers(own.total), wanted: wantedOf([zoneId]) })
  }
  return seen
}

const ORDERS = ['renewal', 'new', 'box', 'third_party'] as const

/** What everybody’s own day comes to, and that they have an order or none. */
export async function lookAtDays(
  world: World,
  office: Pick<Office, 'ask'>,
  expected: Expectation,
  clock: string,
): Promise<Seen[]> {
  const seen: Seen[] = []
  for (const { staffId } of everybody(world)) {
    const shown = await office.ask(staffId, `/people/${staffId}/day?date=${DAY}`)
    const sold = expected.results.filter((one) => one.staffId === staffId && one.order)
    const orders = Object.fromEntries(
      ORDERS.map((what) => {
        const tasks = sold.filter((one) => one.what === what).map(({ taskId }) => taskId)
        return [what, new Set(tasks).size]
      }),
    )
    const own = expected.ofDay().filter(({ assigneeId }) => assigneeId === staffId)
    const counts = countsOf(own)
    seen.push({
      ...{ clock, who: staffId, shown },
      wanted: {
        date: DAY,
        staffId,
        counts,
        overdue: 0,
        orders,
        orderToday: sold.length > 0,
        rank: null,
      },
    })
  }
  return seen
}

/** What everybody has before them on the morning after: the new list, and what was put off to it. */
export async function lookAhead(
  world: World,
  office: Pick<Office, 'ask'>,
  { expected, planId }: Readonly<{ expected: Expectation; planId: string }>,
): Promise<Seen[]> {
  const seen: Seen[] = []
  const rows = await world.branch.sql(`
    select assignee_id as who, count(*)::integer as tasks from worklists.task
     where plan_id = '${planId}' and state = 'open' group by 1`)
  const planned = new Map(rows.map(({ who, tasks }) => [String(who), Number(tasks)]))
  for (const { staffId } of everybody(world)) {
    const day = await office.ask(staffId, `/people/${staffId}/day`)
    const { counts, overdue, date } = day as { counts: object; overdue: number; date: string }
    const put = [...expected.tasks.values()].filter(
      (task) => !task.isPlanned && task.assigneeId === staffId,
    )
    const late = put.filter((task) => task.day < NEXT_DAY && task.state === 'open')
    const own = countsOf([...put.filter((task) => task.day === NEXT_DAY), ...late])
    const fresh = planned.get(staffId) ?? 0
    seen.push({
      ...{ clock: 'after midnight', who: staffId, shown: { date, counts, overdue } },
      wanted: {
        counts: { ...own, planned: own.planned + fresh, left: own.left + fresh },
        ...{ date: NEXT_DAY, overdue: late.length },
      },
    })
  }
  return seen
}

/** For whom the next night’s plan gives a reason not to come, subscriber by subscriber. */
export async function suppressedBy(
  office: Pick<Office, 'ask'>,
  planId: string,
  reason: string,
): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = cursor && `&cursor=${encodeURIComponent(cursor)}`
    const url = `/plans/${planId}/decisions?limit=200&reason=${reason}${page}`
    const { rows, next } = await office.ask(MANAGER, url)
    found.push(...(rows as { subscriberId: string }[]).map(({ subscriberId }) => subscriberId))
    cursor = next as string | null
  }
  return found.sort()
}
