import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { recordLapseReason, recordLapseReceipt } from '#contract/lapsed.ts'
import { mayDo, mayDoAt, staffNames } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { type ClosedAs, isDetailOf, STRENGTH } from './lapse.ts'
import type { LapseRow } from './lapsed-store.ts'
import { lapseOf, type OfSubscriber, readLapse, touchesOf } from './read-lapse.ts'
import { insertReason, insertReceipt } from './told-store.ts'

/**
 * Records why somebody in scope lapsed. Facts are appended: the reason heard last stands, and what
 * is told late about an earlier day does not replace it.
 * @throws Refusal `subscriber-unknown`, `never-lapsed`, `not-lapsed`, `lapse-detail-unfit`,
 * `lapse-asked-in-future`, `lapse-touch-unknown`, `staff-unknown`, `not-for-tokens`, `not-allowed`
 */
export async function recordReason(
  unit: Unit,
  works: Works,
  of: OfSubscriber,
  told: z.output<typeof recordLapseReason.body>,
) {
  const row = await openLapse(unit, works, of)
  const { branchId, subscriberId } = of
  const { reason, detail, touchId } = told
  if (!isDetailOf(reason, detail))
    throw new Refusal('invalid', 'lapse-detail-unfit', { detail: detail ?? '' })
  const askedAt = told.askedAt === null ? unit.now : new Date(told.askedAt)
  if (askedAt > unit.now) throw new Refusal('invalid', 'lapse-asked-in-future')
  const askedBy = await whoAsked(unit, branchId, told.askedBy)
  if (touchId !== null) {
    const touches = await touchesOf(unit, of)
    if (!touches.some(({ contactId }) => contactId === touchId))
      throw new Refusal('not-found', 'lapse-touch-unknown', { touch: touchId })
  }
  const reasonId = randomUUID()
  await insertReason(
    unit,
    { ...of, lapseId: row.lapseId },
    {
      ...{ reasonId, reason, detail, askedAt, askedBy, touchId },
      ...{ evidence: told.evidence || null, strength: STRENGTH.said, recordedBy: unit.actor.id },
    },
  )
  audit(unit, {
    ...{ branchId, action: 'lapse.reasoned', about: { kind: 'subscriber', id: subscriberId } },
    values: { reasonId },
  })
  return readLapse(unit, works, of)
}

/** Whoever records asked themselves, unless they say who did; a token asks nobody. */
async function whoAsked(unit: Unit, branchId: string, asker: string | null): Promise<string> {
  if (asker === null) {
    if (unit.actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
    return unit.actor.id
  }
  if (asker !== unit.actor.id && !(await staffNames(unit, branchId, [asker])).has(asker))
    throw new Refusal('not-found', 'staff-unknown', { staff: asker })
  return asker
}

/**
 * Records that somebody who lapsed has paid: from then on they count as won back, by payment until
 * an extract has the contract renewed.
 * @throws Refusal `subscriber-unknown`, `never-lapsed`, `not-lapsed`, `paid-in-future`,
 * `paid-before-lapse`, `receipt-taken`, `not-allowed`
 */
export async function recordReceipt(
  unit: Unit,
  works: Works,
  of: OfSubscriber,
  told: z.output<typeof recordLapseReceipt.body>,
) {
  const row = await openLapse(unit, works, of)
  const { branchId, subscriberId } = of
  if (told.paidOn > dayOf(unit.now)) throw new Refusal('invalid', 'paid-in-future')
  if (told.paidOn < row.contractEnd)
    throw new Refusal('invalid', 'paid-before-lapse', { end: row.contractEnd })
  if (!(await insertReceipt(unit, { ...of, lapseId: row.lapseId }, told)))
    throw new Refusal('conflict', 'receipt-taken', { receipt: told.receiptNo })
  audit(unit, {
    ...{ branchId, action: 'lapse.paid', about: { kind: 'subscriber', id: subscriberId } },
    values: { receipt: told.receiptNo, amountFen: told.amountFen, day: told.paidOn },
  })
  return readLapse(unit, works, of)
}

/** A lapse that is not over, of somebody where the actor may record. */
async function openLapse(unit: Unit, works: Works, of: OfSubscriber): Promise<LapseRow> {
  mayDo(unit.actor, 'touch:record')
  const { row } = await lapseOf(unit, works, of)
  await mayDoAt(unit, row.unitId, 'touch:record')
  if (row.closedAs !== null)
    throw new Refusal('conflict', 'not-lapsed', {
      subscriber: of.subscriberId,
      ...NOW[row.closedAs],
    })
  return row
}

const NOW: Readonly<Record<ClosedAs, { nowZh: string; nowEn: string }>> = {
  renewed: { nowZh: '已续约', nowEn: 'the contract was renewed' },
  terminated: { nowZh: '已拆机', nowEn: 'it was terminated' },
  gone: { nowZh: '已不在数据中', nowEn: 'gone from the extract' },
  corrected: { nowZh: '合约到期日已更正', nowEn: 'another contract end is stated' },
}
