import { sql } from 'kysely'
import type { CorrectedField } from '#contract/subject.ts'
import { selectLatestPage } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'

export type CorrectionEnd = 'taken-over' | 'withdrawn' | 'replaced' | 'erased'

/** A correction as the ledger keeps it; its value is sealed, and null once it has ended. */
export type CorrectionRecord = Readonly<{
  branchId: string
  correctionId: string
  subscriberId: string
  field: CorrectedField
  sealed: Uint8Array | null
  number: string
  recordedBy: string
  recordedAt: Date
  endedAt: Date | null
  endedAs: CorrectionEnd | null
}>

const CORRECTION = sql`correction.branch_id as "branchId", correction_id as "correctionId",
  correction.subscriber_id as "subscriberId", field, sealed, number, recorded_by as "recordedBy",
  recorded_at as "recordedAt", ended_at as "endedAt", ended_as as "endedAs"`

type Of = Readonly<{ branchId: string; correctionId: string }>

export async function insertCorrection(
  unit: Unit,
  of: Of &
    Pick<CorrectionRecord, 'subscriberId' | 'field' | 'number'> &
    Readonly<{ sealed: Uint8Array }>,
): Promise<void> {
  await sql`
    insert into subscribers.correction (branch_id, correction_id, subscriber_id, field, sealed,
      number, recorded_by, recorded_at)
    values (${of.branchId}, ${of.correctionId}, ${of.subscriberId}, ${of.field}, ${of.sealed},
      ${of.number}, ${unit.actor.id}, ${unit.now})
  `.execute(unit.db)
}

export async function selectCorrection(unit: Unit, of: Of): Promise<CorrectionRecord | undefined> {
  const { rows } = await sql<CorrectionRecord>`
    select ${CORRECTION} from subscribers.correction
     where (branch_id, correction_id) = (${of.branchId}, ${of.correctionId})
  `.execute(unit.db)
  return rows[0]
}

/** The corrections of a branch that stand, of one subscriber or of all; few. */
export async function selectOpenCorrections(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId?: string }>,
): Promise<CorrectionRecord[]> {
  const one = of.subscriberId === undefined ? sql`` : sql`and subscriber_id = ${of.subscriberId}`
  const { rows } = await sql<CorrectionRecord>`
    select ${CORRECTION} from subscribers.correction
     where branch_id = ${of.branchId} and ended_at is null ${one}
     order by subscriber_id, field
  `.execute(unit.db)
  return rows
}

/** All that was ever recorded of a subscriber, the latest first. */
export async function selectCorrectionsOf(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<CorrectionRecord[]> {
  const { rows } = await sql<CorrectionRecord>`
    select ${CORRECTION} from subscribers.correction
     where (branch_id, subscriber_id) = (${of.branchId}, ${of.subscriberId})
     order by recorded_at desc, correction_id
  `.execute(unit.db)
  return rows
}

/** Those that stand are sorted as if they were of the next millennium, so that they come first. */
const PLACE = sql`case when ended_at is null then recorded_at + interval '1000 years' else ended_at end`

/** A page of the corrections in scope: those that stand first, then the latest to end. */
export const selectCorrections = (
  unit: Unit,
  of: Readonly<{ branchId: string; cursor?: string | undefined; limit: number }>,
) =>
  selectLatestPage<CorrectionRecord & { place: Date }>(unit, {
    columns: sql`${CORRECTION}, ${PLACE} as place`,
    from: sql`subscribers.correction`,
    where: sql`branch_id = ${of.branchId}`,
    ...{ at: PLACE, id: sql`correction_id::text` },
    markOf: ({ place, correctionId }) => ({ at: place, id: correctionId }),
    ...{ cursor: of.cursor, limit: of.limit },
  })

/** Ends one that stands and takes its value away; false when it had ended. */
export async function endCorrection(
  unit: Unit,
  of: Of & Readonly<{ as: CorrectionEnd }>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update subscribers.correction set ended_at = ${unit.now}, ended_as = ${of.as}, sealed = null
     where (branch_id, correction_id) = (${of.branchId}, ${of.correctionId}) and ended_at is null
  `.execute(unit.db)
  return numAffectedRows === 1n
}

/** Ends all that stand of those who are erased. */
export async function endErasedCorrections(unit: Unit, branchId: string): Promise<void> {
  await sql`
    update subscribers.correction
       set ended_at = ${unit.now}, ended_as = 'erased', sealed = null
      from subscribers.erased
     where correction.branch_id = ${branchId} and correction.ended_at is null
       and erased.branch_id = correction.branch_id
       and erased.subscriber_id = correction.subscriber_id
  `.execute(unit.db)
}

/** Every correction that stands, of all branches, held until the unit ends. */
export async function lockOpenCorrections(unit: Unit): Promise<CorrectionRecord[]> {
  const { rows } = await sql<CorrectionRecord>`
    select ${CORRECTION} from subscribers.correction where ended_at is null
     order by branch_id, correction_id for update
  `.execute(unit.db)
  return rows
}

export async function updateCorrectionSealed(
  unit: Unit,
  of: Of & Readonly<{ sealed: Uint8Array }>,
): Promise<void> {
  await sql`
    update subscribers.correction set sealed = ${of.sealed}
     where (branch_id, correction_id) = (${of.branchId}, ${of.correctionId})
  `.execute(unit.db)
}

/** Holds a card that is in scope until the unit ends, so that nobody else changes it. */
export async function lockCard(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<void> {
  await sql`
    select from subscribers.card
     where (branch_id, subscriber_id) = (${of.branchId}, ${of.subscriberId}) for update
  `.execute(unit.db)
}

/** What of a card tells who somebody is, and by what it is found. */
export async function updateCardIdentity(
  unit: Unit,
  of: Readonly<{
    branchId: string
    subscriberId: string
    identity: Uint8Array | null
    nameInitials: string | null
    nameIndex: string | null
    numberIndex: string | null
    address: string | null
  }>,
): Promise<void> {
  await sql`
    update subscribers.card
       set identity = ${of.identity}, name_initials = ${of.nameInitials},
           name_index = ${of.nameIndex}, number_index = ${of.numberIndex}, address = ${of.address}
     where (branch_id, subscriber_id) = (${of.branchId}, ${of.subscriberId})
  `.execute(unit.db)
}
