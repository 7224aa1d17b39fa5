import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { auditStaff } from '../audited.ts'
import { resetFactorOf } from './second-factor-store.ts'
import { unlockAccount } from './sign-in-store.ts'

type Helped = Readonly<{ staffId: string; unitId: string }>

/** Takes a lock and all counted failures off a person’s account: whether there were any. */
export const unlock = (unit: Unit, of: Helped): Promise<boolean> =>
  helped(unit, of, 'account.unlocked', unlockAccount)

/** Takes a person’s second factor away, and ends the sessions: whether there was one. */
export const resetFactor = (unit: Unit, of: Helped): Promise<boolean> =>
  helped(unit, of, 'second-factor.reset', resetFactorOf)

/** The database says whether the actor may; what changed nothing is not told. */
async function helped(
  unit: Unit,
  of: Helped,
  action: 'account.unlocked' | 'second-factor.reset',
  help: (unit: Unit, staffId: string) => Promise<boolean | null>,
): Promise<boolean> {
  const had = await help(unit, of.staffId)
  if (had === null) throw new Refusal('forbidden', 'not-allowed', { action: 'staff:passwords' })
  if (had) await auditStaff(unit, of, action)
  return had
}
