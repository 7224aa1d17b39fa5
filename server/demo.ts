import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { listStaff, setPassword } from '#people'
import { addDays, dayOf } from '#platform/day.ts'
import type { Watch } from '#platform/works.ts'
import { importFile } from '#subscribers'
import { makePlan, publishedPlanOn, publishPlan } from '#worklists'
import { liveMorning } from './demo-morning.ts'
import type { House } from './house.ts'
import { generateCounty } from './sample/index.ts'

/** The sample county: what `npm start` opens. Names and numbers are made up and ring nobody. */
export const SAMPLE = { branchId: '370686', households: 35_000, seed: 7 } as const

/** Of a demonstration on one’s own machine; real accounts are given passwords by people. */
export const DEMO_PASSWORD = 'shouwang-demo'

/** The order of a first import: whom and where before whom it concerns. */
const FILES = [
  'organisation',
  'places',
  'staff',
  'resources',
  'subscribers',
  'competitors',
  'contacts',
] as const

/** Whom a visitor may want to be, with the role that shows it. */
const SHOWN = [
  ['branch_manager', '县分公司经理', 'county manager'],
  ['zone_manager', '片区经理', 'zone manager'],
  ['hall_manager', '营业厅经理', 'hall manager'],
  ['community_manager', '社区经理', 'community manager'],
  ['hotline_agent', '热线员', 'hotline agent'],
  ['analyst', '分析员', 'analyst'],
  ['administrator', '管理员', 'administrator'],
  ['auditor', '审计员', 'auditor'],
] as const

export type DemoAccount = Readonly<{ account: string; name: string; zh: string; en: string }>

/**
 * Brings the sample county to the morning of today: last night’s extract imported, today’s plan
 * made and published, accounts opened; `isLived`: and the day lived up to now. A day that is there
 * already is left as it is.
 */
export async function openSampleCounty(
  house: House,
  watch: Watch,
  households: number = SAMPLE.households,
  { isLived = false } = {},
): Promise<DemoAccount[]> {
  const { works } = house
  const today = dayOf(works.clock())
  const { branchId } = SAMPLE
  const planned = await works.run(works.system, (unit) =>
    publishedPlanOn(unit, { branchId, day: today }),
  )
  if (!planned) {
    await importNight(house, { date: addDays(today, -1), households }, watch)
    const { planId } = await makePlan(works, { branchId, day: today }, watch)
    await publishPlan(works, { branchId, planId }, watch)
    if (isLived) await liveMorning(works, branchId, watch)
  }
  return openAccounts(house, { today, isNew: !planned })
}

async function importNight(
  { works, handlers }: House,
  { date, households }: Readonly<{ date: string; households: number }>,
  watch: Watch,
): Promise<void> {
  const { branchId, seed } = SAMPLE
  const out = await mkdtemp(join(works.folder.tmp, 'sample-'))
  try {
    const phase = { zh: '生成样例县', en: 'Making the sample county' }
    await generateCounty({
      branchId,
      households,
      seed,
      date,
      out,
      progress: (done, total) => watch.tell({ phase, done, total }),
    })
    for (const kind of FILES) {
      const name = `${kind}.csv`
      const request = { branchId, kind, date, path: join(out, name), name, profile: null }
      await importFile(
        works,
        handlers,
        { ...request, actor: works.system, dryRun: false, force: 'demonstration' },
        watch,
      )
    }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

/** Passwords are set with a new day only: setting one ends the sessions of its person. */
async function openAccounts(
  { works }: House,
  { today, isNew }: Readonly<{ today: string; isNew: boolean }>,
): Promise<DemoAccount[]> {
  return works.run(works.system, async (unit) => {
    const opened: DemoAccount[] = []
    for (const [role, zh, en] of SHOWN) {
      const { rows } = await listStaff(unit, { unit: SAMPLE.branchId, role, on: today, limit: 1 })
      const [person] = rows
      if (!person?.account) continue
      if (isNew) await setPassword(unit, person.staffId, DEMO_PASSWORD)
      opened.push({ account: person.account, name: person.name, zh, en })
    }
    return opened
  })
}
