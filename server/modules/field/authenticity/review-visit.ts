import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { reviewVisit as contract } from '#contract/visits.ts'
import { actionsAt, mayDo, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { visitOf } from '#worklists'
import { insertReview } from './review-store.ts'

/**
 * Keeps what came of looking at a visit, by whoever leads where the household lives or where the
 * person is posted; said again, the last word stands. It has no other effect.
 * @throws Refusal `branch-unknown`, `result-unknown`, `not-allowed`, `visit-own`, `not-for-tokens`
 */
export async function reviewVisit(
  unit: Unit,
  works: Works,
  of: Readonly<{ branchId: string; resultId: string }>,
  { verdict, note }: z.output<typeof contract.body>,
): Promise<z.input<typeof contract.response>> {
  const { actor } = unit
  if (actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  mayDo(actor, 'task:assign')
  await readBranch(unit, of.branchId)
  const visit = await visitOf(unit, works, of)
  if (visit.staffId === actor.id) throw new Refusal('forbidden', 'visit-own')
  const { unitId, staffUnitId } = visit
  const here = [...(await actionsAt(unit, unitId)), ...(await actionsAt(unit, staffUnitId))]
  if (!here.includes('task:assign'))
    throw new Refusal('forbidden', 'not-allowed', { action: 'task:assign' })
  await insertReview(unit, {
    ...{ ...of, reviewId: randomUUID(), verdict, note: note || null, reviewedBy: actor.id },
    ...{ subscriberId: visit.subscriberId, staffId: visit.staffId },
    ...{ unitId, assigneeUnitId: staffUnitId },
  })
  audit(unit, {
    ...{ branchId: of.branchId, action: 'visit.reviewed' },
    about: { kind: 'task', id: visit.taskId },
    values: { resultId: of.resultId, staff: visit.staffId, verdict },
  })
  return { standing: verdict }
}
