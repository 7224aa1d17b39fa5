import type { Unit } from '#platform/unit.ts'
import { insertPolicy, selectPolicy } from './store.ts'

/**
 * What a branch lets its people do to a household for marketing: at most `perChannel` touches on
 * one channel within `perChannelDays`, and `inTotal` on all of them within `totalDays`. A branch
 * may also treat the renewal of a running contract as marketing.
 */
export type ContactPolicy = Readonly<{
  perChannel: number
  perChannelDays: number
  inTotal: number
  totalDays: number
  renewalIsMarketing: boolean
}>

export const DEFAULT_POLICY: ContactPolicy = {
  perChannel: 1,
  perChannelDays: 7,
  inTotal: 3,
  totalDays: 30,
  renewalIsMarketing: false,
}

/** The rules that hold in a branch: the latest version it saved, else those of the house. */
export async function contactPolicy(unit: Unit, branchId: string): Promise<ContactPolicy> {
  return (await selectPolicy(unit, branchId)) ?? DEFAULT_POLICY
}

export async function saveContactPolicy(
  unit: Unit,
  branchId: string,
  policy: ContactPolicy,
): Promise<void> {
  await insertPolicy(unit, branchId, policy)
}
