import { sql } from 'kysely'
import type { VisitVerdict } from '#contract/visits.ts'
import type { Unit } from '#platform/unit.ts'

/** What came of looking at a visit. */
export type ReviewRow = Readonly<{
  resultId: string
  verdict: VisitVerdict
  note: string | null
  reviewedAt: Date
  reviewedBy: string
}>

/** Whose visit it was, and where; by which it is known who reads what was said of it. */
export type Reviewed = Readonly<{
  branchId: string
  subscriberId: string
  staffId: string
  unitId: string
  assigneeUnitId: string
}>

export async function insertReview(
  unit: Unit,
  row: Reviewed & Omit<ReviewRow, 'reviewedAt'> & Readonly<{ reviewId: string }>,
): Promise<void> {
  await sql`
    insert into field.visit_review (branch_id, review_id, result_id, subscriber_id, staff_id,
        unit_id, assignee_unit_id, verdict, note, reviewed_by)
    values (${row.branchId}, ${row.reviewId}, ${row.resultId}, ${row.subscriberId}, ${row.staffId},
      ${row.unitId}, ${row.assigneeUnitId}, ${row.verdict}, ${row.note}, ${row.reviewedBy})
  `.execute(unit.db)
}

/** What was said of these visits in scope, or of the own ones, the latest first. */
export async function selectReviews(
  unit: Unit,
  of: Readonly<{ branchId: string; resultIds: readonly string[] }>,
): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select result_id as "resultId", verdict, note, reviewed_at as "reviewedAt",
        reviewed_by as "reviewedBy"
      from field.visit_review
     where branch_id = ${of.branchId} and result_id = any (${[...of.resultIds]}::uuid[])
     order by reviewed_at desc, review_id
  `.execute(unit.db)
  return rows
}

/** Empties the words that were said of visits at these subscribers. */
export async function eraseReviews(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberIds: readonly string[] }>,
): Promise<void> {
  await sql`
    update field.visit_review set note = null
     where branch_id = ${of.branchId} and subscriber_id = any (${[...of.subscriberIds]}::text[])
       and note is not null
  `.execute(unit.db)
}

/** Everything that was said of visits at a subscriber, the latest first. */
export async function selectReviewsEver(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ review: Record<string, unknown> }>`
    select to_jsonb(said) - 'branch_id' as review from field.visit_review as said
     where (branch_id, subscriber_id) = (${of.branchId}, ${of.subscriberId})
     order by reviewed_at desc, review_id
  `.execute(unit.db)
  return rows.map(({ review }) => review)
}
