import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { addDays, dayOf } from '#platform/day.ts'
import { openBranch, type Person } from '../branch.ts'
import { importRows } from '../import-rows.ts'
import { history, RESIDENTS, ROUNDS, type Step, toldBy } from './histories.ts'
import { counts, fullest, type Held, standsAgainst, type Told, type Touched } from './oracle.ts'

// `GRIDKEEPER_FULL=1 npx vitest run --project house server/test/gate/histories.test.ts` takes 10,000 of them.
const FULL = process.env.GRIDKEEPER_FULL === '1'
const HISTORIES = Number(process.env.GRIDKEEPER_HISTORIES ?? (FULL ? 10_000 : 48))
const AT_ONCE = 4
const DAY = '2026-11-21'
const GRID = '370686-H01-G1'

const branch = await openBranch('2026-11-21T01:30:00Z', {
  settings: {
    GRIDKEEPER_CALL_GATEWAY_URL: 'simulator',
    ...{ GRIDKEEPER_ACCOUNT_REQUESTS_PER_MINUTE: '0', GRIDKEEPER_ADDRESS_REQUESTS_PER_MINUTE: '0' },
  },
})
afterAll(() => branch.close())
const { branchId } = branch
const hire = () => branch.hire({ unit: GRID, roles: ['micro_seller'], extension: '8012' })
const staff: Readonly<Record<string, Person>> = { p: await hire(), q: await hire() }
/** What each of them is there for: p with a, at the door or to mend something; q with b, by telephone or in the hall. */
const WORK = {
  p: { who: 'a', main: 'door', beside: 'installer', offer: 'A' },
  q: { who: 'b', main: 'call_out', beside: 'hall', offer: 'B' },
} as const
const purposeIn = (home: number) => (home % 3 === 2 ? 'renewal' : 'marketing')
const idOf = (home: number, who: string) => `S${home}-${who}`
const past: Step[][] = fc.sample(history, { seed: 20_261_121, numRuns: HISTORIES })

await importRows(branch, {
  kind: 'subscribers',
  date: '2026-11-20',
  rows: past.flatMap((_, home) =>
    RESIDENTS.map((who) => ({
      ...{ subscriber_id: idOf(home, who), household_id: `H${home}`, status: 'active' },
      ...{ grid_code: GRID, contact_phone: `138${String(home * 2).padStart(8, '0')}` },
    })),
  ),
})
await branch.sql(`
  insert into worklists.plan (branch_id, plan_id, day, snapshot_id, snapshot_date, state, made_at,
      made_by, published_at, published_by, details)
  values ('${branchId}', 'plan-of-the-day', '${DAY}', 'S', '2026-11-20', 'published', now(), 'system',
      now(), 'system', '{"rules": {}, "campaigns": [], "warnings": [], "files": {}}')`)
for (const [name, { who, main, beside, offer }] of Object.entries(WORK))
  for (const touchpoint of [main, beside])
    await branch.sql(`
      insert into worklists.task (branch_id, task_id, plan_id, day, subscriber_id, household_id,
          unit_id, assignee_id, assignee_unit_id, campaign, touchpoint, visit_order, window_start,
          window_end, due_on, offer, priority, value_fen, reasons, state, kind, purpose, words_of)
      select '${branchId}', 'T' || home || '-${touchpoint}', 'plan-of-the-day', '${DAY}',
             'S' || home || '-${who}', 'H' || home, '${GRID}', '${staff[name]?.id}', '${GRID}', 'C',
             '${touchpoint}', 1, '2026-11-21T02:00:00Z', '2026-11-21T03:00:00Z', '2026-11-30',
             '${offer}', 1, 0, '[]', 'open', 'upgrade',
             case home % 3 when 2 then 'renewal' else 'marketing' end, 'plan-of-the-day'
        from generate_series(0, ${HISTORIES - 1}) as home`)

/** One home: what was told of it so far, and who is there. */
type Home = { told: Told[]; hold: Held | null; wrong: unknown[]; asked: Map<string, number> }
const homes: Home[] = past.map(() => ({ told: [], hold: null, wrong: [], asked: new Map() }))

type Answer = Readonly<{
  status: number
  body: { may?: boolean; code?: string; against?: { code: string }[]; values?: { reasons: string } }
}>
const post = (path: string, by: string, body: object) =>
  branch.post(`/branches/${branchId}/${path}`, staff[by], body) as Promise<Answer>
const codesOf = (against: readonly { code: string }[] = []) =>
  against.map(({ code }) => code).sort()

/** What the step is about, as the rules see it; the answer of the house is compared with them. */
async function take(step: Step, nth: number, round: number): Promise<void> {
  const home = homes[nth] as Home
  const now = Number(ROUNDS[round])
  const by = 'by' in step ? step.by : 'p'
  const { who, main, beside, offer } = WORK[by]
  const purpose = purposeIn(nth)
  const task = `tasks/T${nth}-${main}`
  const against = (wish: {
    who?: string
    touchpoint: string
    purpose: string
    offer: string | null
    at?: number
  }) => standsAgainst({ who, by, at: now, ...wish }, home.told, { now, hold: home.hold })
  const compare = (answered: readonly string[], expected: readonly string[], status: number) => {
    for (const code of expected.length > 0 ? expected : ['open'])
      home.asked.set(`${step.do} ${code}`, (home.asked.get(`${step.do} ${code}`) ?? 0) + 1)
    if (status >= 500 || JSON.stringify(answered) !== JSON.stringify(expected))
      home.wrong.push({ nth, round, step, status, answered, expected })
  }
  const keeps = () => {
    const own = home.hold?.by === by && home.hold.until > now ? home.hold : null
    home.hold = { by, since: own?.since ?? now, until: now + 30 * 60_000 }
  }
  const leaves = (at: number) => {
    if (home.hold?.by === by && home.hold.since <= at) home.hold = null
  }
  if (step.do === 'release') {
    await branch.delete(`/branches/${branchId}/${task}/opening`, staff[by])
    return leaves(now)
  }
  if (step.do === 'open') {
    const expected = against({ touchpoint: main, purpose, offer })
    const { status, body } = await post(`${task}/opening`, by, {})
    compare(codesOf(body.against), expected, status)
    if (body.may !== (expected.length === 0)) home.wrong.push({ nth, round, step, body })
    if (body.may) keeps()
    return
  }
  if (step.do === 'call') {
    const aim = step.purpose ?? purpose
    const expected =
      aim === 'service' ? [] : against({ touchpoint: 'call_out', purpose: aim, offer })
    const { status, body } = await post(`subscribers/${idOf(nth, who)}/calls`, by, {
      ...{ purpose: 'own-task', note: '', ...(step.purpose && { touchPurpose: step.purpose }) },
    })
    compare(body.values?.reasons.split(' ').sort() ?? [], expected, status)
    const isRung = status === 200
    if (isRung !== (expected.length === 0)) home.wrong.push({ nth, round, step, status, body })
    if (isRung && aim !== 'service') keeps()
    return
  }
  const told = toldBy(step, now, { channel: beside, purpose, offer })
  if (!told) throw new Error('every other step tells something')
  const at = new Date(told.at).toISOString()
  if (told.kind === 'word') {
    const { subject, channel, answer } = told
    await post(`subscribers/${idOf(nth, told.who)}/consents`, by, {
      ...{ subject, channel, answer, toldAt: at, via: 'hall', note: null },
      proof: { kind: 'form', ref: 'B 1' },
    })
    home.told.push(told)
    return
  }
  const point = { call_in: null, wecom: 'online', wechat: 'online' }[told.channel]
  const wish = { touchpoint: point ?? told.channel, purpose: told.purpose, offer: told.offer }
  const subject = step.do === 'touch' ? step.who : who
  const expected = point === null ? [] : against({ ...wish, who: subject, at: told.at })
  const { status, body } =
    step.do === 'result'
      ? await post(`tasks/T${nth}-${beside}/results`, by, resultOf(step, at))
      : await post(`subscribers/${idOf(nth, subject)}/touches`, by, touchOf(told, at))
  compare(status === 200 ? codesOf(body.against) : [String(body.code)], expected, status)
  home.told.push(told)
  leaves(told.at)
}

const dayFrom = (days: number | null) => (days === null ? null : addDays('1970-01-01', days))

const touchOf = ({ channel, purpose, result, scope, offer, until }: Touched, at: string) => ({
  ...{ at, channel, purpose, result, scope, offer, until: dayFrom(until), note: null },
})

const resultOf = (step: Extract<Step, { do: 'result' }>, at: string) => ({
  ...{ resultId: randomUUID(), at, result: step.result, done: null, moved: null },
  ...{ wrongData: null, handedOver: null, reason: null, note: null, startedAt: null },
  ...{ position: null, photos: [] },
  promised: step.result === 'promised' ? { on: addDays(dayOf(new Date(at)), 3) } : null,
  refused: step.result === 'refused' ? { scope: step.scope, until: null } : null,
  notAtHome: step.result === 'not_at_home' ? { tryAgain: null } : null,
  competitor:
    step.result === 'competitor'
      ? { operator: '移动', monthlyFeeFen: null, expiresOn: null }
      : null,
})

test(`${HISTORIES} histories: no opening, call or result passes a refusal, cap, opt-out or hold unnamed`, {
  timeout: FULL ? 7_200_000 : 300_000,
}, async () => {
  for (const [round, instant] of ROUNDS.entries()) {
    branch.clock.set(new Date(instant).toISOString())
    const waiting = past.map((steps, nth) => ({ step: steps[round] as Step, nth })).reverse()
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = waiting.pop(); next; next = waiting.pop())
          await take(next.step, next.nth, round)
      }),
    )
  }
  const asked = new Map<string, number>()
  for (const home of homes)
    for (const [what, times] of home.asked) asked.set(what, (asked.get(what) ?? 0) + times)
  console.log(HISTORIES, 'histories', Object.fromEntries([...asked].sort()))
  expect(homes.flatMap(({ wrong }) => wrong).slice(0, 3)).toEqual([])
  const met = (what: RegExp) =>
    [...asked].reduce((all, [kind, times]) => all + (what.test(kind) ? times : 0), 0)
  for (const code of ['refused', 'capped', 'held', 'opted-out', 'port-out-request', 'quiet-hours'])
    expect(met(new RegExp(` ${code}$`)), code).toBeGreaterThan(HISTORIES / 20)
  for (const what of ['open', 'call', 'touch', 'result']) {
    expect(met(new RegExp(`^${what} open`)), what).toBeGreaterThan(HISTORIES / 5)
    expect(met(new RegExp(`^${what} refused`)), what).toBeGreaterThan(HISTORIES / 20)
  }
})

test('in the ledger no span of days has more touches than the cap but for those that say so', async () => {
  const rows = await branch.sql(`
    select household_id as home, channel, purpose, result, happened_at as at
      from contacts.contact where not against @> '[{"code": "capped"}]'`)
  const byHome = Map.groupBy(rows, ({ home }) => String(home))
  expect(byHome.size).toBeGreaterThan(HISTORIES / 2)
  for (const [home, told] of byHome) {
    const touches = told
      .map((each) => ({ ...(each as unknown as Touched), at: Number(each.at as Date) }))
      .filter(counts)
    expect({ home, ...fullest(touches) }).toMatchObject({
      onOne: expect.toSatisfy((n: number) => n <= 1),
      onAll: expect.toSatisfy((n: number) => n <= 3),
    })
  }
})
