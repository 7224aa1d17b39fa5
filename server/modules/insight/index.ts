/** What can be asked about the base, and the answers. Owns the Postgres schema `insight`. */
export { type Catalogue, checkCondition } from './check.ts'
export {
  type Bound,
  compileCounts,
  compileSelections,
  missingField,
  notDelivered,
  type Selection,
  type Statement,
} from './compile.ts'
export { type Condition, fieldsOf, type Operator } from './condition.ts'
export { type BaseRow, explainCondition, truthOf } from './explain.ts'
export type { Field, Words } from './field.ts'
export { fieldsFor } from './fields.ts'
export { type Base, publishBase } from './publish-base.ts'
export { insightRoutes } from './routes.ts'
export { countSegment, scopeIn, whileImported } from './segments.ts'
export { basesOf } from './warm.ts'
