/**
 * What the operator's extracts say about subscribers, day by day, and how any file comes in. Owns the
 * Postgres schema `subscribers` and the lake's snapshots.
 */
export {
  type Call,
  type CallGateway,
  type CallSettings,
  openCallGateway,
} from './calls/gateway.ts'
export {
  selectNeighbours as neighboursAt,
  selectResidents as residentsOf,
} from './cards/card-store.ts'
export { type Card, readCard, readCards } from './cards/cards.ts'
export { type Expiry, readExpiry } from './cards/expiry.ts'
export { fillLapsedCards } from './cards/lapsed-cards-store.ts'
export { maskAddress, maskName, maskPhone, stillMasked, withoutNumbers } from './cards/mask.ts'
export { rehomeCards } from './cards/move-cards.ts'
export type { ContactsOf } from './cards/portrait.ts'
export { selectCardSums as cardsByUnit } from './cards/unit-sums-store.ts'
export { CANONICAL_COLUMNS, columnOf, GROUPS } from './columns/catalogue.ts'
export type { Column, ColumnType, Personal } from './columns/column.ts'
export { column } from './columns/column.ts'
export { deleteEndedExports } from './exports/export-files.ts'
export { type ExportMaker, unitInBranch } from './exports/export-maker.ts'
export { watermarkFor } from './exports/watermark.ts'
export { calledBy, openIdentity } from './identity/identity.ts'
export { sealSnapshots, snapshotsByKey } from './identity/seal-snapshots.ts'
export { csvOf } from './imports/csv-of.ts'
export type { Batch, ImportHandler, ImportKind, Loaded, Warning } from './imports/handler.ts'
export { SUBSCRIBER_HANDLERS } from './imports/handlers.ts'
export { type ImportOutcome, type ImportRequest, importFile } from './imports/import-file.ts'
export { lockBranch as holdCards } from './imports/import-store.ts'
export { importTakes } from './imports/import-takes.ts'
export { PHASES as IMPORT_PHASES } from './imports/phases.ts'
export { withdrawImport } from './imports/withdraw.ts'
export { forgetFiles, type KeptDays } from './retention.ts'
export { subscriberRoutes } from './routes.ts'
export { type Published, publishSubscribers, standingContent } from './snapshots/publish.ts'
export { publishCompetitors } from './snapshots/publish-competitors.ts'
export { selectCardsStand as cardsStand } from './snapshots/snapshot-store.ts'
export { swap } from './snapshots/swap.ts'
export { sweep } from './snapshots/sweep.ts'
export { openCorrection, sealCorrectionsAgain } from './subjects/correct-card.ts'
export { selectCorrectionsOf as correctionsOf } from './subjects/correction-store.ts'
export { columnsIn, markErased } from './subjects/erase-snapshot.ts'
export type { Eraser, Erasing } from './subjects/eraser.ts'
export { selectErased as erasedOf, selectErasedAt as erasedAt } from './subjects/erasure-store.ts'
export { forgetPeople } from './subjects/forget-people.ts'
export { type Said, saidOf } from './subjects/known-of.ts'
export type { Ringing } from './unmask/may-reach.ts'
