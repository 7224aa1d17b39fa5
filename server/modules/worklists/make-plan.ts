import { type BranchCalendar, kindOf, readCalendarOn, visitWindows, worksOn } from '#calendar'
import { type Decided, decide, type Held } from '#campaigns'
import { readBranch, staffOn } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { weekday } from '#platform/day.ts'
import { interruptible, type LakeSession, question } from '#platform/duckdb/lake.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import { unwatched, type Watch, type Works } from '#platform/works.ts'
import { type Assignment, assign, type PlanRules } from './assignment.ts'
import { type Crews, type CrewUnit, type HandsOn, layOut, type Member } from './crews.ts'
import { readDemand, readWanted, writeFates } from './demand-table.ts'
import { detailsOf } from './describe-plan.ts'
import { eraseInPlan } from './erase-plans.ts'
import { worksTasks } from './hands/takers.ts'
import { loadsOf, loadTable } from './imbalance.ts'
import { namePlan } from './name-plan.ts'
import { PHASES } from './phases.ts'
import { countsOf, type PlanCounts, type Tally } from './plan.ts'
import { areSound, filesOf, putFiles } from './plan-folder.ts'
import { readRules } from './rules.ts'
import { saveFiles } from './save-plan.ts'
import { insertDraft, redraft, selectPlan, selectTallies } from './store.ts'
import { selectHeld } from './task-store.ts'
import { openWish, type Wish } from './wishes.ts'

/** A plan to be made; `by` is whoever asked for it, the system itself by default. */
export type PlanAsked = Readonly<{ branchId: string; day: string; by?: Actor }>
export type PlanMade = Readonly<{ planId: string; counts: PlanCounts }>

const ask = (file: string) => question(import.meta.url, `./queries/${file}`)

/**
 * Makes the draft plan of a day: decides over the whole base, divides the eligible among the
 * people who work, keeps every decision with its reason. It rests on nothing but the snapshot, the
 * facts up to the day and the organisation, so the same inputs make the same plan, by id and byte.
 * @throws Refusal `branch-unknown`, `no-snapshot`, `no-campaign`.
 */
export async function makePlan(works: Works, of: PlanAsked, watch: Watch): Promise<PlanMade> {
  const desk = await works.run(works.system, (unit) => readDesk(unit, of))
  await using session = await works.lake.session()
  return await interruptible(session, watch.signal, async () => {
    watch.tell(PHASES.decide)
    const { branchId, day } = of
    const decided = await decide(works, session, { branchId, day, held: desk.held }, watch)
    if (decided.campaigns.length === 0)
      throw new Refusal('conflict', 'no-campaign', { branch: of.branchId, date: of.day })
    watch.tell(PHASES.assign)
    const divided = await divide(session, of, desk, decided)
    watch.signal.throwIfAborted()
    watch.tell(PHASES.record)
    const made = { desk, decided, ...divided }
    const planId = await namePlan(session, of, made)
    return (await madeBefore(works, of, planId)) ?? record(works, session, of, made, planId)
  })
}

/** What stands on the planner’s desk beside the lake: the rules, the people and the calendar. */
export type Desk = Readonly<{
  rules: PlanRules
  members: readonly (Member & Readonly<{ name: string }>)[]
  calendar: BranchCalendar
  /** Households that somebody comes to already. */
  held: readonly Held[]
}>

async function readDesk(unit: Unit, { branchId, day }: PlanAsked): Promise<Desk> {
  await readBranch(unit, branchId)
  const calendar = await readCalendarOn(unit, branchId)
  const kind = kindOf(calendar, day)
  const staff = await staffOn(unit, branchId, day)
  return {
    rules: await readRules(unit, branchId),
    held: await selectHeld(unit, { branchId, day }),
    calendar,
    members: staff.filter(worksTasks).map(({ staffId, name, unitId, capacity, skills, days }) => {
      const works = worksOn(days, kind, weekday(day))
      return { staffId, name, unitId, capacity, skills, works }
    }),
  }
}

type Divided = Readonly<{ crews: Crews; wishes: readonly Wish[]; assignment: Assignment }>

async function divide(
  session: LakeSession,
  of: PlanAsked,
  { rules, members, calendar }: Desk,
  { campaigns }: Decided,
): Promise<Divided> {
  const units = await session.rows<CrewUnit>(ask('units.sql'), { branch: of.branchId })
  const crews = layOut(units, members)
  const campaignOf = new Map(campaigns.map(({ campaign }) => [campaign.id, campaign]))
  const wishes = (await readWanted(session)).map((wanted) => {
    const { windows: only = [], skill = null } = campaignOf.get(wanted.campaign) ?? {}
    const { townCode } = wanted
    const first = (touchpoint: HandsOn) =>
      visitWindows(calendar, { day: of.day, touchpoint, townCode, only })[0]
    return openWish(wanted, first, skill)
  })
  const demand = await readDemand(session, crews, of.branchId, wishes)
  const assignment = assign(crews, demand, rules)
  await writeFates(session, crews, rules, wishes, { demand, assignment })
  return { crews, wishes, assignment }
}

/** Everything a plan was made of. */
export type Made = Divided & Readonly<{ desk: Desk; decided: Decided }>

/**
 * The same plan as it was made before, if its files still are what they were: nothing is written.
 * One that was superseded is a draft again, for what it rests on holds again.
 */
async function madeBefore(
  works: Works,
  { branchId, by }: PlanAsked,
  planId: string,
): Promise<PlanMade | null> {
  const plan = await works.run(works.system, (unit) => selectPlan(unit, { branchId, planId }))
  if (!plan || !(await areSound(works, plan))) return null
  return works.run(works.system, async (unit) => {
    if (plan.state === 'superseded') await redraft(unit, plan, by?.id ?? unit.actor.id)
    return { planId, counts: countsOf(await selectTallies(unit, plan)) }
  })
}

async function record(
  works: Works,
  session: LakeSession,
  of: PlanAsked,
  made: Made,
  planId: string,
): Promise<PlanMade> {
  const { branchId, day } = of
  await session.run(ask('fated.sql'), { plan: planId })
  const place = { branchId, day, planId }
  const files = await putFiles(works, place, (paths) => saveFiles(session, of, made, paths))
  const tallies = await session.rows<Tally>(ask('tallies.sql'), {
    decisions: filesOf(works, place).decisions,
    branch: branchId,
  })
  const { snapshotId, snapshotDate } = made.decided
  const details = detailsOf(of, made, { files, tallies })
  const loads = loadTable(made.crews, loadsOf(made.crews, made.assignment))
  await works.run(works.system, async (unit) => {
    const madeBy = of.by?.id ?? unit.actor.id
    const draft = { branchId, planId, day, snapshotId, snapshotDate, details }
    await insertDraft(unit, draft, madeBy, { tallies, loads })
    audit(unit, {
      ...{ branchId, action: 'plan.made', actor: madeBy },
      about: { kind: 'plan', id: planId },
      values: { day },
    })
  })
  // Who was erased while it was being made is in its files; from here on an erasure finds the plan.
  await eraseInPlan(works, { branchId, planId }, unwatched)
  return { planId, counts: countsOf(tallies) }
}
