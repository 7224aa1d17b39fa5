import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'

/** Friday, six in the evening. */
const branch = await openBranch('2026-11-20T10:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const seller = await branch.hire({ unit: '370686-H01-G1', roles: ['micro_seller'] })
const elsewhere = await branch.hire({ unit: '370686-H02', roles: ['hall_clerk'] })
const auditor = await branch.hire({ unit: branchId, roles: ['auditor'] })

await importRows(branch, {
  kind: 'subscribers',
  date: '2026-11-20',
  rows: ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8'].map((id) => ({
    ...{ subscriber_id: id, household_id: id === 'S2' ? 'H1' : `H${id.slice(1)}` },
    ...{ status: 'active', grid_code: '370686-H01-G1' },
  })),
})

const TOLD = {
  ...{ at: null, channel: 'door', purpose: 'marketing', result: 'promised' },
  ...{ scope: null, offer: null, until: null, note: null },
}
const path = (id: string, what: string) => `/branches/${branchId}/subscribers/${id}/${what}`
const record = (id: string, told: object = {}, by = seller) =>
  branch.post(path(id, 'touches'), by, { ...TOLD, ...told })

type Gates = {
  gates: { touchpoint: string; may: boolean; opens: string | null; against: { code: string }[] }[]
}
/** By touchpoint: open, or the reasons against it and when it opens. */
async function gates(id: string, query = ''): Promise<Record<string, string>> {
  const { body } = await branch.get(`${path(id, 'touch-gates')}${query}`, seller)
  return Object.fromEntries(
    (body as Gates).gates.map(({ touchpoint, may, opens, against }) => [
      touchpoint,
      may ? 'open' : `${against.map(({ code }) => code)} ${opens}`,
    ]),
  )
}

test('a household that said nothing may be met everywhere but by message', async () => {
  expect(await gates('S1')).toEqual({
    ...{ door: 'open', call_out: 'open', hall: 'open', installer: 'open', online: 'open' },
    sms: 'opted-out null',
  })
})

test('a touch counts at once: the next one waits until the cap is over', async () => {
  expect(await record('S1', { channel: 'call_out' })).toMatchObject({
    ...{ status: 200, body: { against: [] } },
  })
  expect(await gates('S1')).toMatchObject({
    ...{ call_out: 'capped 2026-11-27T01:00:00.000Z', door: 'open' },
  })
  expect(await gates('S2'), 'of the same household').toMatchObject({
    call_out: 'capped 2026-11-27T01:00:00.000Z',
  })
  expect(await gates('S3')).toMatchObject({ call_out: 'open' })
})

test('a refusal at the door closes it for three calendar months, and renewal stays open', async () => {
  await record('S3', { result: 'refused' })
  expect(await gates('S3')).toMatchObject({
    ...{
      door: 'refused,capped 2027-02-19T22:00:00.000Z',
      hall: 'refused 2027-02-19T16:00:00.000Z',
    },
  })
  expect(await gates('S3', '?purpose=renewal')).toMatchObject({ door: 'open', hall: 'open' })
})

test('what happened against the rules is kept, and the answer and the trail say so', async () => {
  const { status, body } = await record('S3', { result: 'done' })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    against: [
      { code: 'refused', text: { zh: '该家庭已明确拒绝（11月20日），2027年2月20日 起方可再联系' } },
      { code: 'capped' },
    ],
  })
  const told = await branch.sql(
    `select body::jsonb -> 'values' ->> 'against' as against from platform.audit_entry
      where action = 'touch.recorded' and about_id = 'S3' order by seq`,
  )
  expect(told).toEqual([{ against: '' }, { against: 'refused capped' }])
})

test('a touch told again is told once; told otherwise it is refused and the first stays', async () => {
  const touchId = '0d4ff6f4-86f1-4c1e-8a53-0c8c2f4cbf0a'
  const told = { touchId, at: '2026-11-20T08:00:00.000Z', note: '客户在家' }
  expect(await record('S4', told)).toMatchObject({ status: 200, body: { touchId } })
  expect(await record('S4', told)).toMatchObject({ status: 200, body: { touchId } })
  expect(await record('S4', { ...told, result: 'refused' })).toMatchObject({
    ...{ status: 409, body: { code: 'touch-told-otherwise' } },
  })
  const rows = await branch.sql(
    `select result from contacts.contact where contact_id = '${touchId}'`,
  )
  expect(rows).toEqual([{ result: 'promised' }])
})

test.each([
  [{ at: '2026-11-20T10:00:01.000Z' }, 'touch-in-future'],
  [{ scope: 'all' }, 'scope-without-refusal'],
  [{ until: '2027-01-01' }, 'scope-without-refusal'],
  [{ result: 'refused', scope: 'offer' }, 'refused-offer-missing'],
])('%j is refused as %s', async (told, code) => {
  expect(await record('S4', told)).toMatchObject({ body: { code } })
})

test('nobody records a touch outside their scope, and whoever only watches records none', async () => {
  expect(await record('S1', {}, elsewhere)).toMatchObject({
    ...{ status: 404, body: { code: 'subscriber-unknown' } },
  })
  expect(await record('S1', {}, auditor)).toMatchObject({ status: 403 })
  expect(await branch.get(path('S1', 'touch-gates'), elsewhere)).toMatchObject({ status: 404 })
})

test('a touch that is told late is judged by what counted on its day', async () => {
  const at = (day: string) => `2026-${day}T02:00:00.000Z`
  for (const day of ['10-20', '10-28', '11-05'])
    await record('S5', { channel: 'hall', at: at(day) })
  expect(await record('S5', { channel: 'door', at: at('11-10') })).toMatchObject({
    body: { against: [{ code: 'capped', values: { touches: 3 } }] },
  })
})

test('a household that is to be met again shows the day and who said so, until it was met', async () => {
  const followUp = async () => {
    const { body } = await branch.get(path('S6', 'touch-gates'), seller)
    return (body as { followUp: unknown }).followUp
  }
  expect(await followUp()).toBeNull()
  const clerk = await branch.hire({ roles: ['hall_clerk'] })
  await record('S6', { channel: 'hall', nextOn: '2026-11-25' }, clerk)
  expect(await followUp(), 'outside the scope the number alone').toEqual({
    ...{ on: '2026-11-25', staffName: clerk.id },
  })
  branch.clock.set('2026-11-20T10:01:00Z')
  await record('S6', { channel: 'call_out', result: 'no_answer', nextOn: '2026-11-26' })
  expect(await followUp()).toEqual({ on: '2026-11-26', staffName: `测试${seller.id}` })
  branch.clock.set('2026-11-20T10:02:00Z')
  await record('S6', { channel: 'sms', result: 'delivered' })
  expect(await followUp(), 'a message is no meeting').toMatchObject({ on: '2026-11-26' })
  branch.clock.set('2026-11-20T10:03:00Z')
  await record('S6', { channel: 'call_in', result: 'done' })
  expect(await followUp()).toBeNull()
})

test.each([{ nextOn: '2026-11-20' }, { nextOn: '2027-11-21' }, { nextOn: '2026-11-19' }])(
  'nobody is met again before or within the day, nor after a year: %j',
  async (told) => {
    expect(await record('S6', told)).toMatchObject({ body: { code: 'next-day-unfit' } })
  },
)

test('a touch keeps where its proof is, and told with another one it is another touch', async () => {
  const touchId = '5f0be32c-5f0f-4f59-9b35-0f6a8c3a9d51'
  const told = { touchId, channel: 'hall', proof: { kind: 'form', ref: '表 17' } }
  expect(await record('S7', told)).toMatchObject({ status: 200 })
  expect(await record('S7', told)).toMatchObject({ status: 200 })
  expect(await record('S7', { ...told, proof: null })).toMatchObject({ status: 409 })
  const rows = await branch.sql(
    `select proof_kind, proof_ref from contacts.contact where contact_id = '${touchId}'`,
  )
  expect(rows).toEqual([{ proof_kind: 'form', proof_ref: '表 17' }])
})

test('a touch that is told again is answered with what stood against it the first time', async () => {
  const touchId = 'a3f9b3ab-6c6b-4cb1-8f6e-08c1e2a2a001'
  await record('S7', { channel: 'hall' })
  const first = await record('S7', { channel: 'hall', touchId })
  expect(first.body).toMatchObject({ against: [{ code: 'capped', values: { touches: 2 } }] })
  expect((await record('S7', { channel: 'hall', touchId })).body).toEqual(first.body)
})

test('of touches of one household at once, no more go unnamed than the cap allows', async () => {
  const told = await Promise.all([1, 2, 3, 4].map(() => record('S8', { channel: 'call_out' })))
  const named = told.map(({ body }) => (body as { against: unknown[] }).against.length)
  expect(named.sort()).toEqual([0, 1, 1, 1])
})

test('what is told late is judged by what had been said by then, a “no” before and none after', async () => {
  const say = (answer: string, toldAt: string) =>
    branch.post(path('S4', 'consents'), seller, {
      ...{ subject: 'marketing', channel: 'call', answer, toldAt, via: 'hall', note: null },
      proof: { kind: 'form', ref: '表 18' },
    })
  await say('no', '2026-11-20T02:00:00.000Z')
  await say('yes', '2026-11-20T04:00:00.000Z')
  const codesAt = async (at: string) => {
    const { body } = await record('S4', { channel: 'call_out', result: 'no_answer', at })
    return (body as { against: { code: string }[] }).against.map(({ code }) => code)
  }
  expect(await codesAt('2026-11-20T01:30:00.000Z')).toEqual([])
  expect(await codesAt('2026-11-20T03:00:00.000Z')).toEqual(['opted-out'])
  expect(await codesAt('2026-11-20T05:00:00.000Z')).toEqual([])
})

test('a touch is kept while the extract is damaged, and the answer says what is not known', async () => {
  const [snapshot] = await branch.sql('select file from subscribers.snapshot limit 1')
  const file = join(branch.works.lake.folder, String(snapshot?.file))
  await rename(file, `${file}.away`)
  const against = [{ code: 'extract-unknown' }]
  expect(await record('S1', { channel: 'hall', result: 'no_answer' })).toMatchObject({
    ...{ status: 200, body: { against } },
  })
  expect(await gates('S1', '?purpose=renewal')).toMatchObject({ hall: 'extract-unknown null' })
  expect(await gates('S1', '?purpose=collection')).toMatchObject({ hall: 'open' })
  await rename(`${file}.away`, file)
  expect(await gates('S1')).toMatchObject({ hall: 'open' })
})
