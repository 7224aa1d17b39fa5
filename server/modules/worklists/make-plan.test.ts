import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { kindOf, readCalendarOn, type Season, saveSeasons, worksOn } from '#calendar'
import { campaignsOn, saveCampaign } from '#campaigns'
import { settle, staffOn, unitNames } from '#people'
import { weekday } from '#platform/day.ts'
import { preview } from '#platform/files/preview.ts'
import { unwatched } from '#platform/works.ts'
import { makePlan, PLAN_RULES, writePlanFiles } from '#worklists'
import type { Person } from '../../test/branch.ts'
import { type County, openCounty } from '../../test/county.ts'
import { readCsv } from '../../test/csv.ts'
import { checkAssignment } from '../../test/plan-checker.ts'
import {
  checkOutcomes,
  type Files,
  marketedThoughRefused,
} from '../../test/plan-outcome-checker.ts'
import { writeCampaign } from '../campaigns/campaign.ts'

const DAY = '2026-11-21'
const MORNING = '2026-11-20T22:30:00Z'
const NAMES = ['worklists.xlsx', 'tasks.csv', 'decisions.csv', 'plan.json']

/** Makes the plan of the day in a county, and writes it down. */
async function plan(of: County, out = 'out') {
  const { branchId } = of
  const made = await makePlan(of.works, { branchId, day: DAY }, unwatched)
  const folder = join(of.works.folder.root, out)
  await writePlanFiles(of.works, { branchId, planId: made.planId }, folder)
  const files: Files = {
    date: DAY,
    decisions: await readCsv(join(folder, 'decisions.csv')),
    tasks: await readCsv(join(folder, 'tasks.csv')),
    report: JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8')),
  }
  const bytes = await Promise.all(NAMES.map((name) => readFile(join(folder, name), 'base64')))
  return { ...made, files, bytes }
}

/** A county with less hands than candidates, and unevenly so. */
async function openBusyCounty(instant: string): Promise<County> {
  const busy = await openCounty(instant)
  await busy.sql(`
    update people.staff set capacity_door = capacity_door / 20, capacity_call = capacity_call / 20,
        capacity_hall = capacity_hall / 40, capacity_install = capacity_install / 6`)
  return busy
}

/** A farming season of the month, in some towns or, by none, in all of them. */
const harvest = (advice: Season['advice'], towns: string[] = []): Season => ({
  seasonId: 'harvest',
  name: { zh: '摘果', en: 'harvest' },
  crop: 'apple',
  ...{ towns, from: '11-01', to: '11-30', advice },
})

const county = await openBusyCounty(MORNING)
afterAll(() => county.close())
const { branchId } = county
const first = await plan(county)

test.each([
  { lang: 'zh', heading: '为什么', how: /^(上门|装维|营业厅|外呼)$/, foreign: /[a-z]{3}/ },
  { lang: 'en', heading: 'Why', how: /^(Visit|Installer|Hall|Call)$/, foreign: /\p{Script=Han}/u },
] as const)('the workbook of a plan speaks one language ($lang)', async (of) => {
  const folder = join(county.works.folder.root, `out-${of.lang}`)
  await writePlanFiles(county.works, { branchId, planId: first.planId, lang: of.lang }, folder)
  const path = join(folder, 'worklists.xlsx')
  const shown = await preview({
    ...{ path, name: 'worklists.xlsx', signal: unwatched.signal },
    knows: (text) => text === of.heading,
  })
  expect(shown.header).toContain(of.heading)
  const place = shown.header.indexOf(of.heading)
  expect(shown.rows.length).toBeGreaterThan(0)
  for (const { cells } of shown.rows) {
    expect(cells[6]).toMatch(of.how)
    // What was delivered (a plan’s or a person’s name) is in the language of who delivered it.
    expect(cells[9], 'the campaign').not.toMatch(of.foreign)
    expect(cells[place]).not.toMatch(of.lang === 'en' ? /合约|欠费|户|元/ : /contract|arrears/)
  }
})

test('the files of a plan agree with each other, and every line has its reason', () => {
  expect(first.files.tasks.length).toBeGreaterThan(50)
  expect(checkOutcomes(first.files)).toEqual([])
})

test('nobody is overloaded, nor idle beside somebody waiting; loads are even or named', async () => {
  const { units, people } = await crewsOf(county)
  const waiting = await unassigned(county, first.planId, await county.hire())
  const touchpoints = await touchpointsOf(county)
  const complaints = checkAssignment({
    units,
    people,
    mayOverflow: true,
    imbalances: first.files.report.imbalances.map(({ staff_id: staffId, ...one }) => {
      return { staffId, ...one }
    }),
    candidates: [
      ...first.files.tasks.map((task) => ({
        home: task.unit_id,
        wish: touchpoints.get(task.campaign) ?? [],
        staffId: task.assignee_id,
        touchpoint: task.touchpoint,
        reason: null,
      })),
      ...waiting
        .filter(({ reason }) => reason.code !== 'no_window')
        .map(({ unitId, reason }) => ({
          home: unitId,
          wish: String(reason.values.touchpoints ?? '')
            .split(',')
            .filter(Boolean),
          staffId: null,
          touchpoint: null,
          reason: reason.code,
        })),
    ],
  })
  expect(complaints).toEqual([])
  expect(waiting.length).toBeGreaterThan(20)
  expect(waiting.length).toBe(first.counts.unassigned.reduce((sum, { count }) => sum + count, 0))
})

test('every active subscriber whose contract ends within 30 days is decided on', async () => {
  const decided = new Set(first.files.decisions.map((row) => row.subscriber_id))
  const ending = await county.sql(`
    select subscriber_id from subscribers.card
     where branch_id = '${branchId}' and status = 'active'
       and contract_end >= '${DAY}' and contract_end < '${DAY}'::date + 31`)
  expect(ending.length).toBeGreaterThan(10)
  expect(ending.filter((row) => !decided.has(String(row.subscriber_id)))).toEqual([])
})

test('a household that refused is on no marketing visit while the refusal stands', async () => {
  const contacts = await readCsv(join(county.files, 'contacts.csv'))
  const refusals = contacts
    .filter((row) => row.result === 'refused')
    .map((row) => ({
      household: row.household_id ?? '',
      on: (row.at ?? '').slice(0, 10),
      scope: row.scope ?? '',
      channel: row.channel ?? '',
      until: row.until || null,
    }))
  expect(refusals.length).toBeGreaterThan(5)
  const marketing = new Set(
    (await running(county)).flatMap(({ campaign }) =>
      campaign.purpose === 'marketing' ? [campaign.id] : [],
    ),
  )
  expect(marketedThoughRefused(first.files, marketing, refusals)).toEqual([])
})

test('the same inputs in a fresh data folder, on another day, give the same bytes', async () => {
  const other = await openBusyCounty('2026-12-24T03:00:00Z')
  try {
    const again = await plan(other)
    expect(again.planId).toBe(first.planId)
    expect(again.bytes).toEqual(first.bytes)
  } finally {
    await other.close()
  }
})

test('a plan made again is the same plan, and there is one of it', async () => {
  const manager = await county.hire()
  const once = await plan(county, 'once')
  const again = await plan(county, 'again')
  expect(again).toEqual(once)
  const { body } = await county.get(`/branches/${branchId}/plans?limit=200`, manager)
  const { rows } = body as { rows: { planId: string; state: string }[] }
  expect(rows.filter(({ planId }) => planId === once.planId)).toMatchObject([{ state: 'draft' }])
})

test('a branch that lets nobody help out leaves more households waiting', async () => {
  await county.sql(`
    update people.staff set capacity_door = 0, capacity_call = 0, capacity_hall = 0,
        capacity_install = 0 where unit_id = '${branchId}'`)
  const helpful = await plan(county, 'helpful')
  await county.unit(county.system, (unit) =>
    settle(unit, branchId, PLAN_RULES, { mayOverflow: false }),
  )
  const strict = await plan(county, 'strict')
  expect(strict.planId).not.toBe(helpful.planId)
  expect(strict.counts.assigned).toBeLessThan(helpful.counts.assigned)
  expect(strict.counts.candidates).toBe(helpful.counts.candidates)
  await county.unit(county.system, (unit) =>
    settle(unit, branchId, PLAN_RULES, { mayOverflow: true }),
  )
})

test('the farming season decides when doors are knocked on, or that none is', async () => {
  const under = async (advice: Season['advice']) => {
    await county.unit(county.system, (unit) => saveSeasons(unit, branchId, [harvest(advice)]))
    const { files } = await plan(county, advice)
    return files.tasks.filter(({ touchpoint }) => touchpoint === 'door')
  }
  const visits = await under('evening-only')
  expect(visits.length).toBeGreaterThan(10)
  for (const { window_start: start, reasons } of visits) {
    expect(Date.parse(start)).toBeGreaterThanOrEqual(Date.parse(`${DAY}T17:00:00+08:00`))
    expect(reasons).toContain('正值农时（摘果）')
  }
  expect(await under('avoid')).toEqual([])
  await county.unit(county.system, (unit) => saveSeasons(unit, branchId, []))
})

test('towns where people are home in the evening alone come last, wherever the route has them', async () => {
  const places = await readCsv(join(county.files, 'places.csv'))
  const codes = places.map((place) => String(place.division_code).slice(0, 9))
  const towns = [...new Set(codes)].sort().filter((_, place) => place % 2 === 0)
  const staff = await county.unit(county.system, (unit) => staffOn(unit, branchId, DAY))
  const leader = staff.find(
    ({ unitId, can }) => unitId === branchId && can.has('task:work'),
  )?.staffId
  await county.sql(`
    update people.staff set days = '1234567',
        capacity_door = case staff_id when '${leader}' then 60 else 0 end`)
  await county.unit(county.system, (unit) =>
    saveSeasons(unit, branchId, [harvest('evening-only', towns)]),
  )
  const { files } = await plan(county, 'by-window')
  const doors = files.tasks.filter(({ touchpoint }) => touchpoint === 'door')
  const days = [...Map.groupBy(doors, (task) => task.assignee_id).values()].map((day) =>
    day
      .toSorted((a, b) => Number(a.visit_order) - Number(b.visit_order))
      .map((task) => task.window_start),
  )
  expect(days.map((day) => [day.length, new Set(day).size])).toEqual([[60, 2]])
  for (const starts of days) expect(starts).toEqual(starts.toSorted())
  await county.unit(county.system, (unit) => saveSeasons(unit, branchId, []))
})

test('a campaign that needs a skill sends those alone who have it, and says where nobody has', async () => {
  const able = '370686-H01'
  await county.sql(`
    update people.staff set days = '1234567', capacity_door = 9, capacity_call = 0,
        skills = case when unit_id like '${able}%' then '{宽带}'::text[] else '{}'::text[] end`)
  const asked = (await running(county)).find(({ campaign }) => campaign.id === 'renewal-due')
  if (!asked) throw new Error('the campaign is not in force')
  const campaign = writeCampaign({ ...asked.campaign, skill: '宽带', touchpoints: ['door'] })
  await county.unit(county.system, (unit) => saveCampaign(unit, branchId, campaign))
  const { files, planId } = await plan(county, 'by-skill')
  const staff = await county.unit(county.system, (unit) => staffOn(unit, branchId, DAY))
  const learned = new Set(staff.filter(({ skills }) => skills.length > 0).map((one) => one.staffId))
  const [theirs, others] = [true, false].map((is) =>
    files.tasks.filter((task) => (task.campaign === 'renewal-due') === is),
  )
  expect(theirs?.length).toBeGreaterThan(5)
  expect(theirs?.every((task) => learned.has(task.assignee_id))).toBe(true)
  expect(others?.every((task) => learned.has(task.assignee_id))).toBe(false)
  const row = (await unassigned(county, planId, await county.hire())).find(
    ({ reason }) => reason.code === 'no_skill',
  )
  expect(row?.reason.values).toMatchObject({ skill: '宽带', touchpoints: 'door' })
})

test('a branch that is unknown, or has no subscribers yet, is refused', async () => {
  const make = (of: string, day: string) => makePlan(county.works, { branchId: of, day }, unwatched)
  await expect(make('999999', DAY)).rejects.toMatchObject({ code: 'branch-unknown' })
  await expect(make('370685', DAY)).rejects.toMatchObject({ code: 'no-snapshot' })
})

type Row = Readonly<{
  unitId: string
  reason: Readonly<{ code: string; values: Readonly<Record<string, unknown>> }>
}>

/** All unassigned decisions, page by page, as the web reads them. */
async function unassigned(of: County, planId: string, who: Person): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor = ''; ; ) {
    const url = `/branches/${branchId}/plans/${planId}/decisions?outcome=unassigned&limit=200${cursor}`
    const page = (await of.get(url, who)).body as { rows: Row[]; next: string | null }
    rows.push(...page.rows)
    if (page.next === null) return rows
    cursor = `&cursor=${page.next}`
  }
}

async function crewsOf(of: County) {
  return of.unit(of.system, async (unit) => {
    const kind = kindOf(await readCalendarOn(unit, branchId), DAY)
    const staff = await staffOn(unit, branchId, DAY)
    return {
      units: [...(await unitNames(unit, branchId)).values()],
      people: staff.map((one) => ({ ...one, works: worksOn(one.days, kind, weekday(DAY)) })),
    }
  })
}

const running = (of: County) => of.unit(of.system, (unit) => campaignsOn(unit, branchId, DAY))

async function touchpointsOf(of: County): Promise<Map<string, readonly string[]>> {
  return new Map((await running(of)).map(({ campaign: { id, touchpoints } }) => [id, touchpoints]))
}
