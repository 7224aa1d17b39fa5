import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { decide, importSampleCampaigns, parseCampaign, saveCampaign } from '#campaigns'
import { closes, type HouseholdRefusal, stands } from '#contacts'
import { addDays } from '#platform/day.ts'
import { keyedShare } from '#platform/hash.ts'
import { unwatched } from '#platform/works.ts'
import { type Branch, openBranch } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'

const DAY = '2026-11-21'
const branches: Branch[] = []
afterAll(async () => {
  for (const branch of branches) await branch.close()
})

/** A branch whose base is `subscribers`, on the evening before DAY. */
async function branchOf(subscribers: readonly Partial<Subscriber>[], contacts: object[] = []) {
  const branch = await openBranch('2026-11-20T12:00:00Z')
  branches.push(branch)
  await importRows(branch, {
    kind: 'subscribers',
    date: '2026-11-20',
    rows: subscribers.map((each, nth) => ({ ...QUIET, subscriber_id: `S${nth + 1}`, ...each })),
  })
  if (contacts.length > 0)
    await importRows(branch, {
      kind: 'contacts',
      date: '2026-11-20',
      rows: contacts.map((each, nth) => ({ ...TOUCH, contact_id: `C${nth + 1}`, ...each })),
    })
  return branch
}

/** A subscriber whom no sample campaign selects. */
const QUIET = {
  subscriber_id: 'S1',
  household_id: 'H1' as string | null,
  status: 'active',
  product_type: '移动电话',
  plan_monthly_fee: '39.00',
  offer_exp_date: '20280101',
  arrears_fee: '0',
  has_port_request: 'N',
  consent_call: '是',
  consent_sms: '是',
  complaint_count: '0',
  terminal_model: null as string | null,
  grid_code: '370686-H01-G1',
  rival_operator: null as string | null,
  rival_expire_date: null as string | null,
  do_not_personalise: null as string | null,
}
type Subscriber = typeof QUIET
const TOUCH = {
  contact_id: 'C1',
  subscriber_id: 'S1',
  at: '2026-10-01T10:00:00+08:00',
  channel: 'door',
  purpose: 'marketing',
  result: 'done',
  scope: null as string | null,
  until: null as string | null,
}
const DUE = { offer_exp_date: '20261215' }
const LAPSED = { offer_exp_date: '20261101', product_type: '单宽带' }
const OLD_BOX = {
  product_type: '数字电视',
  terminal_model: '标清机顶盒',
  plan_monthly_fee: '18.00',
}

type Row = {
  subscriber_id: string
  household_id: string
  campaign: string
  outcome: string
  reason: string | null
  until: string | null
  touchpoints: string[]
  offer: string | null
  priority: number
  c: number
  step: number | null
  reasons: string
  reason_values: string | null
}
async function decided(branch: Branch, day = DAY): Promise<Row[]> {
  await using session = await branch.works.lake.session()
  await decide(branch.works, session, { branchId: branch.branchId, day }, unwatched)
  return await session.rows<Row>('select * from work.decision order by subscriber_id, campaign')
}
const samples = (branch: Branch) =>
  branch.unit(branch.system, (unit) =>
    importSampleCampaigns(
      unit,
      branch.branchId,
      `${import.meta.dirname}/../../../samples/campaigns`,
    ),
  )
const outcomes = (rows: Row[]) =>
  rows.map(({ subscriber_id, campaign, outcome, reason }) =>
    [subscriber_id, campaign, reason ?? outcome].join(' '),
  )

test('a rival seen at a home raises the risk of all who live there; the newest sighting is told', async () => {
  const own = { ...DUE, rival_operator: '移动', rival_expire_date: '20270301' }
  const branch = await branchOf([
    { ...DUE, household_id: 'H1' },
    { ...own, household_id: 'H2' },
    { ...DUE, household_id: 'H3' },
    { ...own, household_id: 'H4' },
  ])
  await samples(branch)
  const sighting = (household_id: string, operator: string, seen_at: string) => ({
    ...{ household_id, operator, seen_at, expires_on: '2027-06-30' },
  })
  await importRows(branch, {
    kind: 'competitors',
    date: '2026-11-20',
    rows: [
      sighting('H1', '联通', '2026-10-02'),
      sighting('H1', '电信', '2026-11-02'),
      sighting('H2', '电信', '2026-11-03'),
      sighting('H3', '电信', '2026-11-22'),
    ],
  })
  const rows = (await decided(branch)).filter(({ campaign }) => campaign === 'renewal-due')
  const rivals = rows.map(({ reasons }) =>
    (JSON.parse(reasons) as { code: string; values: object }[]).find(
      ({ code }) => code === 'rival',
    ),
  )
  const seen = (operator: string, day: string) => ({
    code: 'rival',
    values: { on: '2027-06-30', operator, seen: day },
  })
  expect(rivals).toEqual([
    seen('电信', '2026-11-02'),
    seen('电信', '2026-11-03'),
    undefined, // seen only tomorrow
    { code: 'rival', values: { on: '2027-03-01', operator: '移动', seen: null } },
  ])
  const [first, second, third, fourth] = rows.map(({ c }) => c)
  expect([first, second, fourth]).toEqual(Array(3).fill(Number(((third ?? 0) * 1.1).toFixed(4))))
})

test('a contract that ends within thirty days is due, the day after it is not', async () => {
  const branch = await branchOf(
    ['20261120', '20261121', '20261221', '20261222'].map((offer_exp_date, nth) => ({
      offer_exp_date,
      household_id: `H${nth}`,
    })),
  )
  await samples(branch)
  const rows = (await decided(branch)).filter(({ campaign }) => campaign === 'renewal-due')
  expect(outcomes(rows)).toEqual(['S2 renewal-due eligible', 'S3 renewal-due eligible'])
  expect(rows.map(({ step, c }) => [step, c])).toEqual([
    [1, 2],
    [30, 1],
  ])
  expect(JSON.parse(rows[0]?.reasons ?? '')).toEqual([
    { code: 'contract-ends', values: { days: 0, on: '2026-11-21' } },
  ])
})

test('a household is met for its most urgent matter, and the others name it', async () => {
  const branch = await branchOf([
    { ...DUE, product_type: '数字电视' },
    { ...OLD_BOX, terminal_model: '标清机顶盒' },
    { arrears_fee: '50.00' },
  ])
  await samples(branch)
  const rows = await decided(branch)
  expect(outcomes(rows)).toEqual([
    'S1 renewal-due eligible',
    'S2 hd-migration outranked',
    'S3 arrears-collection outranked',
  ])
  expect(JSON.parse(rows[1]?.reason_values ?? '')).toMatchObject({
    id: 'renewal-due',
    subscriber: 'S1',
  })
  expect(JSON.parse(rows[0]?.reasons ?? '')).toContainEqual({
    code: 'also-in-household',
    values: { count: 2 },
  })
})

test('what is known of somebody’s worries weighs nothing once they want nothing personalised', async () => {
  const worried = { ...DUE, complaint_count: '3', rival_operator: '移动' }
  const branch = await branchOf([
    { ...worried, household_id: 'H1' },
    { ...worried, household_id: 'H2', do_not_personalise: '是' },
    { ...DUE, household_id: 'H3' },
  ])
  await samples(branch)
  const [weighed, hushed, calm] = await decided(branch)
  expect(weighed?.c).toBeGreaterThan(calm?.c ?? 0)
  expect(hushed).toMatchObject({ campaign: 'renewal-due', c: calm?.c, priority: calm?.priority })
})

test('a port-out request stops renewal and marketing, and leaves what is owed', async () => {
  const asked = { has_port_request: 'Y' }
  const branch = await branchOf([
    { ...DUE, ...asked, household_id: 'H1' },
    { ...OLD_BOX, ...asked, household_id: 'H2' },
    { arrears_fee: '50.00', ...asked, household_id: 'H3' },
  ])
  await samples(branch)
  expect(outcomes(await decided(branch))).toEqual([
    'S1 renewal-due port-out-request',
    'S2 hd-migration port-out-request',
    'S3 arrears-collection eligible',
  ])
})

test('a refusal bars marketing for three months, and never the reminder of one’s own contract', async () => {
  const refused = { result: 'refused', scope: 'all', at: '2026-08-21T18:00:00+08:00' }
  const branch = await branchOf(
    [
      { ...OLD_BOX, household_id: 'H1' },
      { ...DUE, household_id: 'H2' },
      { ...OLD_BOX, household_id: 'H3' },
      { ...OLD_BOX, household_id: 'H4' },
    ],
    [
      { ...refused, at: '2026-08-22T18:00:00+08:00', subscriber_id: 'S1' },
      { ...refused, at: '2026-11-01T18:00:00+08:00', subscriber_id: 'S2' },
      { ...refused, subscriber_id: 'S3' },
      { ...refused, subscriber_id: 'S4', until: '20270301' },
    ],
  )
  await samples(branch)
  const rows = await decided(branch)
  expect(outcomes(rows)).toEqual([
    'S1 hd-migration refused',
    'S2 renewal-due eligible',
    'S3 hd-migration eligible',
    'S4 hd-migration refused',
  ])
  expect(rows.map(({ until }) => until)).toEqual(['2026-11-22', null, null, '2027-03-01'])
})

test('a household touched twice is left alone on that channel for a week, after three for a month', async () => {
  const at = (day: string) => `${day}T10:00:00+08:00`
  const branch = await branchOf(
    [
      { ...OLD_BOX, household_id: 'H1' },
      { ...OLD_BOX, household_id: 'H2' },
      { ...OLD_BOX, household_id: 'H3' },
    ],
    [
      { subscriber_id: 'S1', at: at('2026-11-15') },
      { subscriber_id: 'S2', at: at('2026-11-14') },
      ...['2026-10-25', '2026-10-30', '2026-11-05'].map((day) => ({
        subscriber_id: 'S3',
        at: at(day),
      })),
    ],
  )
  await samples(branch)
  const rows = await decided(branch)
  expect(rows.map(({ touchpoints }) => touchpoints)).toEqual([
    ['installer', 'hall'],
    ['door', 'installer', 'hall'],
    [],
  ])
  expect(rows.map(({ reason, until }) => [reason, until])).toEqual([
    [null, null],
    [null, null],
    ['capped', '2026-11-24'],
  ])
})

test('who said no to calls is not called for marketing, and is called about arrears', async () => {
  const branch = await branchOf([
    { ...LAPSED, consent_call: '否', household_id: 'H1' },
    { arrears_fee: '50.00', consent_call: '否', household_id: 'H2' },
  ])
  await samples(branch)
  const rows = await decided(branch)
  expect(rows.map(({ touchpoints }) => touchpoints)).toEqual([
    ['door', 'hall'],
    ['call_out', 'door', 'hall'],
  ])
})

test('whoever has left is never met', async () => {
  const branch = await branchOf([{ ...DUE, status: 'terminated', household_id: 'H1' }])
  const yaml = CAMPAIGN('all', '{ field: contract_end, op: known }')
  await branch.unit(branch.system, (unit) =>
    saveCampaign(unit, branch.branchId, parseCampaign(yaml)),
  )
  expect(outcomes(await decided(branch))).toEqual(['S1 all terminated'])
})

test('a campaign that needs a column nobody delivered selects nobody, and says so', async () => {
  const branch = await branchOf([DUE])
  const yaml = CAMPAIGN('all', '{ field: status, op: known }').replace('[]', '[churn_score]')
  await branch.unit(branch.system, (unit) =>
    saveCampaign(unit, branch.branchId, parseCampaign(yaml)),
  )
  await using session = await branch.works.lake.session()
  const of = { branchId: branch.branchId, day: DAY }
  const { candidates, campaigns } = await decide(branch.works, session, of, unwatched)
  expect(candidates).toBe(0)
  expect(campaigns[0]?.warnings).toMatchObject([
    { code: 'column-not-delivered', text: { zh: expect.stringContaining('离网概率') } },
  ])
})

test('the hold-out is the keyed share of campaign and household, and of no one else', async () => {
  const homes = Array.from({ length: 200 }, (_, nth) => `H${nth}`)
  const branch = await branchOf(homes.map((household_id) => ({ ...OLD_BOX, household_id })))
  await samples(branch)
  const rows = await decided(branch)
  expect(rows).toHaveLength(200)
  for (const { household_id, outcome } of rows)
    expect(outcome === 'held-out').toBe(keyedShare('hd-migration', household_id) < 0.05)
})

test('the same base gives the same decisions, whatever the order of the file', async () => {
  const people = Array.from({ length: 60 }, (_, nth) => ({
    ...[DUE, LAPSED, OLD_BOX, { arrears_fee: '50.00' }][nth % 4],
    subscriber_id: `S${100 + nth}`,
    household_id: `H${nth % 17}`,
  }))
  const one = await branchOf(people)
  const other = await branchOf(people.toReversed())
  await samples(one)
  await samples(other)
  expect(await decided(one)).toEqual(await decided(other))
})

const day = fc.integer({ min: -200, max: 0 }).map((back) => addDays('2026-11-20', back))
const refusal = fc.record({
  home: fc.integer({ min: 0, max: 19 }),
  refusedOn: day,
  scope: fc.constantFrom('offer' as const, 'channel' as const, 'all' as const),
  channel: fc.constantFrom('door' as const, 'hall' as const, 'call_out' as const, 'wecom' as const),
  offer: fc.option(fc.constantFrom('hd-same-price', 'another')),
  until: fc.option(fc.integer({ min: 1, max: 90 }).map((n) => addDays('2026-11-20', n))),
}) satisfies fc.Arbitrary<HouseholdRefusal & { home: number }>

test('no marketing candidate is ever open on a touchpoint that a standing refusal closes', async () => {
  for (const refusals of fc.sample(fc.array(refusal, { minLength: 10, maxLength: 40 }), {
    numRuns: 3,
    seed: 11,
  })) {
    const branch = await branchOf(
      Array.from({ length: 20 }, (_, home) => ({ ...OLD_BOX, household_id: `H${home}` })),
      refusals.map(({ home, refusedOn, scope, channel, offer, until }) => ({
        ...{ subscriber_id: `S${home + 1}`, at: `${refusedOn}T10:00:00+08:00`, channel, scope },
        ...{ result: 'refused', purpose: 'service', offer, until },
      })),
    )
    await samples(branch)
    const byHome = Map.groupBy(refusals, ({ home }) => `H${home}`)
    const rows = await decided(branch)
    expect(rows.filter(({ outcome }) => outcome === 'suppressed').length).toBeGreaterThan(0)
    for (const { household_id, touchpoints, offer, outcome } of rows) {
      const standing = (byHome.get(household_id) ?? []).filter((each) => stands(each, DAY))
      const allowed = (['door', 'installer', 'hall'] as const).filter(
        (touchpoint) => !standing.some((each) => closes(each, { touchpoint, offer })),
      )
      expect(touchpoints).toEqual(allowed)
      expect(outcome === 'suppressed').toBe(allowed.length === 0)
    }
  }
})

function CAMPAIGN(id: string, condition: string): string {
  return `
id: ${id}
name: { zh: 测试, en: Test }
purpose: marketing
touchpoints: [door]
conditions: ${condition}
needs: []
deadline: null
offers: [{ id: o, name: { zh: 优惠, en: Offer }, monthlyFeeFen: null, oneOffFen: null, terms: { zh: 条款, en: Terms } }]
script: { zh: 话术, en: Script }
valueFen: 1000
propensity: 0.5
lever: 1
holdOutShare: 0
windows: []
valid: { from: 2026-01-01, to: null }
ownerUnit: '370686'
enabled: true
`
}
