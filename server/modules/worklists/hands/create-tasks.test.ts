import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { Person } from '../../../test/branch.ts'
import { FAR_VILLAGE, openLapsedBranch } from '../../../test/lapsed.ts'
import { told } from '../../../test/task-results.ts'

/** Friday, ten in the morning. */
const branch = await openLapsedBranch('2026-11-20T02:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const TODAY = '2026-11-20'
const GRID = `${branchId}-H01-G1`
const zone = await branch.hire({ unit: `${branchId}-Z1`, roles: ['zone_manager'] })
const seller = await branch.hire({ unit: GRID, roles: ['micro_seller'] })
const far = await branch.hire({ unit: `${branchId}-H02-G1`, roles: ['micro_seller'] })
await branch.night('2026-11-19', [
  ...['A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9'].map((id) => ({
    id,
    end: '2027-06-01',
  })),
  { id: 'F0', end: '2027-06-01', place: FAR_VILLAGE },
])

const give = (subscriberIds: string[], more: object = {}, who: Person = zone) =>
  branch.tell(who, '/tasks', {
    ...{ subscriberIds, kind: 'upgrade', touchpoint: 'door', on: TODAY, to: seller.id },
    ...more,
  })
type Given = {
  given: { subscriberId: string; taskId: string }[]
  left: { subscriberId: string; because: { code: string }; opens: string | null }[]
}
const given = async (...as: Parameters<typeof give>) => (await give(...as)).body as Given
const refuse = (id: string) =>
  branch.tell(zone, `/subscribers/${id}/touches`, {
    ...{
      touchId: randomUUID(),
      at: null,
      channel: 'door',
      purpose: 'marketing',
      result: 'refused',
    },
    ...{ scope: 'all', offer: null, until: null, note: null },
  })

test('a task that is given by hand is on the list of the day, and says by whom', async () => {
  const { given: tasks, left } = await given(['A0'], { kind: 'box_recovery' })
  expect(left).toEqual([])
  const list = await branch.ask(seller, `/people/${seller.id}/list`)
  expect(list).toMatchObject({
    total: 1,
    stops: [
      {
        place: '翠京社区',
        tasks: [
          {
            ...{
              taskId: tasks[0]?.taskId,
              kind: 'box_recovery',
              purpose: 'service',
              origin: 'hand',
            },
            campaignName: { zh: '旧盒回收', en: 'Old box recovery' },
            reasons: [{ text: { zh: `11月20日 由测试${zone.id}指派` } }],
          },
        ],
      },
    ],
  })
  const [entry] = await branch.sql(`select about_id as who, body::jsonb -> 'values' as values
    from platform.audit_entry where action = 'task.given'`)
  expect(entry).toEqual({
    who: seller.id,
    values: { tasks: 1, kind: 'box_recovery', day: TODAY },
  })
})

test('a household is met once a day through a touchpoint, however it came on a list', async () => {
  await given(['A1'])
  expect(await given(['A1'], { kind: 'wake_up' })).toMatchObject({
    given: [],
    left: [{ subscriberId: 'A1', because: { code: 'household-on-list' }, opens: null }],
  })
  expect(await given(['A1'], { touchpoint: 'call_out' })).toMatchObject({ left: [] })
  expect(await given(['A1'], { on: '2026-11-21' }), 'it is open still').toMatchObject({
    left: [{ because: { code: 'household-on-list' } }],
  })
})

test('of two that give a household at once, one does', async () => {
  const both = await Promise.all([given(['A2', 'A3']), given(['A3', 'A2'])])
  expect(
    both.flatMap(({ given: tasks }) => tasks.map(({ subscriberId }) => subscriberId)).sort(),
  ).toEqual(['A2', 'A3'])
})

test('whom the gate closes gets none, with the reason and the day it opens', async () => {
  await refuse('A4')
  expect(await given(['A4', 'A5'])).toMatchObject({
    given: [{ subscriberId: 'A5' }],
    left: [
      {
        subscriberId: 'A4',
        because: { code: 'refused' },
        opens: expect.stringMatching(/^2027-02-1/),
      },
    ],
  })
  expect(await given(['A4'], { kind: 'collection' }), 'collection is no marketing').toMatchObject({
    left: [],
  })
})

test('who was met that day is not on a list of it once more', async () => {
  const { given: tasks } = await given(['A6'])
  await branch.tell(
    seller,
    `/tasks/${tasks[0]?.taskId}/results`,
    told({ result: 'moved', moved: { field: 'address' } }),
  )
  expect(await given(['A6'])).toMatchObject({ left: [{ because: { code: 'household-on-list' } }] })
})

test('who is not at home is tried again, though no plan has words for the task', async () => {
  const { given: tasks } = await given(['A7'])
  const away = told({ result: 'not_at_home', notAtHome: { tryAgain: '2026-11-21' } })
  const { body } = await branch.tell(seller, `/tasks/${tasks[0]?.taskId}/results`, away)
  expect(body).toMatchObject({ followUp: { dueOn: '2026-11-21' } })
})

test('who refuses only what a task without an offer is about, refused that', async () => {
  const { given: tasks } = await given(['A8'], { kind: 'box_recovery' })
  const refused = told({ result: 'refused', refused: { scope: 'offer', until: null } })
  expect(await branch.tell(seller, `/tasks/${tasks[0]?.taskId}/results`, refused)).toMatchObject({
    ...{ status: 200, body: { taskState: 'refused', standing: 'first' } },
  })
  expect(
    await branch.sql(`select scope, offer from contacts.contact where subscriber_id = 'A8'`),
  ).toEqual([{ scope: 'offer', offer: 'box_recovery' }])
})

test('nobody rings again about what was refused, and may about something else', async () => {
  const byCall = { kind: 'upgrade', touchpoint: 'call_out' }
  const { given: tasks } = await given(['A9'], byCall)
  const refused = told({ result: 'refused', refused: { scope: 'offer', until: null } })
  const { status } = await branch.tell(seller, `/tasks/${tasks[0]?.taskId}/results`, refused)
  expect(status).toBe(200)
  const next = { ...byCall, on: '2026-11-28' }
  expect(await given(['A9'], next)).toMatchObject({
    ...{ given: [], left: [{ subscriberId: 'A9', because: { code: 'refused' } }] },
  })
  const another = await given(['A9'], { ...next, kind: 'wake_up' })
  expect(another).toMatchObject({ given: [{ subscriberId: 'A9' }], left: [] })
})

test.each([
  { ids: ['F0'], more: {}, code: 'subscriber-unknown', because: 'they live in another zone' },
  {
    ids: ['A0'],
    more: { to: far.id },
    code: 'staff-unknown',
    because: 'the receiver is another’s',
  },
  { ids: ['A0'], more: { to: 'NOBODY' }, code: 'staff-unknown', because: 'nobody is called so' },
  { ids: ['A0'], more: { on: '2026-11-19' }, code: 'task-day-unfit', because: 'the day is over' },
  {
    ids: ['A0'],
    more: { on: '2027-02-19' },
    code: 'task-day-unfit',
    because: 'it is too far ahead',
  },
  { ids: [], more: {}, code: 'malformed-request', because: 'a task is about somebody' },
])('none is given where $because', async ({ ids, more, code }) => {
  expect(await give(ids, more)).toMatchObject({ body: { code } })
})

test('whoever leads nobody gives nobody anything', async () => {
  expect(await give(['A0'], {}, seller)).toMatchObject({
    ...{ status: 403, body: { code: 'not-allowed' } },
  })
})
