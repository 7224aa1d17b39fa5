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
  rows: ['S1', 'S2', 'S3', 'S4', 'S5'].map((id) => ({
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
