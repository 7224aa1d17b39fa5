import { whyNotSelected } from '#campaigns'
import { basesOf } from '#insight'
import { readBranch } from '#people'
import { question } from '#platform/duckdb/lake.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import { unwatched, type Watch, type Works } from '#platform/works.ts'
import { readCard } from '#subscribers'
import { firstReason } from './decisions.ts'
import { nameOfCampaign, type PlanRecord } from './details.ts'
import type { Outcome } from './plan.ts'
import { soundFiles } from './plan-folder.ts'
import { mayReadTask, readerOf } from './policy.ts'
import { type BareReason, tell } from './reasons.ts'
import { selectTelling } from './store.ts'
import { selectTasksAbout } from './task-store.ts'
import { readTaskContext, taskView } from './task-view.ts'

type Asked = Readonly<{ branchId: string; subscriberId: string; date?: string | undefined }>

type Row = Readonly<{
  campaign: string
  outcome: Outcome
  reason: string | null
  reasonValues: string | null
  until: string | null
  priority: number | null
  p: number | null
  c: number | null
  v: number | null
  l: number | null
  reasons: string
  taskId: string | null
}>

/**
 * Why a subscriber is, or is not, on somebody’s list: every decision of the plan of the day (the
 * published one, else the last draft; without a day, the latest day planned), and of every campaign
 * that did not select the subscriber the condition that failed.
 * @throws Refusal `branch-unknown`, `subscriber-unknown`, `plan-damaged`.
 */
export async function explainSubscriber(
  works: Works,
  actor: Actor,
  of: Asked,
  { signal }: Pick<Watch, 'signal'> = unwatched,
) {
  const { branchId, subscriberId } = of
  const { plan, tasks } = await works.run(actor, (unit) => readAbout(unit, of))
  const notYet = { zh: '该日尚未生成计划。', en: 'No plan has been made for the day yet.' }
  if (!plan)
    return { date: of.date ?? null, planId: null, summary: notYet, decisions: [], notSelected: [] }
  const { decisions: path } = await soundFiles(works, plan)
  await using session = await works.lake.ask()
  const rows = await session.rows<Row>(question(import.meta.url, './queries/decisions-about.sql'), {
    path,
    subscriber: subscriberId,
  })
  const decisions = rows.map((row) => ({
    campaign: row.campaign,
    campaignName: nameOfCampaign(plan.details, row.campaign),
    outcome: row.outcome,
    reasons: reasonsOf(row, plan.day),
    until: row.until,
    factors: factorsOf(row),
    task: tasks.find(({ taskId }) => taskId === row.taskId) ?? null,
  }))
  return {
    date: plan.day,
    planId: plan.planId,
    summary: summaryOf(decisions),
    decisions,
    notSelected: await basesOf(works).ask({ branchId, day: plan.day }, signal, (warm, base) =>
      whyNotSelected(works, warm, { branchId, day: plan.day, subscriberId, base }),
    ),
  }
}

async function readAbout(unit: Unit, of: Asked) {
  const { branchId, subscriberId } = of
  await readBranch(unit, branchId)
  if (!(await readCard(unit, branchId, subscriberId)))
    throw new Refusal('not-found', 'subscriber-unknown', { subscriber: subscriberId })
  const plan = await selectTelling(unit, { branchId, day: of.date ?? null })
  return { plan, tasks: plan?.state === 'published' ? await tasksAbout(unit, of, plan) : [] }
}

async function tasksAbout(unit: Unit, { subscriberId }: Asked, plan: PlanRecord) {
  const context = await readTaskContext(unit, plan.branchId, { known: [plan] })
  const reader = await readerOf(unit)
  const tasks = await selectTasksAbout(unit, { ...plan, subscriberId })
  return tasks.filter((task) => mayReadTask(reader, task)).map((task) => taskView(task, context))
}

function reasonsOf(row: Row, day: string) {
  const first = firstReason(row, day)
  const lines = (JSON.parse(row.reasons) as BareReason[]).map((each) => tell(each, day))
  return row.reason === null ? lines : [...(first ? [first] : []), ...lines]
}

/** The factors that were multiplied; null for a decision that never came to that. */
function factorsOf({ p, c, v, l, priority }: Row) {
  if (p === null || c === null || v === null || l === null || priority === null) return null
  return { p, c, v, l, priority }
}

type Said = Readonly<{
  outcome: Outcome
  campaignName: { zh: string; en: string }
  reasons: readonly Readonly<{ text: { zh: string; en: string } }>[]
  task: Readonly<{ assigneeName: string; visitOrder: number }> | null
}>

/** The answer in one sentence: the task if there is one, else what the nearest miss failed on. */
export function summaryOf(decisions: readonly Said[]): { zh: string; en: string } {
  const order: readonly Outcome[] = [
    'assigned',
    'unassigned',
    'held-out',
    'suppressed',
    'outranked',
  ]
  const told = order.flatMap((outcome) => decisions.filter((one) => one.outcome === outcome))[0]
  if (!told) return { zh: '没有活动选中该用户。', en: 'No campaign selected this subscriber.' }
  const { campaignName: name, task } = told
  const why = told.reasons[0]?.text ?? { zh: '', en: '' }
  if (told.outcome !== 'assigned')
    return {
      zh: `不在清单上（${name.zh}）：${why.zh}`,
      en: `On nobody’s list (${name.en}): ${why.en}`,
    }
  if (!task)
    return {
      zh: `计划中已分派（${name.zh}）：${why.zh}`,
      en: `Assigned by the plan (${name.en}): ${why.en}`,
    }
  return {
    zh: `在${task.assigneeName}的清单上，第 ${task.visitOrder} 户（${name.zh}）：${why.zh}`,
    en: `On the list of ${task.assigneeName}, number ${task.visitOrder} (${name.en}): ${why.en}`,
  }
}
