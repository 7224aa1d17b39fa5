import type { Branch } from '../../branch.ts'
import type { Expectation, ExpectedTask, Lapse } from './expectation.ts'
import type { Lived } from './live.ts'

/** What happened, a sentence for each event; two days are the same where all of them are. */
export type Events = readonly string[]

/** What one side tells and the other does not, as often as it does. */
export function differences(expected: Events, found: Events): string[] {
  const counts = new Map<string, number>()
  for (const event of expected) counts.set(event, (counts.get(event) ?? 0) + 1)
  for (const event of found) counts.set(event, (counts.get(event) ?? 0) - 1)
  return [...counts]
    .filter(([, count]) => count !== 0)
    .map(([event, count]) => `${count > 0 ? 'missing' : 'found'} ${Math.abs(count)}: ${event}`)
    .sort()
}

/** Everything that should have happened. */
export function eventsOf(
  expected: Pick<
    Expectation,
    'results' | 'touches' | 'tasks' | 'handovers' | 'whys' | 'entries' | 'lapses'
  >,
): Events {
  return [
    ...expected.results.map(
      ({ resultId, taskId, staffId, result, at, standing, conflicts }) =>
        `result ${[resultId, taskId, staffId, result, at, standing, ...conflicts].join(' ')}`,
    ),
    ...expected.touches.map(
      ({ subscriberId, channel, result, at }) =>
        `touch ${[subscriberId, channel, result, at].join(' ')}`,
    ),
    ...[...expected.tasks.values()].map(taskEvent),
    ...expected.handovers.map(
      ({ taskId, why, from, to }) => `handover ${[taskId, why, from, to].join(' ')}`,
    ),
    ...expected.whys.map(
      ({ subscriberId, reason, staffId, at }) =>
        `why ${[subscriberId, reason, staffId, at].join(' ')}`,
    ),
    ...expected.lapses().map(lapseEvent),
    ...[...expected.entries].map(([action, count]) => `trail ${action} ${count}`),
  ]
}

const lapseEvent = ({ subscriberId, standing, reason }: Lapse) =>
  ['lapse', subscriberId, standing, reason].join(' ')

const taskEvent = (task: Omit<ExpectedTask, 'zoneId' | 'isMarketing'>) =>
  `task ${[task.taskId, task.subscriberId, task.assigneeId, task.state, task.closedAs, task.day, task.attempt, task.isPlanned].join(' ')}`

/** Everything that the ledger says has happened, read past every policy. */
export async function eventsIn({ sql }: Branch, of: Lived): Promise<Events> {
  const results = await sql(`
    select result_id as id, task_id as task, staff_id as who, result, standing, happened_at as at,
        array(select each ->> 'code' from jsonb_array_elements(answer -> 'conflicts')
            with ordinality as told (each, nth) order by nth) as conflicts
      from worklists.result`)
  const touches = await sql(`
    select subscriber_id as id, channel, result, happened_at as at from contacts.contact`)
  const tasks = await sql(`
    select task_id as "taskId", subscriber_id as "subscriberId", assignee_id as "assigneeId",
        state, closed_as as "closedAs", day::text as day, attempt, plan_id is not null as "isPlanned"
      from worklists.task where plan_id is distinct from '${of.nextPlanId}'`)
  const handovers = await sql(`
    select task_id as task, why, from_staff as "from", to_staff as "to" from worklists.handover`)
  const whys = await sql(`
    select subscriber_id as id, reason, asked_by as who, asked_at as at
      from renewals.lapse_reason`)
  const lapses = await sql(`
    select subscriber_id as "subscriberId", standing, reason from renewals.lapsed`)
  const trail = await sql(`
    select body::jsonb ->> 'action' as action, count(*)::integer as count
      from platform.audit_entry where seq > ${of.before} group by 1`)
  const iso = (at: unknown) => (at as Date).toISOString()
  return [
    ...results.map(({ id, task, who, result, at, standing, conflicts }) =>
      ['result', id, task, who, result, iso(at), standing, ...(conflicts as string[])].join(' '),
    ),
    ...touches.map(({ id, channel, result, at }) =>
      ['touch', id, channel, result, iso(at)].join(' '),
    ),
    ...tasks.map((task) => taskEvent(task as unknown as ExpectedTask)),
    ...handovers.map(({ task, why, from, to }) => ['handover', task, why, from, to].join(' ')),
    ...whys.map(({ id, reason, who, at }) => ['why', id, reason, who, iso(at)].join(' ')),
    ...lapses.map((lapse) => lapseEvent(lapse as Lapse)),
    ...trail.map(({ action, count }) => `trail ${action} ${count}`),
  ]
}
