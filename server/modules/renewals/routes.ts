import * as contract from '#contract/subscribers.ts'
import type { Http } from '#platform/http.ts'
import { readExpiryCalendar } from './expiry.ts'

export function renewalRoutes(http: Http): void {
  http.serve(contract.readExpiryCalendar, readExpiryCalendar)
}
