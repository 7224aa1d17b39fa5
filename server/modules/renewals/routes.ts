import * as lapsed from '#contract/lapsed.ts'
import * as contract from '#contract/subscribers.ts'
import type { Http } from '#platform/http.ts'
import type { Works } from '#platform/works.ts'
import { readExpiryCalendar } from './expiry.ts'
import { listLapsed, listLapsedPlaces } from './list-lapsed.ts'
import { callOffSweep, planSweep } from './plan-sweep.ts'
import { readLapse } from './read-lapse.ts'
import { recordReason, recordReceipt } from './record-lapse.ts'
import { listSweeps } from './sweep-view.ts'

export function renewalRoutes(http: Http, works: Works): void {
  http.serve(contract.readExpiryCalendar, readExpiryCalendar)
  http.serve(lapsed.listLapsed, (unit, of) => listLapsed(unit, works, of))
  http.serve(lapsed.readLapsedPlaces, (unit, of) => listLapsedPlaces(unit, works, of))
  http.serve(lapsed.readLapse, (unit, of) => readLapse(unit, works, of))
  http.serve(lapsed.recordLapseReason, (unit, of, told) => recordReason(unit, works, of, told))
  http.serve(lapsed.recordLapseReceipt, (unit, of, told) => recordReceipt(unit, works, of, told))
  http.serve(lapsed.listSweeps, listSweeps)
  http.serve(lapsed.planSweep, (unit, of, asked) => planSweep(unit, works, of, asked))
  http.serve(lapsed.callOffSweep, callOffSweep)
}
