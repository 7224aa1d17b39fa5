import { contactsOf } from '#contacts'
import { LapseReason, ReceiptNo } from '#contract/lapsed.ts'
import { namePeople, readBranch, staffNames, unitNames } from '#people'
import { type Day, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { readCard, withoutNumbers } from '#subscribers'
import { resultsEver } from '#worklists'
import { keepRegister } from './keep-register.ts'
import { viewLapses } from './lapse-view.ts'
import { type LapseRow, selectLapse } from './lapsed-store.ts'
import { placesByCode } from './places.ts'
import { selectReasons, selectReceipts } from './told-store.ts'

export type OfSubscriber = Readonly<{ branchId: string; subscriberId: string }>

/**
 * The lapse of a subscriber in scope, of a register that is up to the cards.
 * @throws Refusal `subscriber-unknown`, `never-lapsed`
 */
export async function lapseOf(
  unit: Unit,
  works: Works,
  of: OfSubscriber,
): Promise<Readonly<{ row: LapseRow; asOf: string | null }>> {
  const { branchId, subscriberId } = of
  await readBranch(unit, branchId)
  const { asOf } = await keepRegister(unit, works, branchId)
  const row = await selectLapse(unit, of)
  if (row) return { row, asOf }
  if (await readCard(unit, branchId, subscriberId))
    throw new Refusal('not-found', 'never-lapsed', { subscriber: subscriberId })
  throw new Refusal('not-found', 'subscriber-unknown', { subscriber: subscriberId })
}

/**
 * Everything that is known of the lapse of one subscriber: what was said, what was paid, and what
 * touches since suggest. @throws Refusal `subscriber-unknown`, `never-lapsed`
 */
export async function readLapse(unit: Unit, works: Works, of: OfSubscriber) {
  const { row, asOf } = await lapseOf(unit, works, of)
  const { branchId } = of
  const units = await unitNames(unit, branchId)
  const places = await placesByCode(unit, branchId)
  const today = dayOf(unit.now)
  const [lapse] = await viewLapses(unit, [row], { branchId, units, places, asOf, today })
  if (!lapse) throw new Error('a line has a view')
  const reasons = await selectReasons(unit, of)
  const receipts = await selectReceipts(unit, of)
  const nameOf = await namePeople(unit, [
    ...reasons.flatMap(({ askedBy, recordedBy }) => [askedBy, recordedBy]),
    ...receipts.map(({ recordedBy }) => recordedBy),
  ])
  const results = await resultsEver(unit, of)
  const chosen = new Map(results.map(({ result_id, reason }) => [String(result_id), reason]))
  const names = await staffNames(unit, branchId)
  const used = new Set(reasons.map(({ touchId }) => touchId))
  return {
    ...{ asOf, lapse },
    reasons: reasons.map(({ askedBy, askedAt, recordedAt, recordedBy, detail, ...told }) => ({
      ...told,
      evidence: told.evidence && withoutNumbers(told.evidence),
      detail: detail as never, // of the list of details, as the contract checks
      askedAt: askedAt.toISOString(),
      askedByName: nameOf(askedBy),
      recordedAt: recordedAt.toISOString(),
      recordedByName: nameOf(recordedBy),
    })),
    receipts: receipts.map(({ recordedAt, recordedBy, ...told }) => ({
      ...told,
      recordedAt: recordedAt.toISOString(),
      recordedByName: nameOf(recordedBy),
    })),
    proposals: (await touchesOf(unit, of)).flatMap((touch) => {
      const reason = impliedBy(touch, chosen.get(touch.contactId))
      if (!reason || used.has(touch.contactId) || dayOf(new Date(touch.at)) <= row.contractEnd)
        return []
      const { contactId: touchId, at, channel, staffName } = touch
      return [{ reason, touchId, at, channel, staffName }]
    }),
    receiptProposals: paidBy(results, row, receipts).map(({ staffId, ...paid }) => ({
      ...{ ...paid, staffName: names.get(staffId) ?? null },
    })),
  }
}

type Paid = Readonly<{
  touchId: string
  receiptNo: string
  paidOn: Day
  amountFen: number | null
  staffId: string
}>

/** The receipts of renewals and payments that results told of since the lapse, and nobody has recorded. */
function paidBy(
  results: readonly Record<string, unknown>[],
  { contractEnd }: LapseRow,
  recorded: readonly Readonly<{ receiptNo: string }>[],
): Paid[] {
  const known = new Set(recorded.map(({ receiptNo }) => receiptNo))
  return results.flatMap((told) => {
    const receiptNo = ReceiptNo.safeParse(told.receipt).data
    const paidOn = String(told.day)
    const isPaid = told.done_what === 'renewal' || told.done_what === 'payment'
    if (!isPaid || receiptNo === undefined || known.has(receiptNo) || paidOn <= contractEnd)
      return []
    const amountFen = typeof told.amount_fen === 'number' ? told.amount_fen : null
    const touchId = String(told.result_id)
    return [{ touchId, receiptNo, paidOn, amountFen, staffId: String(told.staff_id) }]
  })
}

type Touch = Awaited<ReturnType<typeof contactsOf>>[number]

/** The latest touches of the subscriber alone, not of the home. */
export const touchesOf = (unit: Unit, { branchId, subscriberId }: OfSubscriber): Promise<Touch[]> =>
  contactsOf(unit, branchId, { householdId: '', subscriberIds: [subscriberId] })

/** The reason that was chosen with the result of a task, or that the touch itself comes to. */
function impliedBy({ reason, result }: Touch, chosen: unknown): LapseReason | undefined {
  const said = LapseReason.safeParse(chosen ?? reason)
  if (said.success) return said.data
  return result === 'moved' || result === 'competitor' ? result : undefined
}
