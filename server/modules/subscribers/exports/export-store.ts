import { sql } from 'kysely'
import type { ExportOrder } from '#contract/exports.ts'
import { selectLatestPage } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'
import { CARD, type Card } from '../cards/card-store.ts'

/** An export as the ledger keeps it. */
export type ExportRecord = Readonly<{
  branchId: string
  exportId: string
  unitId: string
  order: ExportOrder
  requestedBy: string
  requestedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  approved: boolean | null
  decisionNote: string | null
  madeAt: Date | null
  file: string | null
  rowCount: number | null
  downloads: number
  deletedAt: Date | null
}>

const EXPORT = sql`branch_id as "branchId", export_id as "exportId", unit_id as "unitId",
  content as "order", requested_by as "requestedBy", requested_at as "requestedAt",
  decided_by as "decidedBy", decided_at as "decidedAt", approved, decision_note as "decisionNote",
  made_at as "madeAt", file, row_count as "rowCount", downloads, deleted_at as "deletedAt"`

type Of = Readonly<{ branchId: string; exportId: string }>

export async function insertExport(
  unit: Unit,
  of: Of & Readonly<{ unitId: string; order: ExportOrder }>,
): Promise<void> {
  await sql`
    insert into subscribers.export (branch_id, export_id, unit_id, content, requested_by, requested_at)
    values (${of.branchId}, ${of.exportId}, ${of.unitId}, ${JSON.stringify(of.order)},
        ${unit.actor.id}, ${unit.now})
  `.execute(unit.db)
}

export async function selectExport(unit: Unit, of: Of): Promise<ExportRecord | undefined> {
  const { rows } = await sql<ExportRecord>`
    select ${EXPORT} from subscribers.export
     where (branch_id, export_id) = (${of.branchId}, ${of.exportId})
  `.execute(unit.db)
  return rows[0]
}

/** A page of exports, the latest first: the actor’s own, and those of these units. */
export const selectExports = (
  unit: Unit,
  of: Readonly<{
    branchId: string
    units: readonly string[]
    cursor?: string | undefined
    limit: number
  }>,
) =>
  selectLatestPage<ExportRecord>(unit, {
    columns: EXPORT,
    from: sql`subscribers.export`,
    where: sql`branch_id = ${of.branchId}
      and (requested_by = ${unit.actor.id} or unit_id = any (${[...of.units]}::text[]))`,
    ...{ at: sql`requested_at`, id: sql`export_id::text` },
    markOf: ({ requestedAt, exportId }) => ({ at: requestedAt, id: exportId }),
    ...{ cursor: of.cursor, limit: of.limit },
  })

/** Decides on one that nobody has decided on; false when somebody was first. */
export async function updateDecision(
  unit: Unit,
  of: Of & Readonly<{ approve: boolean; note: string | null }>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update subscribers.export
       set decided_by = ${unit.actor.id}, decided_at = ${unit.now}, approved = ${of.approve},
           decision_note = ${of.note}
     where (branch_id, export_id) = (${of.branchId}, ${of.exportId}) and decided_by is null
  `.execute(unit.db)
  return numAffectedRows === 1n
}

/** False when it was made before. */
export async function updateMade(
  unit: Unit,
  of: Of & Readonly<{ file: string; rowCount: number }>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update subscribers.export set made_at = ${unit.now}, file = ${of.file}, row_count = ${of.rowCount}
     where (branch_id, export_id) = (${of.branchId}, ${of.exportId}) and made_at is null
  `.execute(unit.db)
  return numAffectedRows === 1n
}

export async function countDownload(unit: Unit, of: Of): Promise<void> {
  await sql`
    update subscribers.export set downloads = downloads + 1
     where (branch_id, export_id) = (${of.branchId}, ${of.exportId})
  `.execute(unit.db)
}

/** The files that were made before an instant and are still on the disk. */
export async function selectEnded(unit: Unit, madeBefore: Date): Promise<ExportRecord[]> {
  const { rows } = await sql<ExportRecord>`
    select ${EXPORT} from subscribers.export
     where made_at <= ${madeBefore} and deleted_at is null order by made_at limit 200
  `.execute(unit.db)
  return rows
}

export async function updateDeleted(unit: Unit, of: Of): Promise<void> {
  await sql`
    update subscribers.export set deleted_at = ${unit.now}
     where (branch_id, export_id) = (${of.branchId}, ${of.exportId})
  `.execute(unit.db)
}

type CardsAsked = Readonly<{
  branchId: string
  units: readonly string[]
  status: string | null
  endsFrom: string | null
  endsTo: string | null
}>

/** At most `limit` cards of these units by id, after one; contracts that end in [from, to). */
export async function selectCardsToExport(
  unit: Unit,
  of: CardsAsked,
  { after, limit }: Readonly<{ after: string; limit: number }>,
): Promise<Card[]> {
  const { rows } = await sql<Card>`
    select ${CARD} from subscribers.card
      join subscribers.standing on standing.branch_id = card.branch_id
     where card.branch_id = ${of.branchId} and card.unit_id = any (${[...of.units]}::text[])
       and (${of.status}::text is null or card.status = ${of.status})
       and (${of.endsFrom}::date is null or card.contract_end >= ${of.endsFrom}::date)
       and (${of.endsTo}::date is null or card.contract_end < ${of.endsTo}::date)
       and card.subscriber_id > ${after}
     order by card.subscriber_id limit ${limit}
  `.execute(unit.db)
  return rows
}
