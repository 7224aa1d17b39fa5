import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Desk, FULL, openDesk, ROOT } from './command-line.ts'
import { type CampaignSays, checkCounty, type PlanFiles, readPlanFiles } from './county-checker.ts'
import { type DeliveredCounty, readDelivered } from './delivered-county.ts'

/** Whole by GRIDKEEPER_FULL=1 (ten minutes); a tenth of it has more candidates than hands as well. */
const HOUSEHOLDS = FULL ? 200_000 : 20_000
const AN_HOUR = 3_600_000
const BRANCH = '370686'
const FILES = ['worklists.xlsx', 'tasks.csv', 'decisions.csv', 'plan.json'] as const
const KINDS = [
  ...['organisation', 'places', 'staff', 'subscribers'],
  ...['contacts', 'competitors', 'resources'],
]

let desk: Desk
let answer: Desk['done'] extends (...words: string[]) => Promise<infer Told> ? Told : never
let reports: Readonly<Record<string, unknown>>[]
let county: DeliveredCounty
let plan: PlanFiles
const campaigns = await readCampaigns()

/** The night's extract and the plan of the next day, by the command line alone. */
beforeAll(async () => {
  desk = await openDesk()
  await generate(desk)
  reports = await importAll(desk)
  answer = await planDay(desk)
  county = await readDelivered(join(desk.folder, 'out/q'), '2026-11-20')
  plan = await readPlanFiles(join(desk.folder, 'out/p'))
}, AN_HOUR)
afterAll(() => desk[Symbol.asyncDispose]())

const generate = ({ done }: Desk) =>
  done(
    ...['generate', '--branch', BRANCH, '--households', String(HOUSEHOLDS)],
    ...['--seed', '7', '--date', '2026-11-20', '--out', 'out/q'],
  )

async function importAll({ done }: Desk): Promise<Readonly<Record<string, unknown>>[]> {
  const told = []
  for (const kind of KINDS)
    told.push(
      await done(
        ...['import', `out/q/${kind}.csv`, '--kind', kind],
        ...['--branch', BRANCH, '--date', '2026-11-20'],
      ),
    )
  return told
}

const planDay = ({ done }: Desk) =>
  done('plan', '--branch', BRANCH, '--date', '2026-11-21', '--out', 'out/p')

async function readCampaigns(): Promise<ReadonlyMap<string, CampaignSays>> {
  const folder = join(ROOT, 'samples/campaigns')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml'))
  const said = await Promise.all(
    names.map(
      async (name): Promise<CampaignSays> => parse(await readFile(join(folder, name), 'utf8')),
    ),
  )
  return new Map(said.map((campaign) => [campaign.id, campaign]))
}

const check = (changed: Partial<PlanFiles> = {}) =>
  checkCounty({ county, campaigns, weekday: 6, plan: { ...plan, ...changed } })

test('every row of every file is accepted, rejected or a duplicate', () => {
  for (const { rows, accepted, rejected, duplicates } of reports)
    expect(Number(accepted) + Number(rejected) + Number(duplicates)).toBe(rows)
  expect(reports.map(({ changed }) => changed)).toEqual(KINDS.map(() => true))
  expect(reports[KINDS.indexOf('subscribers')]).toMatchObject({
    accepted: county.subscribers.size,
    rejected: 8,
    duplicates: 4,
  })
})

test('the plan stands before a checker that reads only what was delivered', () => {
  expect(check()).toEqual([])
})

test('what the command prints is what plan.json says', () => {
  const { base, candidates, suppressed, held_out, outranked, assigned, unassigned } = answer
  expect(base).toBe(county.subscribers.size)
  expect(plan.report).toMatchObject({
    ...{ plan: answer.plan, base, candidates, suppressed, held_out },
    ...{ outranked, assigned, unassigned },
  })
})

const renewals = () => plan.tasks.filter(({ campaign }) => campaign === 'renewal-due')
const doors = () => plan.tasks.filter(({ touchpoint }) => touchpoint === 'door')

test.each([
  {
    mistake: 'a subscriber whose contract ends is forgotten',
    made: () => {
      const [first] = renewals()
      return { decisions: plan.decisions.filter((row) => row.task_id !== first?.task_id) }
    },
  },
  {
    mistake: 'a visit is left to nobody while somebody has room',
    made: () => {
      const [first] = doors()
      const decisions = plan.decisions.map((row) =>
        row.task_id === first?.task_id
          ? { ...row, outcome: 'unassigned', reason: 'no_capacity', task_id: '' }
          : row,
      )
      return { decisions, tasks: plan.tasks.filter((task) => task !== first) }
    },
  },
  {
    mistake: 'a person gets the visits of another as well',
    made: () => {
      const [one, other] = [...new Set(doors().map((task) => task.assignee_id))]
      const tasks = plan.tasks.map((task) =>
        task.assignee_id === other ? { ...task, assignee_id: one ?? '' } : task,
      )
      return { tasks }
    },
  },
  {
    mistake: 'a day is walked to and fro',
    made: () => {
      const [{ assignee_id: who } = { assignee_id: '' }] = doors()
      const count = plan.tasks.filter((task) => task.assignee_id === who).length
      const zigzag = (order: number) => (order % 2 === 1 ? order : 2 * Math.ceil(count / 2) - order)
      const tasks = plan.tasks.map((task) =>
        task.assignee_id === who
          ? { ...task, visit_order: String(zigzag(Number(task.visit_order))) }
          : task,
      )
      return { tasks }
    },
  },
  {
    mistake: 'a renewal is due a day late',
    made: () => {
      const [first] = renewals()
      const tasks = plan.tasks.map((task) =>
        task === first ? { ...task, due_on: '2027-01-31' } : task,
      )
      return { tasks }
    },
  },
])('the checker notices when $mistake', ({ made }) => {
  expect(check(made())).not.toEqual([])
})

test('the checker notices a visit to a household that refused', () => {
  // Renewals may take every door of a large county: one of them is then called marketing.
  const [visited] = doors()
  const held = campaigns.get(visited?.campaign ?? '')
  const marketing = new Map(campaigns)
  if (visited && held) marketing.set(visited.campaign, { ...held, purpose: 'marketing' })
  const refusal = {
    ...{ subscriber_id: visited?.subscriber_id ?? '', at: '2026-08-31T10:00:00+08:00' },
    ...{ channel: 'call_in', direction: 'in', purpose: 'service' },
    ...{ result: 'refused', scope: 'offer', until: '' },
  }
  const told = { ...county, contacts: [...county.contacts, refusal] }
  const complaints = checkCounty({ county: told, campaigns: marketing, weekday: 6, plan })
  expect(complaints.join('\n')).toContain('refused and is visited')
})

test('importing the same files again changes nothing', { timeout: AN_HOUR }, async () => {
  const again = await importAll(desk)
  expect(again).toEqual(reports.map((report) => ({ ...report, changed: false })))
})

test('a fresh folder without the hidden truth gives the same bytes', {
  timeout: AN_HOUR,
}, async () => {
  await using other = await openDesk()
  await generate(other)
  await rm(join(other.folder, 'out/q/truth.json'))
  await importAll(other)
  await planDay(other)
  const bytes = (of: Desk) =>
    Promise.all(FILES.map((name) => digest(join(of.folder, 'out/p', name))))
  expect(await bytes(other)).toEqual(await bytes(desk))
})

const digest = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
