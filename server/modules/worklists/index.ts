/** Who is to be met by whom on a day, and why. Owns the Postgres schema `worklists`. */
export { explainSubscriber } from './explain.ts'
export { makePlan, type PlanAsked, type PlanMade } from './make-plan.ts'
export type { OfPlan, PlanCounts } from './plan.ts'
export { writePlanFiles } from './plan-files.ts'
export { publishPlan } from './publish-plan.ts'
export { worklistRoutes } from './routes.ts'
export { readRules, setRules } from './rules.ts'
export { selectPublished as publishedPlanOn } from './store.ts'
