import * as organisation from '#contract/organisation.ts'
import * as session from '#contract/session.ts'
import * as settings from '#contract/settings.ts'
import type { Http } from '#platform/http.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { auditStaff } from '../audited.ts'
import { mayDo } from '../policy.ts'
import { settle, showSettings } from '../settings.ts'
import { readPerson } from '../staff/staff.ts'
import { resetFactor, unlock } from './help.ts'
import { setPassword } from './passwords.ts'
import { rulesFor, SIGN_IN_RULES } from './sign-in-rules.ts'

/** What an administrator does about the accounts of others, and how all of them sign in. */
export function accountRoutes(http: Http): void {
  http.serve(organisation.setStaffPassword, async (unit, { staffId }, { password }) => {
    const { unitId } = await personToHelp(unit, staffId)
    await setPassword(unit, staffId, password, { given: true })
    await auditStaff(unit, { staffId, unitId }, 'password.given')
    await unlock(unit, { staffId, unitId })
    return { done: true } as const
  })
  http.serve(session.unlockStaff, async (unit, { staffId }) => {
    return { had: await unlock(unit, await personToHelp(unit, staffId)) }
  })
  http.serve(session.resetSecondFactor, async (unit, { staffId }) => {
    return { had: await resetFactor(unit, await personToHelp(unit, staffId)) }
  })
  http.serve(settings.readSignInRules, (unit, { unitId }) =>
    showSettings(unit, unitId, SIGN_IN_RULES),
  )
  http.serve(settings.putSignInRules, (unit, { unitId }, { secondFactorFor }) =>
    settle(unit, unitId, SIGN_IN_RULES, rulesFor(secondFactorFor)),
  )
}

/**
 * Whom an administrator helps: somebody else. For oneself the password and the code are asked for,
 * so that an open session alone does not change them.
 */
async function personToHelp(unit: Unit, staffId: string) {
  mayDo(unit.actor, 'staff:passwords')
  if (unit.actor.id === staffId) throw new Refusal('forbidden', 'own-account-elsewhere')
  return readPerson(unit, staffId)
}
