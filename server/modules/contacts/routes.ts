import * as consent from '#contract/consents.ts'
import * as contract from '#contract/settings.ts'
import { settle, showSettings } from '#people'
import type { Http } from '#platform/http.ts'
import { listConsents, recordConsentOf } from './consents.ts'
import { CONTACT_RULES } from './policy.ts'

export function contactRoutes(http: Http): void {
  http.serve(consent.listConsents, listConsents)
  http.serve(consent.recordConsent, async (unit, of, body) => {
    await recordConsentOf(unit, of, body)
    return listConsents(unit, of)
  })
  http.serve(contract.readContactPolicy, (unit, { unitId }) =>
    showSettings(unit, unitId, CONTACT_RULES),
  )
  http.serve(contract.putContactPolicy, (unit, { unitId }, policy) =>
    settle(unit, unitId, CONTACT_RULES, policy),
  )
}
