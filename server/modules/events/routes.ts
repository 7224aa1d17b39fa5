import * as contract from '#contract/events.ts'
import * as settings from '#contract/settings.ts'
import { settle, showSettings } from '#people'
import type { Http } from '#platform/http.ts'
import type { Around } from './around.ts'
import { callOffEvent, planEvent } from './plan-event.ts'
import { listEvents, readEvent, readEventCoverage } from './read-events.ts'
import { readEventPhoto } from './read-photo.ts'
import { EVENT_RULES } from './rules.ts'
import { proveEvent, reportEvent } from './tell-event.ts'

export function eventRoutes(http: Http, around: Around): void {
  http.serve(contract.planEvent, (unit, of, asked) => planEvent(unit, around, of, asked))
  http.serve(contract.listEvents, listEvents)
  http.serve(contract.readEvent, (unit, of) => readEvent(unit, around, of))
  http.download(contract.readEventPhoto, (actor, of) => readEventPhoto(around, actor, of))
  http.serve(contract.callOffEvent, (unit, of, why) => callOffEvent(unit, around, of, why))
  http.serve(contract.proveEvent, (unit, of, told) => proveEvent(unit, around, of, told))
  http.serve(contract.reportEvent, (unit, of, told) => reportEvent(unit, around, of, told))
  http.serve(contract.readEventCoverage, readEventCoverage)
  http.serve(settings.readEventRules, (unit, { unitId }) => showSettings(unit, unitId, EVENT_RULES))
  http.serve(settings.putEventRules, (unit, { unitId }, rules) =>
    settle(unit, unitId, EVENT_RULES, rules),
  )
}
