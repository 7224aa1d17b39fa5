import { afterAll, expect, test } from 'vitest'
import { DONE_NAMES, misfitOf, TASK_FORMS } from '#contract/task-forms.ts'
import { RESULT_NAMES, ResultCode, TaskKind } from '#contract/tasks.ts'
import { openCounty } from '../../../test/county.ts'
import { AWAY, openWorkOf, RENEWED, told } from '../../../test/task-results.ts'

const county = await openCounty('2026-11-21T01:00:00Z', { households: 160 })
afterAll(() => county.close())
const work = await openWorkOf(county, '2026-11-21')

/** What is refused leaves it as it is. */
const SPARE = work.take()

/** What the assignee of a visit is answered that is made one of another kind. */
async function tellOf(kind: TaskKind, what: object, task = work.take()) {
  await county.sql(`update worklists.task set kind = '${kind}' where task_id = '${task.taskId}'`)
  const who = await work.assignee(task)
  return work.tell(task.taskId, who, told(what))
}
const done = (what: string, of: object = {}) => ({
  result: 'done',
  done: { what, product: null, amountFen: null, receipt: null, ...of },
})
const rival = { operator: '联通', monthlyFeeFen: 3900, expiresOn: '2027-03-31' }

test.each<[TaskKind, object, string]>([
  ['box_recovery', done('payment', { amountFen: 100 }), 'done-unfit'],
  ['box_recovery', done('box'), 'done-part-missing'],
  ['collection', done('payment'), 'done-part-missing'],
  ['card_seeding', done('box', { receipt: 'SN-1' }), 'done-unfit'],
  ['group_joining', done('renewal'), 'done-unfit'],
  ['coaching', { result: 'refused', refused: { scope: 'all', until: null } }, 'result-unfit'],
  ['event', { result: 'competitor', competitor: rival }, 'result-unfit'],
])('of %s, %j is refused as %s, and the task stays open', async (kind, what, code) => {
  expect(await tellOf(kind, what, SPARE)).toMatchObject({ status: 422, body: { code } })
  expect(await work.taskOf(SPARE.taskId)).toMatchObject({ state: 'open' })
})

test('what is refused is said with the names of task and result', async () => {
  const { body } = await tellOf('box_recovery', done('box'), SPARE)
  expect(body).toMatchObject({
    detail: '“旧盒回收”任务办成须填写“设备序列号或收据号”。',
    values: { kindEn: 'Old box recovery', en: 'Serial number or receipt' },
  })
})

test.each<[TaskKind, object]>([
  ['box_recovery', done('box', { receipt: 'SN-0815' })],
  ['collection', done('payment', { amountFen: 9800 })],
  ['competitor_survey', { result: 'competitor', competitor: rival }],
  ['group_joining', done('other')],
  ['coaching', done('other', { product: '陪访三户' })],
  ['event', AWAY],
  ['card_seeding', done('new')],
  ['lapsed_sweep', RENEWED],
])('of %s, %j is recorded', async (kind, what) => {
  expect(await tellOf(kind, what)).toMatchObject({
    status: 200,
    body: { standing: 'first', conflicts: [] },
  })
})

test('each kind can be done, promised and tried again, and names what it needs', () => {
  for (const kind of TaskKind.options) {
    const { results, what, asks, needs } = TASK_FORMS[kind]
    expect(new Set(results).size, kind).toBe(results.length)
    expect(results, kind).toEqual(expect.arrayContaining(['done', 'promised', 'not_at_home']))
    for (const [of, field] of Object.entries(needs)) {
      expect(what, kind).toContain(of)
      expect(asks, kind).toContain(field)
    }
    for (const result of ResultCode.options.filter((code) => code !== 'done'))
      expect(misfitOf(kind, { result, done: null }) === undefined, RESULT_NAMES[result].en).toBe(
        results.includes(result),
      )
    for (const each of what) expect(DONE_NAMES[each].zh).not.toBe('')
  }
})
