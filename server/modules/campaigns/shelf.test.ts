import { afterAll, expect, test } from 'vitest'
import { importSampleCampaigns, whyNotSelected } from '#campaigns'
import { publishBase } from '#insight'
import { openBranch } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const manager = await branch.hire({ roles: ['branch_manager', 'administrator', 'analyst'] })
const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
const { branchId } = branch
const URL = `/branches/${branchId}/campaigns`
const SAMPLES = `${import.meta.dirname}/../../../samples/campaigns`
type Listed = { rows: { campaign: { id: string }; count: number | null; version: number }[] }

const importSamples = () =>
  branch.unit(branch.system, (unit) => importSampleCampaigns(unit, branchId, SAMPLES))

test('the samples are saved once, for the branch that takes them', async () => {
  expect(await importSamples()).toEqual({ saved: 7 })
  expect(await importSamples()).toEqual({ saved: 0 })
  const { body } = await branch.get(URL, manager)
  expect(body).toMatchObject({ asOf: null })
  expect((body as Listed).rows).toHaveLength(7)
  for (const row of (body as Listed).rows)
    expect(row).toMatchObject({
      ...{ count: null, version: 1, campaign: { ownerUnit: branchId } },
      ...{ savedBy: 'system', savedByName: { zh: '系统', en: 'System' } },
    })
})

test('the list counts whom each selects now, among those the reader sees', async () => {
  await importRows(branch, {
    kind: 'subscribers',
    date: '2026-11-20',
    rows: [
      { ...QUIET, subscriber_id: 'S1', offer_exp_date: '20261201' },
      { ...QUIET, subscriber_id: 'S2', offer_exp_date: '20261202', grid_code: '370686-H02-G1' },
      { ...QUIET, subscriber_id: 'S3', arrears_fee: '88.00' },
    ],
  })
  const countsFor = async (who: typeof manager) => {
    const { rows } = (await branch.get(URL, who)).body as Listed
    return Object.fromEntries(rows.map(({ campaign, count }) => [campaign.id, count]))
  }
  expect(await countsFor(manager)).toMatchObject({ 'renewal-due': 2, 'arrears-collection': 1 })
  expect(await countsFor(clerk)).toMatchObject({ 'renewal-due': 1, 'arrears-collection': 1 })
})

test('a campaign is saved as a new version from its text, and its comments stay', async () => {
  const read = await branch.get(`${URL}/renewal-due`, manager)
  const { yaml } = read.body as { yaml: string }
  expect(yaml).toContain('# 到期续费提醒')
  const louder = yaml.replace('lever: 1.5', 'lever: 2 # before the festival')
  expect(await branch.put(`${URL}/renewal-due`, manager, { yaml: louder })).toMatchObject({
    status: 200,
    body: { version: 2, count: 2, campaign: { lever: 2 } },
  })
  const again = await branch.put(`${URL}/renewal-due`, manager, { yaml: louder })
  expect(again.body).toMatchObject({ version: 2 })
  const name = `测试${manager.id}`
  expect(again.body).toMatchObject({ savedBy: manager.id, savedByName: { zh: name, en: name } })
  const below = await branch.get(`${URL}/renewal-due`, clerk)
  expect(below.body, 'who is out of scope has no name').toMatchObject({ savedByName: { zh: '—' } })
})

test('an unknown field, another id and a reader are refused', async () => {
  const { body } = await branch.get(`${URL}/renewal-due`, manager)
  const { campaign } = body as { campaign: { conditions: unknown } }
  const put = (change: object, who = manager) =>
    branch.put(`${URL}/renewal-due`, who, { campaign: { ...campaign, ...change } })
  expect(await put({ conditions: { field: 'tenure', op: 'gt', value: 1 } })).toMatchObject({
    status: 422,
    body: { code: 'field-unknown', values: { near: expect.stringContaining('tenure_months') } },
  })
  expect(await put({ id: 'other-one' })).toMatchObject({ body: { code: 'campaign-id-differs' } })
  expect(await put({}, clerk)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  const zone = await branch.hire({ unit: '370686-Z1', roles: ['branch_manager'] })
  expect(await put({ lever: 9 }, zone)).toMatchObject({ body: { code: 'not-allowed' } })
  expect(await branch.get(`${URL}/nothing`, manager)).toMatchObject({
    status: 404,
    body: { code: 'campaign-unknown' },
  })
  const bad = await branch.put(`${URL}/renewal-due`, manager, { yaml: 'id: renewal-due\nname: 3' })
  expect(bad).toMatchObject({ status: 422, body: { code: 'campaign-invalid' } })
})

test('in a typed text an unknown field is refused with its line and column', async () => {
  const { yaml } = (await branch.get(`${URL}/renewal-due`, manager)).body as { yaml: string }
  const wrong = yaml.replace('field: contract_end, op', 'field: contrat_end, op')
  expect(await branch.put(`${URL}/renewal-due`, manager, { yaml: wrong })).toMatchObject({
    body: {
      code: 'field-unknown',
      values: { at: '$.conditions.all[1] @ 10:7', near: expect.stringContaining('contract_end') },
    },
  })
})

test('whoever is not selected is told by which condition', async () => {
  await using session = await branch.works.lake.session()
  const of = { branchId, day: '2026-11-21' }
  const base = await publishBase(branch.works, session, of)
  const why = await whyNotSelected(branch.works, session, { ...of, subscriberId: 'S1', base })
  const because = Object.fromEntries(why.map((each) => [each.campaign, each.because.zh]))
  expect(Object.keys(because)).not.toContain('renewal-due')
  expect(because['arrears-collection']).toBe('欠费金额为0.00 元，不满足“不小于10.00 元”')
  expect(because['returned-home-retention']).toBe('春节返乡标识未随数据提供')
})

test('the versions of a campaign are facts', async () => {
  await expect(branch.sql('delete from campaigns.campaign_version')).rejects.toThrow('append-only')
  const stranger = await branch.hire({ unit: '370685' })
  expect(await branch.get(URL, stranger)).toMatchObject({ body: { code: 'branch-unknown' } })
})

const QUIET = {
  ...{ subscriber_id: 'S', status: 'active', product_type: '移动电话', arrears_fee: '0' },
  ...{ plan_monthly_fee: '39.00', offer_exp_date: '20280101', grid_code: '370686-H01-G1' },
}
