import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import type { FlaggedVisit } from '#contract/visits.ts'
import type { Person } from '../../../test/branch.ts'
import { openCounty } from '../../../test/county.ts'
import { jpegOf, openLine } from '../../../test/photo-upload.ts'
import { AWAY, openWorkOf, told } from '../../../test/task-results.ts'
import { FIELD_ERASER, reviewsEver } from '../index.ts'

type Row = z.infer<typeof FlaggedVisit>
const DAY = '2026-11-21'
const county = await openCounty(`${DAY}T02:00:00Z`, { households: 160 })
const line = await openLine(county)
const work = await openWorkOf(county, DAY)
const { branchId, works } = county
const visit = work.take()
const seller = await work.assignee(visit)
const [home] = await county.sql(`
  select grid.unit_id as grid, grid.parent_id as hall, hall.parent_id as zone
    from worklists.task join people.unit as grid using (unit_id)
    join people.unit as hall on hall.unit_id = grid.parent_id
   where task_id = '${visit.taskId}'`)
const evidenceId = randomUUID()
const body = told({ ...AWAY, startedAt: `${DAY}T01:59:55.000Z`, photos: [evidenceId] })
const { resultId } = body
let head: Person
beforeAll(async () => {
  await line.upload(evidenceId, jpegOf('door'), seller)
  expect(await work.tell(visit.taskId, seller, body)).toMatchObject({ status: 200 })
  head = await county.hire({ unit: String(home?.hall), roles: ['hall_manager'] })
})
afterAll(async () => {
  await line.close()
  await county.close()
})

const rowFor = async (who: Person, path = 'visit-flags') => {
  const { status, body: shown } = await county.get(`/branches/${branchId}/${path}`, who)
  expect(status).toBe(200)
  return (shown as { rows: Row[] }).rows.find((row) => row.resultId === resultId)
}
const review = (who: Person, said: object, of = resultId) =>
  county.post(`/branches/${branchId}/results/${of}/reviews`, who, said)
const photo = (who: Person, id = evidenceId, of = resultId) =>
  line.download(`/results/${of}/photos/${id}`, who)
const trail = (action: string) =>
  county.sql(`select actor as who, about_id as task, body::jsonb -> 'values' as values from platform.audit_entry
    where action = '${action}' order by seq`)

test('what a manager says stands as the last word, in the trail, and the person reads it', async () => {
  expect(await rowFor(head)).toMatchObject({ standing: 'new', reviews: [] })
  expect(await review(head, { verdict: 'talked', note: ' 补拍门牌 ' })).toMatchObject({
    ...{ status: 200, body: { standing: 'talked' } },
  })
  county.clock.set(`${DAY}T02:10:00Z`)
  expect(await review(head, { verdict: 'fine', note: '' })).toMatchObject({ status: 200 })
  const name = { zh: `测试${head.id}`, en: `测试${head.id}` }
  const said = [
    { verdict: 'fine', note: null, at: `${DAY}T02:10:00.000Z`, reviewedByName: name },
    { verdict: 'talked', note: '补拍门牌', at: `${DAY}T02:00:00.000Z`, reviewedByName: name },
  ]
  expect(await rowFor(head)).toMatchObject({ standing: 'fine', reviews: said })
  const own = `people/${seller.id}/visit-flags`
  expect(await rowFor(seller, own)).toMatchObject({
    ...{ standing: 'fine', reviews: said, flags: [{ code: 'visit-too-short' }] },
  })
  expect(await rowFor(head, own)).toMatchObject({ standing: 'fine' })
  expect(await rowFor(head, 'visit-flags?standing=fine')).toBeDefined()
  expect(await rowFor(head, 'visit-flags?standing=new')).toBeUndefined()
  const values = { resultId, staff: seller.id }
  expect(await trail('visit.reviewed')).toMatchObject([
    { who: head.id, task: visit.taskId, values: { ...values, verdict: 'talked' } },
    { who: head.id, task: visit.taskId, values: { ...values, verdict: 'fine' } },
  ])
})

test('a visit is read and judged by whoever leads there, and never by its own person', async () => {
  const elsewhere = await county.sql(`
    select unit_id as id from people.unit
     where kind = 'zone' and unit_id like '${branchId}%' and unit_id <> '${home?.zone}' limit 1`)
  const hire = (unit: unknown, role: 'zone_manager' | 'auditor' | 'installer') =>
    county.hire({ unit: String(unit), roles: [role] })
  const [zone, other] = [
    await hire(home?.zone, 'zone_manager'),
    await hire(elsewhere[0]?.id, 'zone_manager'),
  ]
  const [auditor, installer] = [
    await hire(branchId, 'auditor'),
    await hire(home?.hall, 'installer'),
  ]
  expect(await rowFor(zone)).toBeDefined()
  expect(await rowFor(other)).toBeUndefined()
  expect(await rowFor(auditor)).toBeDefined()
  const flags = `/branches/${branchId}/visit-flags`
  expect(await county.get(flags, installer)).toMatchObject({ status: 403 })
  expect(
    await county.get(`/branches/${branchId}/people/${seller.id}/visit-flags`, installer),
  ).toMatchObject({ status: 403 })
  const said = { verdict: 'false', note: null }
  expect(await review(zone, said)).toMatchObject({ status: 200 })
  for (const [who, of, refusal] of [
    [other, resultId, { status: 404, body: { code: 'result-unknown' } }],
    [zone, randomUUID(), { status: 404, body: { code: 'result-unknown' } }],
    [auditor, resultId, { status: 403, body: { code: 'not-allowed' } }],
    [seller, resultId, { status: 403, body: { code: 'not-allowed' } }],
  ] as const)
    expect(await review(who, said, of)).toMatchObject(refusal)
  expect(await review(zone, { ...said, note: '长'.repeat(501) })).toMatchObject({ status: 400 })
  const own = work.take()
  await county.sql(`
    update worklists.task set assignee_id = '${head.id}', assignee_unit_id = '${head.unitId}'
     where task_id = '${own.taskId}'`)
  const mine = told(AWAY)
  expect(await work.tell(own.taskId, head, mine)).toMatchObject({ status: 200 })
  expect(await review(head, said, mine.resultId)).toMatchObject({
    ...{ status: 403, body: { code: 'visit-own' } },
  })
})

test('a photo is seen by whoever reads the result, kept nowhere, and each look is in the trail', async () => {
  for (const who of [head, seller]) {
    const { answer, content } = await photo(who)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(content.equals(jpegOf('door'))).toBe(true)
  }
  const values = { resultId, evidenceId, staff: seller.id }
  expect(await trail('evidence.read')).toMatchObject([
    { who: head.id, task: visit.taskId, values },
    { who: seller.id, task: visit.taskId, values },
  ])
})

test('no photo is seen that the result does not have, or that somebody else sent', async () => {
  const codeOf = async (asked: ReturnType<typeof photo>) => {
    const { answer, content } = await asked
    return [answer.status, (JSON.parse(String(content)) as { code: string }).code]
  }
  const [second, stray] = [work.take((each) => each.assigneeId !== seller.id), randomUUID()]
  const thief = await work.assignee(second)
  const taken = told({ ...AWAY, photos: [evidenceId, stray] })
  expect(await work.tell(second.taskId, thief, taken)).toMatchObject({ status: 200 })
  const unknown = [404, 'evidence-unknown']
  expect(await codeOf(photo(thief, evidenceId, taken.resultId)), 'of another').toEqual(unknown)
  expect(await codeOf(photo(thief, stray, taken.resultId)), 'not arrived').toEqual(unknown)
  expect(await codeOf(photo(head, stray)), 'not named').toEqual(unknown)
  expect(await codeOf(photo(thief)), 'a result of another').toEqual([404, 'result-unknown'])
  const file = join(works.folder.evidence, branchId, evidenceId)
  await writeFile(file, 'altered')
  expect(await codeOf(photo(head))).toEqual([409, 'evidence-damaged'])
  await rm(file)
  expect(await codeOf(photo(head))).toEqual([409, 'evidence-damaged'])
})

test('what was said of a visit is never changed, and its words go with the subscriber', async () => {
  const { subscriberId } = visit
  const of = { branchId, subscriberIds: [subscriberId], leftHomes: [] }
  await expect(
    county.unit(head, (unit) => FIELD_ERASER.inLedger(unit, of)),
    'a person empties nothing',
  ).resolves.toBeUndefined()
  for (const change of [`set verdict = 'fine'`, `set note = 'x'`])
    await expect(county.sql(`update field.visit_review ${change}`)).rejects.toThrow('append-only')
  await expect(county.sql('delete from field.visit_review')).rejects.toThrow('append-only')
  const ever = () =>
    county.unit(county.system, (unit) => reviewsEver(unit, { branchId, subscriberId }))
  expect((await ever()).map(({ note }) => note)).toContain('补拍门牌')
  await county.unit(county.system, (unit) => FIELD_ERASER.inLedger(unit, of))
  const left = await ever()
  expect(left.length).toBe(3)
  expect(left.map(({ note }) => note)).toEqual([null, null, null])
  await county.unit(county.system, (unit) => FIELD_ERASER.inLedger(unit, of))
})
