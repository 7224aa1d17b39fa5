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
