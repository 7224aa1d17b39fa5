import * as consent from '#contract/consents.ts'
import * as contract from '#contract/settings.ts'
import { abilitiesToSettle, namePeople } from '#people'
import type { Http } from '#platform/http.ts'
import type { Unit } from '#platform/unit.ts'
import { listConsents, recordConsentOf } from './consents.ts'
import { saveContactPolicy, standingPolicy } from './policy.ts'
import { selectPolicyHistory } from './store.ts'

export function contactRoutes(http: Http): void {
  http.serve(consent.listConsents, listConsents)
  http.serve(consent.recordConsent, async (unit, of, body) => {
    await recordConsentOf(unit, of, body)
    return listConsents(unit, of)
  })
  http.serve(contract.readContactPolicy, (unit, { unitId }) => settingsOf(unit, unitId))
  http.serve(contract.putContactPolicy, async (unit, { unitId }, policy) => {
    await saveContactPolicy(unit, unitId, policy)
    return settingsOf(unit, unitId)
  })
}

async function settingsOf(unit: Unit, unitId: string) {
  const { inForce, from, limits } = await standingPolicy(unit, unitId)
  const history = await selectPolicyHistory(unit, unitId)
  const whoIs = await namePeople(
    unit,
    history.map(({ savedBy }) => savedBy),
  )
  return {
    inForce,
    from: from && { unitId: from.unitId, name: from.name, version: from.version },
    limits: limits.map((each) => ({ ...each })),
    history: history.map(({ version, savedAt, savedBy, policy }) => ({
      ...{ version, savedAt: savedAt.toISOString(), savedBy, savedByName: whoIs(savedBy) },
      setting: policy,
    })),
    can: await abilitiesToSettle(unit, unitId),
  }
}
