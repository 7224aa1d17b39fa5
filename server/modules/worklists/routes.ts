import * as board from '#contract/board.ts'
import * as close from '#contract/close.ts'
import * as contract from '#contract/plans.ts'
import * as settings from '#contract/settings.ts'
import * as opening from '#contract/task-opening.ts'
import * as tasks from '#contract/tasks.ts'
import { mayDoInBranch, settle, showSettings } from '#people'
import type { Http } from '#platform/http.ts'
import type { Jobs } from '#platform/jobs.ts'
import type { Works } from '#platform/works.ts'
import { readBoard } from './board/board.ts'
import { closeDayOf } from './close/close-day.ts'
import { listClosed } from './close/list-closed.ts'
import { type LastSeen, readCloseOf } from './close/read-close.ts'
import { comparePlans } from './compare-plans.ts'
import { listDecisions } from './decisions.ts'
import { downloadWorklists } from './download.ts'
import { explainSubscriber } from './explain.ts'
import { createTasksFor } from './hands/create-tasks.ts'
import { reassignTasksTo, takeTasksBack } from './hands/reassign.ts'
import { splitTasksOf } from './hands/split.ts'
import { TASK_RULES } from './hands/task-rules.ts'
import { handleJobs } from './jobs.ts'
import { listTasks, readPersonList } from './lists.ts'
import { readMyDay } from './my-day.ts'
import { leaveTask, openTask } from './open-task.ts'
import { mayPublish } from './publish-plan.ts'
import { RANK_RULES } from './ranks/rank-rules.ts'
import { listPlans, readPlan } from './read-plan.ts'
import { type HearResult, recordResultOf } from './results/record-result.ts'
import { PLAN_RULES } from './rules.ts'
import { listWorklists } from './worklists.ts'

/** Serves everything about plans and lists, and takes on the jobs that make and publish plans. */
export function worklistRoutes(
  http: Http,
  works: Works,
  { jobs, hear, lastSeen }: Readonly<{ jobs: Jobs; hear: HearResult; lastSeen: LastSeen }>,
): void {
  handleJobs(works, jobs)
  http.serve(contract.makePlan, async (unit, { branchId }, { date }) => {
    await mayDoInBranch(unit, branchId, 'plan:make')
    return jobs.start(unit, { branchId, kind: 'plan', input: { day: date } })
  })
  http.serve(contract.publishPlan, async (unit, { branchId, planId }) => {
    await mayPublish(unit, { branchId, planId })
    return jobs.start(unit, { branchId, kind: 'publish', input: { planId } })
  })
  http.serve(contract.listPlans, listPlans)
  http.serve(contract.readPlan, readPlan)
  http.serveActor(contract.listDecisions, (actor, of) => listDecisions(works, actor, of))
  http.serveActor(contract.comparePlans, (actor, of) => comparePlans(works, actor, of))
  http.download(contract.downloadWorklists, (actor, of) => downloadWorklists(works, actor, of))
  http.serve(contract.listWorklists, listWorklists)
  http.serve(contract.listTasks, listTasks)
  http.serve(contract.readPersonList, readPersonList)
  http.serve(tasks.readMyDay, (unit, of) => readMyDay(unit, works, of))
  http.serve(tasks.createTasks, (unit, of, asked) => createTasksFor(unit, works, of, asked))
  http.serve(tasks.reassignTasks, reassignTasksTo)
  http.serve(tasks.takeBackTasks, takeTasksBack)
  http.serve(tasks.splitTasks, splitTasksOf)
  http.serve(board.readBoard, readBoard)
  http.serve(close.readClose, (unit, of) => readCloseOf(unit, works, of, lastSeen))
  http.serve(close.listClosed, (unit, of) => listClosed(unit, works, of))
  http.serve(close.closeDay, async (unit, of, body) => {
    await closeDayOf(unit, works, of, body)
    return readCloseOf(unit, works, { ...of, date: body.date, unit: body.unit }, lastSeen)
  })
  http.serve(tasks.recordResult, (unit, of, told) =>
    recordResultOf(unit, works, of, told, { hear }),
  )
  http.serve(opening.openTask, (unit, of) => openTask(unit, works, of))
  http.serve(opening.leaveTask, async (unit, of) => {
    await leaveTask(unit, works, of)
    return { done: true as const }
  })
  http.serve(settings.readPlanRules, (unit, { unitId }) => showSettings(unit, unitId, PLAN_RULES))
  http.serve(settings.putPlanRules, (unit, { unitId }, rules) =>
    settle(unit, unitId, PLAN_RULES, rules),
  )
  http.serve(settings.readTaskRules, (unit, { unitId }) => showSettings(unit, unitId, TASK_RULES))
  http.serve(settings.putTaskRules, (unit, { unitId }, rules) =>
    settle(unit, unitId, TASK_RULES, rules),
  )
  http.serve(settings.readRankRules, (unit, { unitId }) => showSettings(unit, unitId, RANK_RULES))
  http.serve(settings.putRankRules, (unit, { unitId }, rules) =>
    settle(unit, unitId, RANK_RULES, rules),
  )
  http.serveActor(contract.explainSubscriber, (actor, of, _, signal) =>
    explainSubscriber(works, actor, of, { signal }),
  )
}
