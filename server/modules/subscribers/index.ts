/**
 * What the operator's extracts say about subscribers, day by day, and how any file comes in. Owns the
 * Postgres schema `subscribers` and the lake's snapshots.
 */
export { type Card, readCard, readCards } from './cards.ts'
export { CANONICAL_COLUMNS, columnOf, GROUPS } from './columns/catalogue.ts'
export type { Column, ColumnType, Personal } from './columns/column.ts'
export { column } from './columns/column.ts'
export { csvOf } from './csv-of.ts'
export { type Expiry, readExpiry } from './expiry.ts'
export type { Batch, ImportHandler, ImportKind, Loaded, Warning } from './handler.ts'
export { SUBSCRIBER_HANDLERS } from './handlers.ts'
export { type ImportOutcome, type ImportRequest, importFile } from './import-file.ts'
export { lockBranch as holdCards } from './import-store.ts'
export { maskAddress, maskName, maskPhone, stillMasked } from './mask.ts'
export { rehomeCards } from './move-cards.ts'
export { PHASES as IMPORT_PHASES } from './phases.ts'
export type { ContactsOf } from './portrait.ts'
export { type Published, publishSubscribers } from './publish.ts'
export { publishCompetitors } from './publish-competitors.ts'
export { forgetFiles, type KeptDays } from './retention.ts'
export { subscriberRoutes } from './routes.ts'
export { sweep } from './sweep.ts'
export { withdrawImport } from './withdraw.ts'
