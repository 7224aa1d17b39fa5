import { afterAll, expect, test } from 'vitest'
import { dayKind, editDay, isQuiet, readCalendarOn, visitWindow, visitWindows } from '#calendar'
import { openBranch, type Person } from '../../test/branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())

type Year = {
  days: {
    day: string
    kind: string
    name: { zh: string } | null
    source: string
    seasons: string[]
  }[]
  seasons: { seasonId: string }[]
  windows: { windowId: string }[]
  warnings: { code: string }[]
}
const year = async (who: Person, of = 2026, branchId = '370686') =>
  (await branch.get(`/branches/${branchId}/calendar/${of}`, who)).body as Year
const dayIn = ({ days }: Year, day: string) => days.find((each) => each.day === day)
const put = (who: Person, rest: string, body: object, branchId = '370686') =>
  branch.put(`/branches/${branchId}/calendar/${rest}`, who, body)

test('a branch begins with the published year, its crops and the usual times', async () => {
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  const read = await year(clerk)
  expect(read.days).toHaveLength(365)
  expect(dayIn(read, '2026-10-01')).toMatchObject({ kind: 'holiday', name: { zh: '国庆节' } })
  expect(dayIn(read, '2026-06-01')?.seasons).toEqual(['apple-thinning', 'apple-bagging'])
  expect(read.windows.map(({ windowId }) => windowId)).toContain('early-morning')
  expect(read.warnings).toEqual([])
})

test('a year whose holidays are not published says so', async () => {
  const read = await year(await branch.hire(), 2027)
  expect(read.warnings).toMatchObject([{ code: 'year-not-published', values: { year: 2027 } }])
  expect(dayIn(read, '2027-10-01')).toMatchObject({ kind: 'workday', source: 'weekday' })
})

test('a changed day counts for that branch alone, and can be taken back', async () => {
  const [manager, neighbour] = [await branch.hire(), await branch.hire({ unit: '370685' })]
  const fair = { kind: 'holiday', name: { zh: '苹果艺术节', en: 'Apple fair' } }
  expect(await put(manager, 'days/2026-11-25', fair)).toMatchObject({ status: 200 })
  expect(dayIn(await year(manager), '2026-11-25')).toMatchObject({ ...fair, source: 'edited' })
  expect(dayIn(await year(neighbour, 2026, '370685'), '2026-11-25')).toMatchObject({
    kind: 'workday',
  })
  await put(manager, 'days/2026-11-25', { kind: 'workday', name: null })
  expect(dayIn(await year(manager), '2026-11-25')).toMatchObject({ source: 'published' })
})

test('the plan asks for the kind of a day and the time to meet somebody', async () => {
  const ask = (day: string, townCode: string | null, touchpoint: 'door' | 'call_out' = 'door') =>
    branch.unit(branch.system, (unit) => visitWindow(unit, '370686', { day, touchpoint, townCode }))
  await branch.unit(branch.system, async (unit) => {
    expect(await dayKind(unit, '370686', '2026-10-10')).toBe('makeup')
  })
  expect(await ask('2026-11-20', '370686101')).toEqual({
    windowId: 'evening',
    start: '2026-11-20T09:30:00.000Z',
    end: '2026-11-20T12:30:00.000Z',
    seasonIds: [],
  })
  expect(await ask('2026-10-04', '370686101')).toMatchObject({
    windowId: 'evening',
    seasonIds: ['apple-harvest'],
  })
  expect(await ask('2026-10-04', '370686001')).toMatchObject({ windowId: 'holiday', seasonIds: [] })
  expect(await ask('2026-11-20', null, 'call_out')).toMatchObject({
    start: '2026-11-20T01:00:00.000Z',
    end: '2026-11-20T12:00:00.000Z',
  })
})

test('a saved list stands in place of the usual one, be it empty', async () => {
  const manager = await branch.hire({ roles: ['administrator'] })
  const noon = {
    windowId: 'noon',
    name: { zh: '午间', en: 'Noon' },
    from: '12:00',
    to: '13:30',
    on: ['workday'],
  }
  const quietHours = [{ channel: 'call', from: '12:00', to: '14:00' }]
  expect(await put(manager, 'seasons', { seasons: [] })).toMatchObject({ status: 200 })
  expect(await put(manager, 'visit-times', { windows: [noon], quietHours })).toMatchObject({
    status: 200,
  })
  expect((await year(manager)).seasons).toEqual([])
  const calendar = await branch.unit(manager, (unit) => readCalendarOn(unit, '370686'))
  const asked = { day: '2026-11-20', townCode: null, only: ['noon'] } as const
  expect(visitWindows(calendar, { ...asked, touchpoint: 'door' })).toMatchObject([
    { windowId: 'noon', start: '2026-11-20T04:00:00.000Z' },
  ])
  expect(visitWindows(calendar, { ...asked, touchpoint: 'call_out' })).toHaveLength(2)
  expect(isQuiet(calendar, 'call', new Date('2026-11-20T04:30:00Z'))).toBe(true)
  expect(isQuiet(calendar, 'door', new Date('2026-11-20T16:30:00Z'))).toBe(false)
})

test.each([
  {
    rest: 'seasons',
    body: {
      seasons: [
        {
          seasonId: 'x',
          name: { zh: '采收', en: 'Harvest' },
          crop: '苹果',
          towns: [],
          from: '02-30',
          to: '03-01',
          advice: 'avoid',
        },
      ],
    },
    code: 'season-invalid',
  },
  {
    rest: 'visit-times',
    body: {
      windows: [
        {
          windowId: 'x',
          name: { zh: '夜', en: 'Night' },
          from: '22:00',
          to: '06:00',
          on: ['workday'],
        },
      ],
      quietHours: [],
    },
    code: 'window-invalid',
  },
])('what cannot be is refused with $code', async ({ rest, body, code }) => {
  expect(await put(await branch.hire(), rest, body)).toMatchObject({ status: 422, body: { code } })
})

test('a day that no year has is refused, and named', async () => {
  const body = { kind: 'holiday', name: null }
  expect(await put(await branch.hire(), 'days/2026-02-30', body)).toMatchObject({
    status: 400,
    body: {
      code: 'malformed-request',
      errors: [{ message: expect.stringContaining('没有这一天') }],
    },
  })
})

test('the calendar of a branch is read there only, and changed by few', async () => {
  const seller = await branch.hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
  const day = { kind: 'holiday', name: null }
  expect(await put(seller, 'days/2026-11-26', day)).toMatchObject({ status: 403 })
  expect(await put(await branch.hire(), 'days/2026-11-26', day, '370685')).toMatchObject({
    status: 404,
    body: { code: 'branch-unknown' },
  })
  expect(await branch.get('/branches/370685/calendar/2026', seller)).toMatchObject({ status: 404 })
})

test('the database itself keeps the calendars of branches apart', async () => {
  const [manager, neighbour] = [await branch.hire(), await branch.hire({ unit: '370685' })]
  await put(neighbour, 'days/2026-11-27', { kind: 'holiday', name: null }, '370685')
  await put(neighbour, 'seasons', { seasons: [] }, '370685')
  const calendar = await branch.unit(manager, (unit) => readCalendarOn(unit, '370685'))
  expect(calendar.edits.size).toBe(0)
  const foreign = { day: '2026-11-28', kind: 'holiday', name: null } as const
  await expect(branch.unit(manager, (unit) => editDay(unit, '370685', foreign))).rejects.toThrow(
    'row-level security',
  )
})
