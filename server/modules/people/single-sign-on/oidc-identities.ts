import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { namePeople } from '../name-people.ts'
import { branchOf } from '../organisation/units.ts'
import { mayDo } from '../policy.ts'
import { rolesThat } from '../roles.ts'
import { selectIsManagedBy } from '../staff/post-store.ts'
import { readPerson } from '../staff/staff.ts'
import type { Provider } from './oidc.ts'
import { BY_ACCOUNT } from './oidc-sign-in.ts'
import {
  deleteIdentity,
  deleteProviderSessions,
  insertIdentity,
  selectIdentity,
} from './oidc-store.ts'

type OfPerson = Readonly<{ works: Works; provider: Provider; staffId: string }>

/** The main account of a person in scope; null while there is none. @throws Refusal `staff-unknown`. */
export async function readIdentity(unit: Unit, { works, provider, staffId }: OfPerson) {
  await lookAfter(unit, staffId)
  const issuer = provider.settings.issuer.href
  const identity = await onBehalfOf(unit, works.system, (own) =>
    selectIdentity(own, issuer, staffId),
  )
  if (!identity) return { identity: null }
  const { subject, linkedAt, linkedBy } = identity
  const whoIs = await namePeople(unit, [linkedBy])
  return {
    identity: {
      ...{ subject, linkedAt: linkedAt.toISOString() },
      linkedBy: linkedBy === BY_ACCOUNT ? OF_ITSELF : whoIs(linkedBy),
    },
  }
}
const OF_ITSELF = { zh: '首次登录时按帐号关联', en: 'By account, at the first sign-in' }

/**
 * Links a main account to a person in scope, who then signs in with it. @throws Refusal
 * `staff-unknown`, `identity-taken` where either is linked already.
 */
export async function linkIdentity(
  unit: Unit,
  of: OfPerson & Readonly<{ subject: string }>,
): Promise<void> {
  const { works, staffId, subject } = of
  const unitId = await lookAfter(unit, staffId)
  const main = { issuer: of.provider.settings.issuer.href, subject }
  const linked = await onBehalfOf(unit, works.system, (own) =>
    insertIdentity(own, { ...main, staffId, linkedBy: unit.actor.id }),
  )
  if (!linked) throw new Refusal('conflict', 'identity-taken')
  await tell(unit, 'identity.linked', { staffId, unitId, subject })
}

/**
 * The unit of a person whose ways to sign in the actor looks after. @throws Refusal `staff-unknown`,
 * `not-allowed` where the person has a post that is somebody else’s to look after.
 */
async function lookAfter(unit: Unit, staffId: string): Promise<string> {
  const action = 'staff:passwords'
  mayDo(unit.actor, action)
  const { unitId } = await readPerson(unit, staffId)
  if (!(await selectIsManagedBy(unit, staffId, rolesThat(action))))
    throw new Refusal('forbidden', 'not-allowed', { action })
  return unitId
}

/** Unlinks it, and ends the sessions that it opened. @throws Refusal `staff-unknown`. */
export async function unlinkIdentity(unit: Unit, of: OfPerson): Promise<void> {
  const { works, staffId } = of
  const unitId = await lookAfter(unit, staffId)
  const issuer = of.provider.settings.issuer.href
  const ended = await onBehalfOf(unit, works.system, async (own) => {
    const identity = await selectIdentity(own, issuer, staffId)
    if (!identity) return null
    const { subject } = identity
    await deleteIdentity(own, issuer, staffId)
    const sessions = await deleteProviderSessions(own, { issuer, subject, sid: null })
    return { subject, sessions: sessions.length }
  })
  if (ended) await tell(unit, 'identity.unlinked', { staffId, unitId, ...ended })
}

async function tell(
  unit: Unit,
  action: 'identity.linked' | 'identity.unlinked',
  of: Readonly<{ staffId: string; unitId: string; subject: string; sessions?: number }>,
): Promise<void> {
  const { staffId, unitId, subject, sessions = 0 } = of
  audit(unit, {
    branchId: await branchOf(unit, unitId),
    ...{ action, about: { kind: 'staff', id: staffId } },
    values: { subject, way: 'by-hand', sessions },
  })
}
