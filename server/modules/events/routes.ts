import * as contract from '#contract/events.ts'
import * as settings from '#contract/settings.ts'
import { settle, showSettings } from '#people'
import type { Http } from '#platform/http.ts'
import { callOffEvent, planEvent } from './plan-event.ts'
import { listEvents, readEvent, readEventCoverage } from './read-events.ts'
import { EVENT_RULES } from './rules.ts'
import { type Around, proveEvent, reportEvent } from './tell-event.ts'

export function eventRoutes(http: Http, around: Around): void {
  http.serve(contract.planEvent, planEvent)
  http.serve(contract.listEvents, listEvents)
  http.serve(contract.readEvent, readEvent)
  http.serve(contract.callOffEvent, callOffEvent)
  http.serve(contract.proveEvent, (unit, of, told) => proveEvent(unit, around, of, told))
  http.serve(contract.reportEvent, (unit, of, told) => reportEvent(unit, around, of, told))
  http.serve(contract.readEventCoverage, readEventCoverage)
  http.serve(settings.readEventRules, (unit, { unitId }) => showSettings(unit, unitId, EVENT_RULES))
  http.serve(settings.putEventRules, (unit, { unitId }, rules) =>
    settle(unit, unitId, EVENT_RULES, rules),
  )
}
