import { openPhone, type Phone } from '../../phone.ts'
import type { Expectation, Planned } from './expectation.ts'
import { inWaves, type Office } from './office.ts'
import type { Post } from './post.ts'
import { atClock, type Door } from './said.ts'
import { clockAhead, elsewhere, everybody, type Hands, MOVED, PLACE } from './script.ts'
import { clerkOf, HOTLINE, leaderOf, type World } from './world.ts'

/** All that a day is lived with. */
export type Day = Readonly<{
  world: World
  expected: Expectation
  office: Office
  post: Post
  /** Everybody’s phone, by person. */
  phones: ReadonlyMap<string, Phone>
}>

/** What the plan of the day sends people to. */
export async function plannedOf({ branch, grids }: World, planId: string): Promise<Planned[]> {
  const zoneOf = new Map(grids.map(({ unitId, zoneId }) => [unitId, zoneId]))
  const rows = await branch.sql(`
    select task_id, subscriber_id, unit_id, assignee_id, kind from worklists.task
     where plan_id = '${planId}' order by subscriber_id`)
  return rows.map((row) => ({
    ...{ taskId: String(row.task_id), subscriberId: String(row.subscriber_id) },
    ...{ assigneeId: String(row.assignee_id), zoneId: zoneOf.get(String(row.unit_id)) ?? '' },
    isMarketing: row.kind === 'lapsed_sweep',
  }))
}

/** At half past six everybody takes the list of the day along. */
export async function takeAlong(
  world: World,
  expected: Expectation,
): Promise<ReadonlyMap<string, Phone>> {
  const { branch } = world
  branch.clock.set(atClock('06:30'))
  const phones = new Map<string, Phone>()
  await inWaves(everybody(world), async ({ staffId, grid, place }) => {
    const ahead = clockAhead(world, grid, place)
    const clock = () => new Date(branch.clock.now().getTime() + ahead)
    const phone = await openPhone(branch, await world.signIn(staffId), { clock })
    const { tasks } = await phone.pack()
    const own = [...expected.tasks.values()].filter(({ assigneeId }) => assigneeId === staffId)
    if (tasks.length !== own.length) throw new Error(`${staffId} takes ${tasks.length} along`)
    phones.set(staffId, phone)
  })
  expected.entry('device.registered', phones.size)
  expected.entry('pack.issued', phones.size)
  return phones
}

/** Who takes the list along again has it with what changed hands. */
async function takeAgain({ expected, phones }: Day, staffIds: Iterable<string>): Promise<void> {
  for (const staffId of staffIds) {
    await phones.get(staffId)?.pack()
    expected.entry('pack.issued')
  }
}

/** Gives tasks to somebody, who takes the list along again. */
export async function give(
  day: Day,
  doors: readonly Door[],
  { by, to }: Readonly<{ by: string; to: string }>,
): Promise<void> {
  const taskIds = doors.map(({ taskId }) => taskId)
  await day.office.reassign(by, taskIds, to)
  day.expected.hand(taskIds, 'reassigned', to)
  day.expected.entry('task.reassigned')
  await takeAgain(day, [to])
}

/** Somebody is ill, and the leader of a zone moves work between others. */
export async function changeHands(day: Day): Promise<Hands> {
  const { world, expected, office } = day
  const planned = Map.groupBy(expected.tasks.values(), ({ assigneeId }) => assigneeId)
  // A visit for marketing first, so that what changes hands has both kinds.
  const plan = new Map(
    [...planned].map(([staffId, own]) => {
      const first = own.find(({ isMarketing }) => isMarketing)
      return [staffId, [...(first ? [first] : []), ...own.filter((task) => task !== first)]]
    }),
  )
  const planOf = (staffId: string): readonly Door[] => plan.get(staffId) ?? []
  const shares = new Map<string, readonly Door[]>()
  world.branch.clock.set(atClock('08:45'))
  for (const grid of world.marked) {
    const ill = grid.sellers[PLACE.ill] ?? ''
    for (const [to, doors] of await office.divide(leaderOf(grid), ill, planOf(ill))) {
      shares.set(to, doors)
      const taskIds = doors.map(({ taskId }) => taskId)
      expected.hand(taskIds, 'split', to)
      expected.entry('task.reassigned')
    }
  }
  await takeAgain(day, shares.keys())
  world.branch.clock.set(atClock('09:15'))
  for (const { zoneId, sellers } of world.marked) {
    const by = leaderOf({ zoneId })
    const first = (place: number) => planOf(sellers[place] ?? '').slice(0, MOVED)
    await give(day, first(PLACE.loses), { by, to: sellers[PLACE.gains] ?? '' })
    const taskIds = first(PLACE.takenFrom).map(({ taskId }) => taskId)
    await office.takeBack(by, taskIds)
    expected.hand(taskIds, 'taken-back', null)
    expected.entry('task.taken-back')
  }
  return { planOf, shares }
}

/** Households that nobody of a crew meets: they ring, or come to the hall. */
export async function meetElsewhere({ world, expected, office }: Day): Promise<readonly string[]> {
  const odd = new Set(expected.handovers.map(({ taskId }) => taskId))
  const doors = [...expected.tasks.values()].filter(({ taskId }) => !odd.has(taskId))
  const { refusing, renewing, returning } = elsewhere(doors)
  const at = atClock('09:30')
  world.branch.clock.set(at)
  for (const { subscriberId } of refusing) {
    await office.refuses(HOTLINE, subscriberId)
    expected.touch({ subscriberId, channel: 'call_in', result: 'refused', at })
  }
  const clerkFor = ({ taskId }: Door) => clerkOf(office.gridOf(expected.task(taskId).assigneeId))
  for (const door of renewing) {
    await office.renews(clerkFor(door), door.subscriberId)
    expected.touch({ subscriberId: door.subscriberId, channel: 'hall', result: 'done', at })
  }
  for (const door of returning) {
    await office.pays(clerkFor(door), door.subscriberId)
    expected.entry('lapse.paid')
  }
  return [...renewing, ...returning].map(({ subscriberId }) => subscriberId)
}
