/**
 * Judges the files of a plan from outside, by the sentences on “The plan”: arithmetic, households,
 * order of visits, refusals. Knows nothing of how a plan is made. None of the complaints means right.
 */
export type Files = Readonly<{
  date: string
  decisions: readonly Readonly<Record<DecisionColumn, string>>[]
  tasks: readonly Readonly<Record<TaskColumn, string>>[]
  report: Readonly<{
    candidates: number
    held_out: number
    outranked: number
    assigned: number
    suppressed: Readonly<Record<string, number>>
    unassigned: Readonly<Record<string, number>>
    imbalances: readonly Readonly<{ staff_id: string; touchpoint: string; load: number }>[]
  }>
}>
type DecisionColumn = 'subscriber_id' | 'campaign' | 'outcome' | 'reason' | 'until' | 'task_id'
type TaskColumn =
  | 'task_id'
  | 'subscriber_id'
  | 'household_id'
  | 'campaign'
  | 'touchpoint'
  | 'assignee_id'
  | 'unit_id'
  | 'visit_order'
  | 'window_start'
  | 'window_end'
  | 'due_on'
  | 'reasons'

/** What the ledger of contacts says: somebody refused, in which scope, on which channel. */
export type Refused = Readonly<{
  household: string
  on: string
  scope: string
  channel: string
  until: string | null
}>

export function checkOutcomes(files: Files): string[] {
  return [...miscounted(files), ...loose(files), ...crowded(files), ...disordered(files)]
}

/** The numbers are those of the rows; candidates are the sum of what became of them. */
function miscounted({ decisions, report }: Files): string[] {
  const count = (outcome: string, reason?: string) =>
    decisions.filter(
      (row) => row.outcome === outcome && (reason === undefined || row.reason === reason),
    ).length
  const told: [string, number, number][] = [
    ['candidates', report.candidates, decisions.length],
    ['held_out', report.held_out, count('held-out')],
    ['outranked', report.outranked, count('outranked')],
    ['assigned', report.assigned, count('assigned')],
    ...(['suppressed', 'unassigned'] as const).flatMap((outcome) => [
      [outcome, sum(report[outcome]), count(outcome)] as [string, number, number],
      ...Object.entries(report[outcome]).map(
        ([reason, said]) => [reason, said, count(outcome, reason)] as [string, number, number],
      ),
    ]),
  ]
  const parts =
    report.held_out +
    report.outranked +
    report.assigned +
    sum(report.suppressed) +
    sum(report.unassigned)
  return [
    ...told.flatMap(([what, said, is]) => (said === is ? [] : [`${what}: says ${said}, is ${is}`])),
    ...(parts === report.candidates ? [] : [`${report.candidates} candidates, parts of ${parts}`]),
  ]
}

/** Each assigned decision has its task, each task its decision; everything else has a reason. */
function loose({ decisions, tasks }: Files): string[] {
  const byTask = new Map(tasks.map((task) => [task.task_id, task]))
  const complaints = decisions.flatMap((row) => {
    const who = `${row.subscriber_id} ${row.campaign}`
    if (row.outcome !== 'assigned') {
      if (row.task_id) return [`${who} is ${row.outcome} and has a task`]
      return row.reason ? [] : [`${who} is ${row.outcome} without a reason`]
    }
    const task = byTask.get(row.task_id)
    return task?.subscriber_id === row.subscriber_id && task.campaign === row.campaign
      ? []
      : [`${who} has no task of its own`]
  })
  const assigned = decisions.filter(({ outcome }) => outcome === 'assigned').length
  if (assigned !== tasks.length || byTask.size !== tasks.length)
    complaints.push(`${assigned} assigned, ${tasks.length} tasks, ${byTask.size} ids`)
  const keys = new Set(decisions.map((row) => `${row.subscriber_id} ${row.campaign}`))
  if (keys.size !== decisions.length) complaints.push('a candidate is decided twice')
  return complaints
}

/** At most one task a touchpoint, at most two touchpoints a household. */
function crowded({ tasks }: Files): string[] {
  return [...Map.groupBy(tasks, (task) => task.household_id)].flatMap(([household, own]) => {
    const touchpoints = new Set(own.map((task) => task.touchpoint))
    return touchpoints.size < own.length || touchpoints.size > 2
      ? [`${household} is met ${own.length} times through ${[...touchpoints]}`]
      : []
  })
}

/** Everybody’s day is numbered 1, 2, 3 …, inside the day, with a reason on each line. */
function disordered({ tasks, date }: Files): string[] {
  const complaints: string[] = []
  for (const [assignee, own] of Map.groupBy(tasks, (task) => task.assignee_id)) {
    const visits = own.map((task) => Number(task.visit_order)).sort((a, b) => a - b)
    if (visits.some((visit, place) => visit !== place + 1))
      complaints.push(`${assignee}: visits ${visits.slice(0, 9)}`)
  }
  for (const task of tasks) {
    const start = Date.parse(task.window_start)
    const end = Date.parse(task.window_end)
    const midnight = Date.parse(`${date}T00:00:00+08:00`)
    if (!(midnight <= start && start < end && end <= midnight + 86_400_000))
      complaints.push(`${task.task_id} is not within the day`)
    if (task.due_on < date) complaints.push(`${task.task_id} is due before the day`)
    const reasons: unknown = JSON.parse(task.reasons)
    if (!Array.isArray(reasons) || reasons.length === 0)
      complaints.push(`${task.task_id} has no reason`)
  }
  return complaints
}

/**
 * Marketing visits to households that refused and are still to be left alone. A refusal holds for
 * three calendar months, or until the day it names; it bars the door whatever its scope, unless it
 * is about another channel.
 */
export function marketedThoughRefused(
  { tasks, date }: Files,
  marketing: ReadonlySet<string>,
  refusals: readonly Refused[],
): string[] {
  const standing = new Set(
    refusals
      .filter(({ on, until }) => on <= date && date < later(threeMonthsAfter(on), until))
      .filter(({ scope, channel }) => scope !== 'channel' || channel === 'door')
      .map(({ household }) => household),
  )
  return tasks
    .filter(({ campaign, touchpoint }) => marketing.has(campaign) && touchpoint === 'door')
    .filter(({ household_id }) => standing.has(household_id))
    .map(({ household_id, campaign }) => `${household_id} refused and is visited for ${campaign}`)
}

const later = (day: string, other: string | null) => (other !== null && other > day ? other : day)

/** The same day three months later, or that month’s last day. */
export function threeMonthsAfter(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + 3, 0)).getUTCDate()
  const then = new Date(Date.UTC(year, month + 2, Math.min(date, last)))
  return then.toISOString().slice(0, 10)
}

const sum = (numbers: Readonly<Record<string, number>>) =>
  Object.values(numbers).reduce((all, one) => all + one, 0)
