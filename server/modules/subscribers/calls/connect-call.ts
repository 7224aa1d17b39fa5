import type { UnmaskPurpose } from '#contract/personal.ts'
import { readPerson } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Actor, onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { calledBy } from '../identity/identity.ts'
import { selectErasedAt } from '../subjects/erasure-store.ts'
import { mayReach, mayRing, type Reaching, type UnmaskEffects } from '../unmask/may-reach.ts'
import { raiseAlarms } from '../unmask/raise-alarms.ts'
import { alarmOfHours } from '../unmask/unmask-alarms.ts'
import { lockCount, selectCount } from '../unmask/unmask-store.ts'
import { insertCall } from './call-store.ts'
import type { Call, CallGateway } from './gateway.ts'

/** A wish to call: `callId` is the same when the same wish is told again. */
export type CallWish = Reaching & Readonly<{ callId: string }>

export type Calling = Readonly<{
  works: Works
  effects: UnmaskEffects
  /** Null where the installation has none. */
  gateway: CallGateway | null
}>

/** Purposes for which the subscriber has turned to us, and expects the call also in quiet hours. */
const ASKED_FOR: ReadonlySet<UnmaskPurpose> = new Set(['customer-present', 'complaint'])

/**
 * Has the call platform ring the actor and then the subscriber; nobody here sees the number. Whoever
 * may see it in clear may call, and it counts for no limit. The platform is asked outside of any
 * transaction, once the trail says so, and once for a wish: what came of an earlier try, even one cut
 * off by a crash, is not tried again.
 * @throws Refusal as `mayReach`; `call-off`, `call-person-erased`, `call-number-missing`,
 * `call-quiet-hours`, `call-extension-missing`, `call-tried`, `touch-closed`, and those of the platform.
 */
export async function connectCall(
  calling: Calling,
  actor: Actor,
  wish: CallWish,
): Promise<Readonly<{ callId: string; at: Date }>> {
  const { run } = calling.works
  const { gateway, call } = await run(actor, (unit) => beginCall(unit, calling, wish))
  try {
    await gateway.connect(call)
  } catch (error) {
    await run(actor, async (unit) => tellFailure(unit, wish, error))
    throw error
  }
  return { callId: call.callId, at: call.at }
}

/** Records that the call is made, and says what the platform has to know for it. */
async function beginCall(
  unit: Unit,
  { works, effects, gateway }: Calling,
  wish: CallWish,
): Promise<Readonly<{ gateway: CallGateway; call: Call }>> {
  const { branchId, subscriberId, callId, purpose } = wish
  const { card, ownTask } = await mayReach(unit, wish, { works, effects })
  if (!gateway) throw new Refusal('conflict', 'call-off')
  const { erasedAt, quiet } = await onBehalfOf(unit, works.system, async (system) => ({
    erasedAt: await selectErasedAt(system, { branchId, subscriberId }),
    quiet: await effects.isQuietNow(system, branchId),
  }))
  if (erasedAt) throw new Refusal('conflict', 'call-person-erased', { subscriber: subscriberId })
  const { phone: to } = calledBy(unit.keys, card)
  if (!to) throw new Refusal('conflict', 'call-number-missing', { subscriber: subscriberId })
  if (quiet && !ASKED_FOR.has(purpose)) throw new Refusal('conflict', 'call-quiet-hours')
  const { staffId, extension: from } = await readPerson(unit, unit.actor.id)
  if (from === null) throw new Refusal('conflict', 'call-extension-missing')
  const day = dayOf(unit.now)
  await lockCount(unit, staffId)
  const record = { ...{ branchId, callId, staffId, day, subscriberId, purpose, ownTask } }
  if (!(await insertCall(unit, { ...record, note: wish.note.trim() })))
    throw new Refusal('conflict', 'call-tried')
  const touchPurpose = await mayRing(unit, { card, ownTask, reaching: wish }, effects)
  audit(unit, {
    ...{ branchId, action: 'call.connected', about: { kind: 'subscriber', id: subscriberId } },
    values: { purpose, touchPurpose, callId },
  })
  if (quiet) await tellHours(unit, works, branchId)
  return { gateway, call: { callId, branchId, from, to, at: unit.now } }
}

/** Who calls in the quiet hours sets off the alarm that who sees clear text then does. */
const tellHours = (unit: Unit, works: Works, branchId: string): Promise<void> =>
  raiseAlarms(unit, works, {
    branchId,
    unusualOn: async (system, day) => {
      const { all } = await selectCount(system, { staffId: unit.actor.id, day })
      return [alarmOfHours(all)]
    },
  })

function tellFailure(unit: Unit, { branchId, subscriberId, callId }: CallWish, error: unknown) {
  const because = error instanceof Refusal ? (error.values.because ?? error.code) : 'defect'
  audit(unit, {
    ...{ branchId, action: 'call.failed', about: { kind: 'subscriber', id: subscriberId } },
    values: { callId, because },
  })
}
