import { afterAll, beforeAll, expect, test } from 'vitest'
import { FULL } from './command-line.ts'
import type { Expectation } from './county-day/expectation.ts'
import { differences, eventsIn, eventsOf } from './county-day/found.ts'
import { type Lived, liveDay } from './county-day/live.ts'
import { lookAhead, lookAtBoards, lookAtDays, type Seen, suppressedBy } from './county-day/looks.ts'
import { openOffice } from './county-day/office.ts'
import { CREW, DAY, NEXT_DAY, openWorld, VISITS_EACH, type World } from './county-day/world.ts'

/** `GRIDKEEPER_FULL=1` lives the day of a whole county: 300 people, 4,500 visits. */
const PEOPLE = FULL ? 300 : 30
const TIME = FULL ? 3_600_000 : 300_000

let world: World
let lived: Lived
let found: readonly string[]
const seen: Seen[] = []
beforeAll(async () => {
  const began = performance.now()
  world = await openWorld(PEOPLE)
  const ready = performance.now()
  lived = await liveDay(world, look)
  found = await eventsIn(world.branch, lived)
  const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(1)
  const { results, touches, handovers } = lived.expected
  console.log(
    `${PEOPLE} people: ${results.length} results, ${touches.length} touches, ${handovers.length} hand-overs, ${found.length} events in ${seconds(ready)} s, ${seconds(began)} s with the night before`,
  )
}, TIME)
afterAll(() => world?.branch.close())

async function look(expected: Expectation, clock: string): Promise<void> {
  const office = openOffice(world)
  seen.push(...(await lookAtBoards(world, office, expected, clock)))
  if (clock === '21:00') seen.push(...(await lookAtDays(world, office, expected, clock)))
}

const of = (kind: string, events: readonly string[]) =>
  events.filter((event) => event.startsWith(`${kind} `))

test('the plan of the night sends each person to fifteen households', () => {
  expect(lived.expected.planned).toHaveLength(PEOPLE * VISITS_EACH)
})

test.each([
  { kind: 'result', says: 'every result is kept once, with what had happened meanwhile' },
  { kind: 'touch', says: 'each result is one touch, and so is who rang or came to the hall' },
  { kind: 'task', says: 'every task stands as its first result left it, and is followed up' },
  { kind: 'handover', says: 'a task went through these hands' },
  { kind: 'why', says: 'the register of those who lapsed has each reason that was said' },
  { kind: 'lapse', says: 'who paid is won back, of the others the best reason is known' },
  { kind: 'trail', says: 'the trail tells each act as often as it was done' },
])('$says: this and nothing else', ({ kind }) => {
  const wanted = of(kind, eventsOf(lived.expected))
  expect(wanted.length).toBeGreaterThan(10)
  expect(differences(wanted, of(kind, found))).toEqual([])
})

test('nothing else is told of the day at all', () => {
  expect(differences(eventsOf(lived.expected), found)).toEqual([])
})

test('one event more or less is noticed', () => {
  const events = eventsOf(lived.expected)
  expect(differences(events.slice(1), found)).toEqual([`found 1: ${events[0]}`])
  expect(differences(events, found.slice(1))).toEqual([`missing 1: ${found[0]}`])
})

test('a result that is left out of the account of the day is noticed', () => {
  const [lost] = lived.expected.results
  const { touches, tasks, handovers, whys, entries } = lived.expected
  const results = lived.expected.results.slice(1)
  const lapses = () => lived.expected.lapses()
  const less = eventsOf({ results, touches, tasks, handovers, whys, entries, lapses })
  expect(differences(less, found)).toEqual([expect.stringContaining(lost?.resultId ?? '—')])
})

test('phones are answered what became of each result, and what stood against the touch', () => {
  const wanted = lived.expected.results.map(({ resultId, standing, against }) => [
    resultId,
    { outcome: standing === 'first' ? 'recorded' : 'kept', against: against.join(' ') },
  ])
  expect(lived.answers).toEqual(new Map(wanted as []))
})

test('boards at noon, at six and at night are the sum of what was told by then', () => {
  const boards = seen.filter(({ who }) => !who.startsWith('W'))
  expect(boards.map(({ shown }) => shown)).toEqual(boards.map(({ wanted }) => wanted))
  const totals = boards.filter(({ who }) => who === 'all').map(({ shown }) => shown)
  expect(new Set(totals.map((total) => JSON.stringify(total))).size).toBe(3)
})

test('the close of a zone accounts for each task of the day', () => {
  const { closed } = lived
  expect(closed).toHaveLength(world.marked.length - 1)
  expect(closed.map(({ shown }) => shown)).toEqual(closed.map(({ wanted }) => wanted))
  const unmet = closed.reduce((sum, one) => sum + one.unmet, 0)
  expect(unmet, 'somebody refused meanwhile').toBeGreaterThan(0)
})

test('everybody’s own day says what they did', () => {
  const days = seen.filter(({ who }) => who.startsWith('W'))
  expect(days).toHaveLength(PEOPLE)
  expect(days.map(({ shown }) => shown)).toEqual(days.map(({ wanted }) => wanted))
})

test('on the morning after everybody has the new list, and what was put off to it', async () => {
  const { expected, nextPlanId: planId } = lived
  const ahead = await lookAhead(world, openOffice(world), { expected, planId })
  expect(ahead.map(({ shown }) => shown)).toEqual(ahead.map(({ wanted }) => wanted))
})

test('the day of who is ill is divided evenly among the nine others of the grid', () => {
  const split = lived.expected.handovers.filter(({ why }) => why === 'split')
  const shares = [...Map.groupBy(split, ({ from, to }) => `${from} ${to}`).values()]
  expect(split).toHaveLength(world.marked.length * VISITS_EACH)
  expect(shares).toHaveLength(world.marked.length * (CREW - 1))
  expect(new Set(shares.map(({ length }) => length))).toEqual(new Set([1, 2]))
  for (const { from, to } of split) {
    const grid = world.grids.find(({ sellers }) => sellers.includes(from))
    expect(grid?.sellers).toContain(to)
  }
})

test('the day has some of everything', () => {
  const { results, tasks, entries } = lived.expected
  const codes = new Set(results.flatMap(({ conflicts, against }) => [...conflicts, ...against]))
  expect([...codes].sort()).toEqual([
    ...['capped', 'clock-corrected', 'day-closed', 'refused', 'refused-meanwhile'],
    ...['renewed-meanwhile', 'task-closed-already', 'task-dropped', 'task-reassigned'],
    'task-taken-back',
  ])
  expect(new Set(results.map(({ result }) => result)).size).toBe(8)
  const days = Map.groupBy(tasks.values(), ({ day, isPlanned }) => `${day} ${isPlanned}`)
  expect([...days.keys()]).toEqual(expect.arrayContaining([`${DAY} false`, `${NEXT_DAY} false`]))
  expect(entries.get('lapse.paid')).toBeGreaterThan(0)
})

test('the plan of the next night leaves alone who refused, and whom somebody meets again', async () => {
  const { expected, nextPlanId } = lived
  const office = openOffice(world)
  const due = [...expected.tasks.values()].filter(
    ({ isPlanned, state, day }) => !isPlanned && state === 'open' && day <= NEXT_DAY,
  )
  const met = new Set(due.map(({ subscriberId }) => subscriberId))
  const goesOn = new Set(lived.renewed)
  expect(await suppressedBy(office, nextPlanId, 'follow-up-due')).toEqual(
    [...met].filter((id) => !goesOn.has(id)).sort(),
  )
  const marketing = [...expected.tasks.values()].filter(({ isMarketing }) => isMarketing)
  const lapsed = new Set(marketing.map(({ subscriberId }) => subscriberId))
  // Who refused at the door alone may be rung up; the campaign has no offer but the one refused.
  const refused = (isWhole: boolean) =>
    expected.refusals
      .filter((one) => lapsed.has(one.subscriberId) && (!isWhole || one.scope !== 'channel'))
      .map(({ subscriberId }) => subscriberId)
      .filter((id) => !met.has(id) && !goesOn.has(id))
  const shut = new Set(refused(true))
  expect(shut.size).toBeGreaterThan(0)
  expect(await suppressedBy(office, nextPlanId, 'refused')).toEqual([...shut].sort())
  const doors = await world.branch.sql(`
    select subscriber_id as id from worklists.task
     where plan_id = '${nextPlanId}' and touchpoint = 'door' and purpose = 'marketing'`)
  const visited = new Set(doors.map(({ id }) => String(id)))
  expect(visited.size).toBeGreaterThan(0)
  expect(refused(false).filter((id) => visited.has(id))).toEqual([])
})
