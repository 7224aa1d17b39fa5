/** Who is to be met by whom on a day, and why. Owns the Postgres schema `worklists`. */
export { selectAccountsEver as accountsEver } from './close/account-store.ts'
export type { LastSeen } from './close/read-close.ts'
export { WORKLISTS_ERASER } from './erase-plans.ts'
export { explainSubscriber } from './explain.ts'
export { EXPORT_LISTS } from './export-lists.ts'
export {
  type ErrandCounts,
  selectErrands as errandsOf,
  withdrawErrand,
  withdrawOverdue,
} from './hands/errand-store.ts'
export { type Gift, giveTasks, seenToOn } from './hands/give-tasks.ts'
export { takeBackUntouched } from './hands/take-back-untouched.ts'
export { crewOn, divideVisits, mustWorkTasks } from './hands/takers.ts'
export { readPersonList } from './lists.ts'
export { makePlan, type PlanAsked, type PlanMade } from './make-plan.ts'
export { PHASES as PLAN_PHASES } from './phases.ts'
export type { OfPlan, PlanCounts } from './plan.ts'
export { writePlanFiles } from './plan-files.ts'
export { publishPlan } from './publish-plan.ts'
export { selectPhotosOf as photosOf } from './results/photo-store.ts'
export { type DeviceClock, type HearResult, recordResultOf } from './results/record-result.ts'
export { usablePosition } from './results/result-form.ts'
export { selectResultsEver as resultsEver } from './results/result-store.ts'
export {
  selectFirstUses as firstUsesOf,
  selectStoodAt as stoodAt,
  type VisitRow,
} from './results/visit-store.ts'
export { type VisitsShown, visitOf, visitsOn } from './results/visits.ts'
export { worklistRoutes } from './routes.ts'
export { PLAN_RULES, readRules } from './rules.ts'
export { selectPublished as publishedPlanOn } from './store.ts'
export { presentedBy } from './task.ts'
export {
  selectOnList as isOnList,
  selectOpenByUnit as openTasksByUnit,
  selectTaskFor as taskFor,
  selectTasksEver as tasksEver,
} from './task-store.ts'
