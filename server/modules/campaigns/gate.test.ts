import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { decide, saveCampaign } from '#campaigns'
import { contactRules, type Intent, knownOf, mayTouch } from '#contacts'
import { addDays } from '#platform/day.ts'
import { unwatched } from '#platform/works.ts'
import { openBranch } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'
import { insertConsent } from '../contacts/consent-store.ts'
import { writeCampaign } from './campaign.ts'

/** How many households have a history of their own; each is one case. */
const HISTORIES = 10_000
const SEED = 20_261_121
const DAY = '2026-11-21'
/** Ten in the morning of that day: no channel is quiet. */
const AT = new Date('2026-11-21T02:00:00Z')

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch

const TOUCHPOINTS = ['door', 'call_out', 'hall', 'installer', 'sms', 'online'] as const
const CAMPAIGNS = [
  { id: 'sell-a', purpose: 'marketing', offer: 'A' },
  { id: 'sell-b', purpose: 'marketing', offer: 'B' },
  { id: 'keep', purpose: 'retention', offer: 'A' },
  { id: 'renew', purpose: 'renewal', offer: 'B' },
  { id: 'collect', purpose: 'collection', offer: 'C' },
] as const

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary)
const past = (days: number) => fc.integer({ min: 1, max: days }).map((ago) => addDays(DAY, -ago))
const yesOrNo = maybe(fc.constantFrom('是', '否'))
const member = fc.record({
  status: fc.constantFrom('active', 'active', 'active', 'terminated'),
  has_port_request: fc.constantFrom(null, null, '否', '是'),
  unsubscribe_time: maybe(past(100).map((day) => `${day} 08:00:00`)),
  consent_sms: yesOrNo,
  consent_call: yesOrNo,
})
const touch = fc.record({
  /** With a member of the household, somebody who moved in from elsewhere, a stranger, or nobody by name. */
  who: fc.constantFrom('first', 'last', 'moved-in', 'stranger', 'nobody'),
  day: fc.oneof(past(200), past(10)),
  channel: fc.constantFrom(
    ...['door', 'hall', 'call_in', 'call_out', 'sms', 'wecom', 'wechat', 'installer', 'online'],
  ),
  purpose: fc.constantFrom('marketing', 'marketing', 'renewal', 'service', 'retention'),
  result: fc.constantFrom('done', 'promised', 'refused', 'refused', 'no_answer', 'not_reached'),
  scope: fc.constantFrom(null, 'all', 'channel', 'offer'),
  offer: fc.constantFrom(null, 'A', 'B'),
  until: maybe(fc.integer({ min: -50, max: 200 }).map((days) => addDays(DAY, days))),
})
const word = fc.record({
  subject: fc.constantFrom('marketing', 'marketing', 'port-out'),
  channel: fc.constantFrom(null, 'sms', 'call'),
  answer: fc.constantFrom('yes', 'no'),
  day: past(60),
})
const history = fc.record({
  members: fc.array(member, { minLength: 1, maxLength: 2 }),
  touches: fc.array(touch, { maxLength: 5 }),
  words: fc.array(word, { maxLength: 2 }),
})
const histories = fc.sample(history, { seed: SEED, numRuns: HISTORIES })

const idOf = (home: number, place: number) => `S${home}-${place}`
await importRows(branch, {
  kind: 'subscribers',
  date: '2026-11-20',
  rows: histories.flatMap(({ members }, home) =>
    members.map((each, place) => ({
      ...{ subscriber_id: idOf(home, place), household_id: `H${home}` },
      ...each,
    })),
  ),
})
await importRows(branch, {
  kind: 'contacts',
  date: '2026-11-20',
  rows: histories.flatMap(({ members, touches }, home) =>
    touches.map(({ who, day, result, ...each }, nth) => ({
      contact_id: `C${home}-${nth}`,
      subscriber_id: {
        first: idOf(home, 0),
        last: idOf(home, members.length - 1),
        'moved-in': idOf(home, 0),
        stranger: `X${home}`,
        nobody: null,
      }[who],
      household_id: who === 'moved-in' ? `H${(home + 1) % HISTORIES}` : `H${home}`,
      at: `${day}T10:00:00+08:00`,
      ...{ ...each, result },
      scope: result === 'refused' ? each.scope : null,
      until: result === 'refused' ? each.until : null,
    })),
  ),
})
await branch.unit(branch.system, async (unit) => {
  for (const [home, { words }] of histories.entries())
    for (const { subject, channel, answer, day } of words)
      await insertConsent(unit, {
        ...{ branchId, subscriberId: idOf(home, 0) },
        told: {
          ...{ subject, answer, channel: subject === 'marketing' ? channel : null, via: 'hall' },
          ...{
            toldAt: new Date(`${day}T02:00:00Z`),
            proof: { kind: 'form', ref: 'A' },
            note: null,
          },
        },
      })
  for (const { id, purpose, offer } of CAMPAIGNS)
    await saveCampaign(
      unit,
      branchId,
      writeCampaign({
        ...{ id, purpose, name: { zh: id, en: id }, touchpoints: [...TOUCHPOINTS] },
        conditions: { field: 'status', op: 'in', value: ['active', 'terminated'] },
        ...{ needs: ['status'], deadline: null },
        offers: [
          {
            ...{ id: offer, name: { zh: offer, en: offer }, monthlyFeeFen: null, oneOffFen: 0 },
            terms: { zh: '公示价格', en: 'The public price' },
          },
        ],
        script: { zh: '您好', en: 'Hello' },
        ...{ valueFen: 100, propensity: 0.5, lever: 1, holdOutShare: 0, windows: [] },
        ...{ valid: { from: '2026-01-01', to: null }, ownerUnit: branchId, enabled: true },
      }),
    )
})

/** By subscriber and campaign: the touchpoints that the list leaves open. */
async function listed() {
  await using session = await branch.works.lake.session()
  await decide(branch.works, session, { branchId, day: DAY }, unwatched)
  return await session.rows<{
    id: string
    campaign: string
    open: string
  }>(
    `select subscriber_id as id, campaign, array_to_string(list_sort(touchpoints), ' ') as "open"
       from work.decision order by 1, 2`,
  )
}

test(`${HISTORIES} histories: a list leaves open what the gate does, and nothing else`, async () => {
  const rows = await listed()
  const ids = [...new Set(rows.map(({ id }) => id))]
  const { known, rules } = await branch.unit(branch.system, async (unit) => {
    const rules = await contactRules(unit, branchId)
    const of = { branchId, subscriberIds: ids, policy: rules.policy, at: AT }
    return { rules, known: await knownOf(unit, branch.works, of) }
  })
  const differ: unknown[] = []
  const counts = new Map<string, number>()
  for (const row of rows) {
    const found = known.get(row.id)
    const campaign = CAMPAIGNS.find(({ id }) => id === row.campaign)
    if (!found || !campaign) throw new Error(`nothing is known of ${row.id} or ${row.campaign}`)
    const verdicts = TOUCHPOINTS.map((touchpoint) => {
      const intent: Intent = { ...campaign, touchpoint, at: AT }
      return { touchpoint, ...mayTouch(intent, found, rules) }
    })
    const open = verdicts.filter(({ may }) => may).map(({ touchpoint }) => touchpoint)
    const gate = open.sort().join(' ')
    if (gate !== row.open) differ.push({ ...row, gate })
    for (const { may, against } of verdicts)
      for (const code of may ? ['open'] : against.map((each) => each.code))
        counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  console.log(`${rows.length} decisions of ${ids.length} subscribers:`, Object.fromEntries(counts))
  expect(differ.slice(0, 3)).toEqual([])
  for (const code of ['open', 'terminated', 'port-out-request', 'refused', 'opted-out', 'capped'])
    expect(counts.get(code), code).toBeGreaterThan(1000)
})
