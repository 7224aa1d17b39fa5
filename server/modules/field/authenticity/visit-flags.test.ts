import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import type { readVisitFlags } from '#contract/visits.ts'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { openPhone } from '../../../test/phone.ts'
import { jpegOf, openLine } from '../../../test/photo-upload.ts'
import { AWAY, openWorkOf, told, type Visit } from '../../../test/task-results.ts'

type Shown = z.infer<typeof readVisitFlags.response>
const DAY = '2026-11-21'
const county = await openCounty(`${DAY}T00:00:00Z`, { households: 160 })
const line = await openLine(county)
const work = await openWorkOf(county, DAY)
const { branchId } = county
let manager: Person
beforeAll(async () => {
  manager = await county.hire()
})
afterAll(async () => {
  await line.close()
  await county.close()
})

/** Every telling is a quarter of an hour after the one before, unless it says otherwise. */
function later(seconds = 900): Date {
  const now = new Date(+county.clock.now() + seconds * 1000)
  county.clock.set(now.toISOString())
  return now
}
async function tell(visit: Visit, { latitude, ...what }: Told = {}, seconds?: number) {
  const at = later(seconds)
  const position = { latitude, longitude: 120.8, accuracyM: 30, at: at.toISOString() }
  const body = told({ ...AWAY, ...what, ...(latitude !== undefined && { position }) })
  const { status } = await work.tell(visit.taskId, await work.assignee(visit), body)
  expect(status).toBe(200)
  return { resultId: body.resultId, at }
}
type Told = Readonly<{ latitude?: number; startedAt?: string; photos?: readonly string[] }>

const doors = (await county.sql(`
  select task_id as "taskId", subscriber_id as "subscriberId" from worklists.task
   where touchpoint = 'door' and plan_id = '${work.planId}' order by task_id`)) as Visit[]
/** So many visits that no test has taken, of somebody who has just been hired. */
async function visitsOf(count: number): Promise<Visit[]> {
  const { id: assigneeId, unitId } = await county.hire({
    ...{ unit: '370686-H01', roles: ['micro_seller'] as const },
  })
  const visits = doors.splice(0, count).map((visit) => ({ ...visit, assigneeId }))
  expect(visits.length, 'the county has visits enough').toBe(count)
  await county.sql(`
    update worklists.task set assignee_id = '${assigneeId}', assignee_unit_id = '${unitId}'
     where task_id in (${visits.map(({ taskId }) => `'${taskId}'`).join(', ')})`)
  return visits
}
async function photo(visit: Visit, looks: string) {
  const id = randomUUID()
  expect(await line.upload(id, jpegOf(looks), await work.assignee(visit))).toMatchObject({
    status: 200,
  })
  return id
}
async function read(query = '', who = manager): Promise<Shown> {
  const path = `/branches/${branchId}/visit-flags?from=${DAY}&to=2026-11-23${query}`
  const { status, body } = await county.get(path, who)
  expect(status).toBe(200)
  return body as Shown
}
const flagsOf = async (resultId: string) =>
  (await read('&limit=200')).rows.find((row) => row.resultId === resultId)

test('a result eight seconds after its card was opened is short', async () => {
  const [plain, short] = (await visitsOf(2)) as [Visit, Visit]
  const quiet = await tell(plain, { startedAt: `${DAY}T00:10:00.000Z` })
  const { resultId } = await tell(short, { startedAt: `${DAY}T00:29:52.000Z` })
  expect(await flagsOf(resultId)).toMatchObject({
    ...{ staffId: short.assigneeId, taskId: short.taskId, result: 'not_at_home' },
    ...{ at: `${DAY}T00:30:00.000Z`, standing: 'new', reviews: [], position: null },
    flags: [{ code: 'visit-too-short', text: { zh: '打开卡片到登记结果只有 8 秒。' } }],
  })
  expect(await flagsOf(quiet.resultId)).toBeUndefined()
})

test('the same picture under another number, of anybody, is used before', async () => {
  const [[first], [second, fresh]] = [await visitsOf(1), await visitsOf(2)]
  if (!first || !second || !fresh) throw new Error('three visits')
  const mine = await photo(first, 'one door')
  later()
  const theirs = await photo(second, 'one door')
  const again = await tell(second, { photos: [theirs] })
  const original = await tell(first, { photos: [mine] })
  const other = await tell(fresh, { photos: [await photo(fresh, 'another door'), randomUUID()] })
  expect(await flagsOf(again.resultId)).toMatchObject({
    photos: [{ evidenceId: theirs, isKept: true, usedOn: DAY }],
    flags: [{ code: 'photo-used-before', values: { photos: 1, on: DAY } }],
  })
  expect(await flagsOf(original.resultId)).toBeUndefined()
  expect(await flagsOf(other.resultId)).toBeUndefined()
})

test('a number that two results name is used before in the later one alone', async () => {
  const [first, second, third] = (await visitsOf(3)) as [Visit, Visit, Visit]
  const [own, twice] = [await photo(first, 'a gate'), await photo(third, 'a wall')]
  const before = await tell(first, { photos: [own] })
  const after = await tell(second, { photos: [own] })
  const same = await tell(third, { photos: [twice, await photo(third, 'a wall')] })
  expect(await flagsOf(before.resultId)).toBeUndefined()
  expect((await flagsOf(after.resultId))?.flags).toMatchObject([{ code: 'photo-used-before' }])
  expect(await flagsOf(same.resultId), 'twice in one result is once').toBeUndefined()
})

test('forty kilometres in ten minutes are no way, and a visit without its position is told', async () => {
  const [here, there, nowhere] = (await visitsOf(3)) as [Visit, Visit, Visit]
  await tell(here, { latitude: 36.9 })
  const fast = await tell(there, { latitude: 37.26 }, 600)
  const unplaced = await tell(nowhere)
  const [way, missing] = [await flagsOf(fast.resultId), await flagsOf(unplaced.resultId)]
  expect(way?.flags.map(({ code }) => code)).toEqual(['way-impossible'])
  expect(way?.flags[0]?.text.en).toMatch(
    /^39\.9 km from an earlier position 600 s before: 240 km\/h/,
  )
  expect(missing?.flags).toMatchObject([{ code: 'position-missing' }])
})

test('a position far from where the others stood in the village is told with the way', async () => {
  const visits = [...(await visitsOf(4)), ...(await visitsOf(3))]
  const stray = visits[4] as Visit
  const ids = visits.map(({ taskId }) => `'${taskId}'`).join(', ')
  await county.sql(`
    update worklists.task set town_name = '试镇', place_name = '试村', unit_id = '${branchId}-X'
     where task_id in (${ids})`)
  const there = []
  for (const visit of visits.slice(0, 3)) there.push(await tell(visit, { latitude: 37.3 }))
  const far = await tell(stray, { latitude: 37.4 })
  expect(await flagsOf(far.resultId)).toMatchObject({
    ...{ place: '试村', position: { accuracyM: 30, awayM: 11_119 } },
    flags: [{ code: 'visit-far-away', values: { km: 11.1, accuracyM: 30 } }],
  })
  const near = await tell(visits[3] as Visit, { latitude: 37.4 })
  expect(await flagsOf(near.resultId), 'the own ones do not judge').toBeUndefined()
  await tell(visits[5] as Visit, { latitude: 37.3 })
  await tell(visits[6] as Visit, { latitude: 37.4 })
  const [first] = there
  const said = 'whoever told kilometres apart says nothing of where others stood'
  expect(await flagsOf(first?.resultId ?? ''), said).toBeUndefined()
})

test('four results within a minute are too many', async () => {
  const visits = await visitsOf(4)
  const results = []
  for (const visit of visits) results.push(await tell(visit, {}, results.length === 0 ? 900 : 15))
  const found = await Promise.all(results.map(({ resultId }) => flagsOf(resultId)))
  expect(found.map((each) => each?.flags.map(({ code }) => code))).toEqual([
    ...[undefined, undefined, undefined],
    ['visits-too-many'],
  ])
})

test('a phone whose clock is two hours slow is told, with what it said', async () => {
  const [visit] = (await visitsOf(1)) as [Visit]
  const here = later()
  const slow = new Date(+here - 7_200_000)
  const phone = await openPhone(county, await work.assignee(visit), { clock: () => slow })
  const resultId = randomUUID()
  const { items } = await phone.deliver([await phone.record(visit.taskId, { resultId })])
  expect(items).toMatchObject([{ outcome: 'recorded' }])
  expect(await flagsOf(resultId)).toMatchObject({
    ...{ at: here.toISOString(), deviceAt: slow.toISOString() },
    flags: [{ code: 'clock-corrected', values: { minutes: 120 } }],
  })
})

test('pages and filters show the same visits as the whole, and people are counted once', async () => {
  const whole = await read('&limit=200')
  expect(whole.total).toBe(whole.rows.length)
  expect(whole.rows.length).toBeGreaterThanOrEqual(7)
  const pages: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: Shown = await read(`&limit=2${next && `&cursor=${next}`}`)
    pages.push(...page.rows.map(({ resultId }) => resultId))
    next = page.next
  }
  expect(pages).toEqual(whole.rows.map(({ resultId }) => resultId))
  const times = whole.rows.map((row) => row.at)
  expect(times).toEqual(times.toSorted().reverse())
  const short = await read('&flag=visit-too-short')
  expect(short.rows.length).toBe(1)
  expect(short.people).toEqual(whole.people)
  expect(whole.people.reduce((sum, person) => sum + person.flagged, 0)).toBe(whole.total)
  const [person] = whole.people
  const own = await read(`&person=${person?.staffId}`)
  expect(own.people).toEqual([person])
  expect(own.total).toBe(person?.flagged)
  expect((await read('&standing=talked')).rows).toEqual([])
})

test('days that run backwards, or are more than 31, are refused', async () => {
  const days = (from: string, to: string) =>
    county.get(`/branches/${branchId}/visit-flags?from=${from}&to=${to}`, manager)
  expect(await days('2026-11-21', '2026-12-21')).toMatchObject({ status: 200 })
  for (const [from, to] of [
    ['2026-11-21', '2026-12-22'],
    ['2026-11-21', '2026-11-20'],
  ] as const)
    expect(await days(from, to)).toMatchObject({
      ...{ status: 422, body: { code: 'visit-days-unfit' } },
    })
})
