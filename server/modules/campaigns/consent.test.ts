import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { decide, parseCampaign, saveCampaign } from '#campaigns'
import { unwatched } from '#platform/works.ts'
import { openBranch } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const clerk = await branch.hire({ unit: branchId, roles: ['hall_clerk'] })

/** Contracts that have lapsed, and a sweep of the lapsed that would also call and write. */
const LAPSED = {
  ...{ status: 'active', product_type: '单宽带', plan_monthly_fee: '39.00' },
  ...{ offer_exp_date: '20261101', grid_code: '370686-H01-G1' },
}
await importRows(branch, {
  kind: 'subscribers',
  date: '2026-11-20',
  rows: ['S1', 'S2', 'S3', 'S4'].map((id) => ({
    ...{ subscriber_id: id, household_id: `H${id}`, ...LAPSED },
    ...{ consent_sms: id === 'S3' ? '否' : null, consent_call: null },
  })),
})
const SWEEP = readFileSync(
  join(import.meta.dirname, '../../../samples/campaigns/lapsed-sweep.yaml'),
  'utf8',
).replace(/touchpoints: .*/, 'touchpoints: [sms, call_out, door]')
await branch.unit(branch.system, (unit) =>
  saveCampaign(unit, branchId, parseCampaign(SWEEP, 'lapsed-sweep.yaml')),
)

const WORD = { channel: null, via: 'hall', note: null, toldAt: '2026-11-20T09:00:00.000Z' }
const FORM = { kind: 'form', ref: 'A-1' }
const say = (id: string, word: object) =>
  branch.post(`/branches/${branchId}/subscribers/${id}/consents`, clerk, { ...WORD, ...word })

/** By subscriber: why nothing is done, or the ways that are open. */
async function decided(): Promise<Record<string, string>> {
  await using session = await branch.works.lake.session()
  await decide(branch.works, session, { branchId, day: '2026-11-21' }, unwatched)
  const rows = await session.rows<{ id: string; told: string }>(
    `select subscriber_id as id, coalesce(reason, array_to_string(touchpoints, ' ')) as told
       from work.decision where outcome <> 'held-out' order by 1`,
  )
  return Object.fromEntries(rows.map(({ id, told }) => [id, told]))
}

test('silence is no consent to messages, and no “no” to calls', async () => {
  expect(await decided()).toMatchObject({ S1: 'call_out door', S4: 'call_out door' })
})

test('a “no” that was told at the counter closes the channel in the next plan', async () => {
  const { status } = await say('S1', {
    ...{ subject: 'marketing', channel: 'call', answer: 'no', proof: null },
  })
  expect(status).toBe(200)
  expect(await decided()).toMatchObject({ S1: 'door', S4: 'call_out door' })
})

test('a “yes” with its proof opens messages, unless the extract says “no”', async () => {
  for (const id of ['S2', 'S3'])
    await say(id, { subject: 'marketing', channel: 'sms', answer: 'yes', proof: FORM })
  expect(await decided()).toMatchObject({ S2: 'sms call_out door', S3: 'call_out door' })
})

test('a “no” to everything closes calls and messages, and leaves the door to refusals', async () => {
  await say('S2', { subject: 'marketing', answer: 'no', proof: null })
  expect(await decided()).toMatchObject({ S2: 'door' })
})

test('the latest word stands, whatever was recorded last', async () => {
  await say('S4', { subject: 'marketing', channel: 'call', answer: 'no', proof: null })
  await say('S4', {
    ...{ subject: 'marketing', channel: 'call', answer: 'yes', proof: FORM },
    toldAt: '2026-11-20T10:00:00.000Z',
  })
  await say('S4', {
    ...{ subject: 'marketing', channel: 'call', answer: 'no', proof: null },
    toldAt: '2026-11-19T10:00:00.000Z',
  })
  expect(await decided()).toMatchObject({ S4: 'call_out door' })
  const { body } = await branch.get(`/branches/${branchId}/subscribers/S4/consents`, clerk)
  const { consents } = body as { consents: { answer: string; stands: boolean }[] }
  expect(consents.map(({ answer, stands }) => [answer, stands])).toEqual([
    ['yes', true],
    ['no', false],
    ['no', false],
  ])
})

test('whoever asks to leave with the number is left alone from the next plan on', async () => {
  await say('S4', { subject: 'port-out', answer: 'yes', proof: null })
  expect(await decided()).toMatchObject({ S4: 'port-out-request' })
})
