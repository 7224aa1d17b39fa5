import { audit } from '#platform/audit/audit.ts'
import { sha256Hex } from '#platform/hash.ts'
import type { Unit } from '#platform/unit.ts'
import { selectBranchOf } from './organisation/unit-store.ts'
import { branchOf } from './organisation/units.ts'

/** What the trail keeps of organisation and sign-in: each in the chain of the branch it belongs to. */
export async function auditUnit(unit: Unit, unitId: string, values: object): Promise<void> {
  const about = { kind: 'unit', id: unitId } as const
  const branchId = await branchOf(unit, unitId)
  audit(unit, { branchId, action: 'unit.changed', about, values: { ...values } })
}

type OfStaff = 'staff.changed' | 'password.given' | 'account.unlocked' | 'second-factor.reset'

export async function auditStaff(
  unit: Unit,
  of: Readonly<{ staffId: string; unitId: string }>,
  action: OfStaff,
  values: Readonly<Record<string, string | null>> = {},
): Promise<void> {
  const about = { kind: 'staff', id: of.staffId } as const
  audit(unit, { branchId: await branchOf(unit, of.unitId), action, about, values })
}

type Session =
  | 'session.opened'
  | 'session.closed'
  | 'session.refused'
  | 'session.ended'
  | 'password.changed'
  | 'second-factor.enrolled'
  | 'second-factor.removed'
  | 'second-factor.recovered'
type SignedIn = Readonly<{ account: string; staffId: string | null; address: string | null }>

/** In a unit of the system: who signs in or out has no ticket yet, or no longer. */
export async function auditSession(
  unit: Unit,
  action: Session,
  { account, staffId, address }: SignedIn,
  code?: string,
): Promise<void> {
  audit(unit, {
    branchId: await selectBranchOf(unit, staffId ?? ''), // asked for nobody too: it takes as long
    ...{ action, about: { kind: 'account', id: staffId === null ? unknown(account) : account } },
    values: { address, ...(code !== undefined && { code }) },
    ...(staffId !== null && action !== 'session.refused' && { actor: staffId }),
  })
}

/**
 * What was typed where no account is known may be a password in the wrong field, and the trail is
 * for ever: enough is kept to see the same text again, too little to find it out.
 */
const unknown = (typed: string) => `unknown-${sha256Hex(typed).slice(0, 6)}`
