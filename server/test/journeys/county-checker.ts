import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCsv } from '../csv.ts'
import { type Checked, checkAssignment } from '../plan-checker.ts'
import { checkOutcomes, type Files, marketedThoughRefused } from '../plan-outcome-checker.ts'
import { addDays, closedToMarketing } from './closed-doors.ts'
import type { DeliveredCounty, DeliveredSubscriber } from './delivered-county.ts'
import { outOfTheWay } from './route-checker.ts'

/** What a campaign says in its own file; the rest of it does not matter here. */
export type CampaignSays = Readonly<{ id: string; purpose: string; touchpoints: readonly string[] }>

/** A plan as its files say it. */
export type PlanFiles = Omit<Files, 'report'> &
  Readonly<{
    report: Files['report'] & {
      rules: { may_overflow: boolean }
      capacity: { touchpoint: string; people: number; capacity: number; used: number }[]
    }
  }>

export async function readPlanFiles(folder: string): Promise<PlanFiles> {
  const report = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8'))
  return {
    date: report.date,
    report,
    decisions: await readCsv(join(folder, 'decisions.csv')),
    tasks: await readCsv(join(folder, 'tasks.csv')),
  }
}

type Case = Readonly<{
  county: DeliveredCounty
  plan: PlanFiles
  campaigns: ReadonlyMap<string, CampaignSays>
  /** The weekday of the plan’s date, Monday 1; an ordinary day, neither holiday nor made up for. */
  weekday: number
}>

/**
 * Judges a plan by what was delivered and by its own four files, and by nothing else: each line
 * that comes back says what is wrong.
 */
export function checkCounty(of: Case): string[] {
  return [
    ...checkOutcomes(of.plan),
    ...strangers(of),
    ...forgottenRenewals(of),
    ...wrongDueDays(of),
    ...crowdedHomes(of),
    ...withoutWinner(of),
    ...marketedThoughRefused(byAddress(of), marketingOf(of), refusalsOf(of)),
    ...checkAssignment(assignmentOf(of)),
    ...idleDoors(of),
    ...outOfTheWay(of.plan.tasks, (id) => of.county.subscribers.get(id)),
  ]
}

const isMarketing = ({ purpose }: CampaignSays) =>
  purpose === 'marketing' || purpose === 'retention'

const marketingOf = ({ campaigns }: Case) =>
  new Set([...campaigns.values()].filter(isMarketing).map(({ id }) => id))

const homeOf = ({ county }: Case, id: string): DeliveredSubscriber => {
  const subscriber = county.subscribers.get(id)
  if (!subscriber) throw new Error(`${id} is in no file that was delivered`)
  return subscriber
}

/** The plan with every household named by its address, as the refusals are. */
const byAddress = (of: Case): PlanFiles => ({
  ...of.plan,
  tasks: of.plan.tasks.map((task) => ({
    ...task,
    household_id: homeOf(of, task.subscriber_id).household,
  })),
})

/** Whoever is on a list was delivered, and lives in the grid that the list says. */
function strangers({ county, plan }: Case): string[] {
  const unknown = plan.decisions.filter((row) => !county.subscribers.has(row.subscriber_id))
  const misplaced = plan.tasks.filter(
    (task) => county.subscribers.get(task.subscriber_id)?.grid !== task.unit_id,
  )
  return [
    ...unknown.map((row) => `${row.subscriber_id} was not delivered`),
    ...misplaced.map((task) => `${task.subscriber_id} does not live in ${task.unit_id}`),
  ]
}

/**
 * The active whose contract ends within thirty days are the candidates of the renewal campaign, all
 * of them and nobody else.
 */
function forgottenRenewals({ county, plan }: Case): string[] {
  const end = addDays(plan.date, 31)
  const due = new Set(
    [...county.subscribers.values()]
      .filter(({ isActive, contractEnd }) => isActive && contractEnd !== null)
      .filter(({ contractEnd }) => plan.date <= String(contractEnd) && String(contractEnd) < end)
      .map(({ id }) => id),
  )
  const asked = plan.decisions.filter(({ campaign }) => campaign === 'renewal-due')
  const told = new Set(asked.map((row) => row.subscriber_id))
  return [
    ...(due.size > 0 ? [] : ['nobody’s contract ends within thirty days: nothing is proved']),
    ...[...due].filter((id) => !told.has(id)).map((id) => `${id} is due and nobody says why not`),
    ...[...told].filter((id) => !due.has(id)).map((id) => `${id} is not due and is asked to renew`),
  ]
}

/** A renewal is due on the day the contract ends, everything else within a week. */
function wrongDueDays(of: Case): string[] {
  const { plan } = of
  const last = addDays(plan.date, 7)
  return plan.tasks.flatMap(({ task_id, subscriber_id, campaign, due_on }) => {
    const right =
      campaign === 'renewal-due'
        ? due_on === homeOf(of, subscriber_id).contractEnd
        : plan.date <= due_on && due_on <= last
    return right ? [] : [`${task_id} of ${campaign} is due on ${due_on}`]
  })
}

/** The limits of a household, by the address that was delivered. */
function crowdedHomes(of: Case): string[] {
  const homes = Map.groupBy(of.plan.tasks, (task) => homeOf(of, task.subscriber_id).household)
  return [...homes].flatMap(([home, tasks]) => {
    const touchpoints = new Set(tasks.map(({ touchpoint }) => touchpoint))
    return touchpoints.size < tasks.length || tasks.length > 2 ? [`${home} is crowded`] : []
  })
}

/** Who gave way gave way to somebody of the same household. */
function withoutWinner(of: Case): string[] {
  const won = new Set(
    of.plan.decisions
      .filter(({ outcome }) => outcome === 'assigned' || outcome === 'unassigned')
      .map((row) => homeOf(of, row.subscriber_id).household),
  )
  return of.plan.decisions
    .filter(({ outcome }) => outcome === 'outranked')
    .filter((row) => !won.has(homeOf(of, row.subscriber_id).household))
    .map((row) => `${row.subscriber_id} ${row.campaign} gave way to nobody`)
}

function refusalsOf({ county }: Case) {
  return county.contacts
    .filter(({ result }) => result === 'refused')
    .flatMap((contact) => {
      const home = county.subscribers.get(contact.subscriber_id)
      if (!home) return []
      return [
        {
          household: home.household,
          on: contact.at.slice(0, 10),
          scope: contact.scope || 'all',
          channel: contact.channel,
          until: contact.until || null,
        },
      ]
    })
}

/** At least nine tenths of what those who work could do at the door is used. */
function idleDoors({ county, plan, weekday }: Case): string[] {
  const capacity = county.staff
    .filter(({ weekdays }) => weekdays.includes(String(weekday)))
    .reduce((sum, person) => sum + person.capacity.door, 0)
  const used = plan.tasks.filter(({ touchpoint }) => touchpoint === 'door').length
  const told = plan.report.capacity.find(({ touchpoint }) => touchpoint === 'door')
  return [
    ...(used >= 0.9 * capacity ? [] : [`the doors: ${used} of ${capacity}`]),
    ...(told?.capacity === capacity && told.used === used ? [] : ['the doors are told wrongly']),
  ]
}

/** The question of who got what, as the checker of assignments reads it. */
function assignmentOf(of: Case): Checked {
  const { county, plan, weekday } = of
  const closed = closedToMarketing(county, plan.date)
  const tasks = new Map(plan.tasks.map((task) => [task.task_id, task]))
  const open = (id: string, campaign: CampaignSays) => {
    const home = homeOf(of, id)
    const touchpoints = campaign.touchpoints.filter((one) => one !== 'sms' && one !== 'online')
    return isMarketing(campaign)
      ? touchpoints.filter((touchpoint) => !closed(home, touchpoint))
      : touchpoints
  }
  const known = new Set<string>()
  const candidates = plan.decisions.flatMap((row) => {
    const campaign = of.campaigns.get(row.campaign)
    if (!campaign) throw new Error(`${row.campaign} is no campaign of the house`)
    if (row.outcome !== 'assigned' && row.outcome !== 'unassigned') return []
    const task = tasks.get(row.task_id)
    const candidate = {
      home: homeOf(of, row.subscriber_id).grid,
      wish: open(row.subscriber_id, campaign),
      staffId: task?.assignee_id ?? null,
      touchpoint: task?.touchpoint ?? null,
      reason: row.reason || null,
    }
    // Of those whom nobody meets, one for each grid, wish and reason is as good as all of them.
    const key = JSON.stringify(candidate)
    if (!task && known.has(key)) return []
    known.add(key)
    return [candidate]
  })
  return {
    units: county.units,
    people: county.staff.map(({ weekdays, ...person }) => ({
      ...person,
      works: weekdays.includes(String(weekday)),
    })),
    mayOverflow: plan.report.rules.may_overflow,
    candidates,
    imbalances: plan.report.imbalances.map(({ staff_id, ...one }) => ({
      ...one,
      staffId: staff_id,
    })),
  }
}
