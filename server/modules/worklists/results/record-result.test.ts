import { afterAll, expect, test } from 'vitest'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import {
  AWAY,
  openWorkOf,
  promised,
  RENEWED,
  told,
  type Visit,
} from '../../../test/task-results.ts'

/** Saturday, nine in the morning. */
const county = await openCounty('2026-11-21T01:00:00Z', { households: 160 })
afterAll(() => county.close())
const DAY = '2026-11-21'
const work = await openWorkOf(county, DAY)
const { take, assignee, taskOf } = work
const tell = ({ taskId }: Pick<Visit, 'taskId'>, who: Person, body: object) =>
  work.tell(taskId, who, body)

test('a renewal at the door closes the task and makes one touch', async () => {
  const task = take()
  const body = told(RENEWED)
  expect(await tell(task, await assignee(task), body)).toMatchObject({
    status: 200,
    body: {
      ...{ resultId: body.resultId, taskId: task.taskId, taskState: 'done', standing: 'first' },
      ...{ conflicts: [], followUp: null },
    },
  })
  expect(await taskOf(task.taskId)).toMatchObject({ state: 'done', as: 'done' })
  const touches = await county.sql(`
    select subscriber_id as who, channel, purpose, result from contacts.contact
     where contact_id = '${body.resultId}'`)
  expect(touches).toEqual([
    { who: task.subscriberId, channel: 'door', purpose: 'renewal', result: 'done' },
  ])
})

test('a result told again is answered as before, and told otherwise it is refused', async () => {
  const task = take()
  const who = await assignee(task)
  const body = told({ ...RENEWED, note: '客户在家' })
  const first = await tell(task, who, body)
  const again = await tell(task, who, body)
  expect(again).toMatchObject({ status: 200, body: first.body as object })
  expect(await tell(task, who, { ...body, note: '别的' })).toMatchObject({
    ...{ status: 409, body: { code: 'result-told-otherwise' } },
  })
  const [count] = await county.sql(
    `select count(*)::int as n from worklists.result where task_id = '${task.taskId}'`,
  )
  expect(count).toEqual({ n: 1 })
})

test('a clock that fell back for years is not believed: it was now, and that is said, once', async () => {
  const task = take()
  const who = await assignee(task)
  const body = told({
    ...{ result: 'refused', refused: { scope: 'all', until: null } },
    ...{ at: '1970-01-01T00:03:00.000Z' },
  })
  const first = await tell(task, who, body)
  expect(first).toMatchObject({
    ...{ status: 200, body: { taskState: 'refused', conflicts: [{ code: 'clock-corrected' }] } },
  })
  expect(await tell(task, who, body)).toMatchObject({ status: 200, body: first.body as object })
  const days = await county.sql(
    `select day::text from contacts.contact where contact_id = '${body.resultId}'`,
  )
  expect(days).toEqual([{ day: DAY }])
})

test('a number means the same in small and in large letters', async () => {
  const task = take()
  const who = await assignee(task)
  const body = told(RENEWED)
  const first = await tell(task, who, { ...body, resultId: body.resultId.toUpperCase() })
  expect(first).toMatchObject({ status: 200, body: { resultId: body.resultId } })
  expect(await tell(task, who, body)).toMatchObject({ status: 200, body: first.body as object })
})

test.each(['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])(
  'an instant that no calendar here has is refused: %s',
  async (startedAt) => {
    const task = take()
    const answer = await tell(task, await assignee(task), told({ ...RENEWED, startedAt }))
    expect(answer.status).toBe(400)
  },
)

test('of two results at once one closes the task and the other is kept beside it', async () => {
  const task = take()
  const who = await assignee(task)
  const refused = { result: 'refused', refused: { scope: 'channel', until: null } }
  const both = await Promise.all([tell(task, who, told(RENEWED)), tell(task, who, told(refused))])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  const answers = both.map(({ body }) => body as { standing: string; taskState: string })
  expect(answers.map(({ standing }) => standing).sort()).toEqual(['beside', 'first'])
  expect(answers.find(({ standing }) => standing === 'beside')).toMatchObject({
    conflicts: [{ code: 'task-closed-already' }],
  })
  const touches = await county.sql(
    `select from contacts.contact where subscriber_id = '${task.subscriberId}' and day = '${DAY}'`,
  )
  expect(touches).toHaveLength(2)
})

test('a promise makes the task of its day', async () => {
  const task = take()
  const { body } = await tell(task, await assignee(task), {
    ...told(promised('2026-11-25')),
  })
  const { followUp } = body as { followUp: { taskId: string } }
  expect(body).toMatchObject({ taskState: 'promised', followUp: { dueOn: '2026-11-25' } })
  expect(await taskOf(followUp.taskId)).toMatchObject({
    ...{ state: 'open', who: task.assigneeId, day: '2026-11-25', plan: null, attempt: 1 },
  })
})

test('who is not at home is tried in other windows, and at the third time no more', async () => {
  let task = take()
  const who = await assignee(task)
  const attempts: unknown[] = []
  for (let nth = 1; nth <= 3; nth++) {
    const { body } = await tell(task, who, told(AWAY))
    const { followUp } = body as { followUp: { taskId: string; dueOn: string } | null }
    expect(body).toMatchObject({ taskState: 'ended', standing: 'first' })
    attempts.push(followUp && (await taskOf(followUp.taskId))?.attempt)
    if (followUp) task = { ...task, taskId: followUp.taskId }
  }
  expect(attempts).toEqual([2, 3, null])
})

/** What is refused leaves it as it is. */
const SPARE = take()

test.each([
  [{ result: 'done' }, 'result-part-missing'],
  [{ ...RENEWED, promised: { on: '2026-11-25' } }, 'result-part-extra'],
  [{ result: 'promised', promised: { on: DAY } }, 'promise-out-of-range'],
  [{ result: 'promised', promised: { on: '2027-02-20' } }, 'promise-out-of-range'],
  [{ result: 'not_at_home', notAtHome: { tryAgain: '2026-11-20' } }, 'try-again-out-of-range'],
  [{ ...RENEWED, at: '2026-11-21T01:05:00.001Z' }, 'result-in-future'],
])('%j is refused as %s', async (what, code) => {
  expect(await tell(SPARE, await assignee(SPARE), told(what))).toMatchObject({
    status: 422,
    body: { code },
  })
})

test('a clock a little ahead is forgiven', async () => {
  const task = take()
  const body = told({ ...RENEWED, at: '2026-11-21T01:04:59.000Z' })
  expect(await tell(task, await assignee(task), body)).toMatchObject({ status: 200 })
  const [row] = await county.sql(
    `select happened_at as at from worklists.result where result_id = '${body.resultId}'`,
  )
  expect(row).toEqual({ at: county.clock.now() })
})

test('a place that cannot be is kept as none, and the answer says so', async () => {
  const at = '2026-11-21T00:50:00.000Z'
  for (const position of [
    { latitude: 0, longitude: 0, accuracyM: 10, at },
    { latitude: 37.3, longitude: 120.8, accuracyM: 5001, at },
  ]) {
    const task = take()
    const body = told({ ...RENEWED, position })
    const who = await assignee(task)
    const first = await tell(task, who, body)
    expect(first).toMatchObject({ body: { conflicts: [{ code: 'position-unusable' }] } })
    expect((await tell(task, who, body)).body).toEqual(first.body)
  }
})

test('a stranger finds no task, and who only sees it is told that it is another’s', async () => {
  const task = take()
  const stranger = await county.hire({ unit: '370685-H01', roles: ['hall_clerk'] })
  expect(await tell(task, stranger, told(RENEWED))).toMatchObject({ status: 404 })
  const leader = await county.hire()
  expect(await tell(task, leader, told(RENEWED))).toMatchObject({
    ...{ status: 403, body: { code: 'task-not-yours' } },
  })
  const auditor = await county.hire({ roles: ['auditor'] })
  expect(await tell(task, auditor, told(RENEWED))).toMatchObject({
    ...{ status: 403, body: { code: 'not-allowed' } },
  })
  expect(await taskOf(task.taskId)).toMatchObject({ state: 'open' })
})
