import { randomUUID } from 'node:crypto'
import { audit } from '#platform/audit/audit.ts'
import { dayOf } from '#platform/day.ts'
import type { HearResult } from '#worklists'
import { reasonIn } from './lapse.ts'
import { selectLapse } from './lapsed-store.ts'
import { insertReason } from './told-store.ts'

/**
 * Takes up what the result of a task says of why somebody lapsed: asked by whoever told it, when it
 * was, with the touch of the result as evidence. A better word that the register has stays. Where the
 * register does not know the lapse yet, the touch is proposed once it does.
 */
export const hearResult: HearResult = async (unit, { task, told, staffId, at }) => {
  const found = reasonIn(told)
  if (!found) return
  const { branchId, subscriberId } = task
  const lapse = await selectLapse(unit, { branchId, subscriberId })
  if (!lapse || lapse.closedAs !== null || lapse.contractEnd >= dayOf(at)) return
  const reasonId = randomUUID()
  await insertReason(
    unit,
    { branchId, subscriberId, lapseId: lapse.lapseId },
    {
      ...{ ...found, reasonId, detail: null, askedAt: at, askedBy: staffId },
      ...{ evidence: null, touchId: told.resultId, recordedBy: staffId },
    },
  )
  audit(unit, {
    ...{ branchId, action: 'lapse.reasoned', actor: staffId },
    about: { kind: 'subscriber', id: subscriberId },
    values: { reasonId },
  })
}
