import * as contract from '#contract/field.ts'
import * as visits from '#contract/visits.ts'
import type { Http } from '#platform/http.ts'
import type { Works } from '#platform/works.ts'
import type { HearResult } from '#worklists'
import { reviewVisit } from './authenticity/review-visit.ts'
import { readPersonVisitFlags, readVisitFlags } from './authenticity/visit-flags.ts'
import { listDevices, registerDevice, wipeDevice } from './devices.ts'
import { saveEvidence } from './evidence.ts'
import { deliver, type Log, type TellEvent } from './outbox.ts'
import { type OwnEvents, readDayPack } from './pack.ts'
import { readEvidence } from './read-evidence.ts'

/** What a phone asks of events. */
type Events = Readonly<{ own: OwnEvents; tell: TellEvent }>

export function fieldRoutes(
  http: Http,
  works: Works,
  { log, hear, events }: Readonly<{ log: Log; hear: HearResult; events: Events }>,
): void {
  http.serve(contract.registerDevice, registerDevice)
  http.serve(contract.listDevices, listDevices)
  http.serve(contract.wipeDevice, wipeDevice)
  http.serve(contract.readDayPack, (unit, of, { deviceId }) =>
    readDayPack(unit, { works, ownEvents: events.own }, { ...of, deviceId }),
  )
  http.upload(contract.uploadEvidence, (actor, of, { stream }) =>
    saveEvidence(works, actor, { ...of, stream }),
  )
  http.download(visits.readEvidence, (actor, of) => readEvidence(works, actor, of))
  http.serve(visits.readVisitFlags, (unit, of) => readVisitFlags(unit, works, of))
  http.serve(visits.readPersonVisitFlags, (unit, of) => readPersonVisitFlags(unit, works, of))
  http.serve(visits.reviewVisit, (unit, of, said) => reviewVisit(unit, works, of, said))
  http.serveActor(contract.deliverOutbox, (actor, of, sent, signal) =>
    deliver({ works, log, hear, tellEvent: events.tell }, actor, of, sent, signal),
  )
}
