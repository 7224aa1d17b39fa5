import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

export type OfEvidence = Readonly<{ branchId: string; evidenceId: string }>

export type EvidenceRecord = OfEvidence &
  Readonly<{
    staffId: string
    unitId: string
    sentAt: Date
    bytes: number
    type: string
    sha256: string
    /** From when on its bytes are not kept. */
    goneAt: Date | null
  }>

const EVIDENCE = sql`branch_id as "branchId", evidence_id as "evidenceId", staff_id as "staffId",
  unit_id as "unitId", sent_at as "sentAt", bytes, type, sha256, gone_at as "goneAt"`

/** Adds a photo; false if its number is taken, after waiting for whoever is taking it. */
export async function insertEvidence(
  unit: Unit,
  of: Omit<EvidenceRecord, 'sentAt' | 'goneAt'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into field.evidence (branch_id, evidence_id, staff_id, unit_id, sent_at, bytes, type, sha256)
    values (${of.branchId}, ${of.evidenceId}, ${of.staffId}, ${of.unitId}, ${unit.now}, ${of.bytes},
      ${of.type}, ${of.sha256})
    on conflict do nothing
    returning 1`.execute(unit.db)
  return rows.length > 0
}

export async function selectEvidence(
  unit: Unit,
  { branchId, evidenceId }: OfEvidence,
): Promise<EvidenceRecord | undefined> {
  const { rows } = await sql<EvidenceRecord>`
    select ${EVIDENCE} from field.evidence
     where (branch_id, evidence_id) = (${branchId}, ${evidenceId})`.execute(unit.db)
  return rows[0]
}

/** The photos whose bytes are kept, of all branches in scope, in order of their numbers from one on. */
export async function selectKept(
  unit: Unit,
  of: Readonly<{ after: OfEvidence | null; limit: number }>,
): Promise<EvidenceRecord[]> {
  const from = of.after
    ? sql`and (branch_id, evidence_id) > (${of.after.branchId}, ${of.after.evidenceId})`
    : sql``
  const { rows } = await sql<EvidenceRecord>`
    select ${EVIDENCE} from field.evidence
     where gone_at is null ${from}
     order by branch_id, evidence_id limit ${of.limit}`.execute(unit.db)
  return rows
}

/** The photos of these numbers. */
export async function selectEvidenceOf(
  unit: Unit,
  of: Readonly<{ branchId: string; evidenceIds: readonly string[] }>,
): Promise<EvidenceRecord[]> {
  const { rows } = await sql<EvidenceRecord>`
    select ${EVIDENCE} from field.evidence
     where branch_id = ${of.branchId} and evidence_id = any (${[...of.evidenceIds]}::uuid[])
     order by evidence_id`.execute(unit.db)
  return rows
}

/** The oldest photos whose bytes are kept and that were sent before an instant. */
export async function selectKeptBefore(
  unit: Unit,
  of: Readonly<{ before: Date; limit: number }>,
): Promise<EvidenceRecord[]> {
  const { rows } = await sql<EvidenceRecord>`
    select ${EVIDENCE} from field.evidence
     where gone_at is null and sent_at < ${of.before}
     order by sent_at, branch_id, evidence_id limit ${of.limit}`.execute(unit.db)
  return rows
}

/** Notes that the bytes of a photo are not kept any more. */
export async function updateGone(
  unit: Unit,
  { branchId, evidenceId }: OfEvidence,
  as: 'erased' | 'forgotten',
): Promise<void> {
  await sql`
    update field.evidence set gone_at = ${unit.now}, gone_as = ${as}
     where (branch_id, evidence_id) = (${branchId}, ${evidenceId}) and gone_at is null
  `.execute(unit.db)
}

/** Of a photo: whose it is, whether its bytes are kept, and which others look the same. */
export type PhotoLook = Readonly<{
  evidenceId: string
  staffId: string
  isKept: boolean
  /** The first that look the same and were sent before it, the earliest first. */
  before: readonly Readonly<{ evidenceId: string; sentAt: string }>[]
}>

/** More than a result has photos, so that one of them is of another result. */
const TWINS = 7

/** How photos look to a machine, by their numbers; nothing of those that have not arrived. */
export async function selectLooks(
  unit: Unit,
  of: Readonly<{ branchId: string; evidenceIds: readonly string[] }>,
): Promise<PhotoLook[]> {
  const { rows } = await sql<PhotoLook>`
    select evidence_id as "evidenceId", staff_id as "staffId", gone_at is null as "isKept",
        coalesce((select jsonb_agg(twin) from (
          select other.evidence_id as "evidenceId", other.sent_at as "sentAt"
            from field.evidence as other
           where (other.branch_id, other.sha256) = (evidence.branch_id, evidence.sha256)
             and (other.sent_at, other.evidence_id) < (evidence.sent_at, evidence.evidence_id)
           order by other.sent_at, other.evidence_id limit ${TWINS}) as twin), '[]') as before
      from field.evidence
     where branch_id = ${of.branchId} and evidence_id = any (${[...of.evidenceIds]}::uuid[])
     order by evidence_id
  `.execute(unit.db)
  return rows
}
