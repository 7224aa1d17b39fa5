import * as consent from '#contract/consents.ts'
import * as contract from '#contract/settings.ts'
import * as touch from '#contract/touches.ts'
import { settle, showSettings } from '#people'
import type { Http } from '#platform/http.ts'
import type { Works } from '#platform/works.ts'
import { listConsents, recordConsentOf } from './consents.ts'
import { CONTACT_RULES } from './policy.ts'
import { readGates, recordTouchOf } from './touches.ts'

export function contactRoutes(http: Http, works: Works): void {
  http.serve(touch.readTouchGates, (unit, of) => readGates(unit, works, of))
  http.serve(touch.recordTouch, (unit, of, told) => recordTouchOf(unit, works, of, told))
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
