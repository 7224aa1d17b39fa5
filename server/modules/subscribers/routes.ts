import * as exporting from '#contract/exports.ts'
import * as contract from '#contract/imports.ts'
import * as personal from '#contract/personal.ts'
import * as settings from '#contract/settings.ts'
import * as subject from '#contract/subject.ts'
import {
  listSubscribers as listSubscribersEndpoint,
  readPortrait as readPortraitEndpoint,
} from '#contract/subscribers.ts'
import { mayDoInBranch, settle, showSettings } from '#people'
import type { Http } from '#platform/http.ts'
import type { Jobs } from '#platform/jobs.ts'
import type { Works } from '#platform/works.ts'
import { connectCall } from './calls/connect-call.ts'
import type { CallGateway } from './calls/gateway.ts'
import { listSubscribers } from './cards/list-subscribers.ts'
import { type ContactsOf, readPortrait } from './cards/portrait.ts'
import { downloadExport } from './exports/export-files.ts'
import { EXPORT_DUPLICATES, EXPORT_REJECTS } from './exports/export-left-out.ts'
import { EXPORT_SUBSCRIBERS } from './exports/export-subscribers.ts'
import { decideExport, type ExportMakers, listExports, requestExport } from './exports/exports.ts'
import type { ImportHandler } from './imports/handler.ts'
import { columnsOfKind, downloadLeftOut, listImports, readImport } from './imports/history.ts'
import { readRequested } from './imports/import-file.ts'
import { importTakes } from './imports/import-takes.ts'
import { previewUpload } from './imports/preview-upload.ts'
import { putProfile, readProfiles } from './imports/profiles.ts'
import { readUpload, saveUpload } from './imports/uploads.ts'
import { withdrawable } from './imports/withdraw.ts'
import { subscriberJobs } from './jobs.ts'
import { listCorrections, recordCorrection, withdrawCorrection } from './subjects/corrections.ts'
import type { Eraser } from './subjects/eraser.ts'
import { decideErasure, listErasures, requestErasure } from './subjects/erasures.ts'
import { lookIntoAlarm } from './unmask/look-into-alarm.ts'
import type { UnmaskEffects } from './unmask/may-reach.ts'
import { unmaskSubscriber } from './unmask/unmask.ts'
import { listAlarms } from './unmask/unmask-list.ts'
import { PRIVACY_RULES } from './unmask/unmask-rules.ts'

/** What the app hands in: the kinds of file of every module, and what modules above know. */
export type Options = Readonly<{
  handlers: readonly ImportHandler[]
  contactsOf: ContactsOf
  /** What other modules let out in clear text, once it is approved. */
  makers: ExportMakers
  unmasking: UnmaskEffects
  /** The call platform; null where there is none. */
  gateway: CallGateway | null
  /** How each module erases what identifies somebody in what it owns. */
  erasers: readonly Eraser[]
}>

export function subscriberRoutes(http: Http, works: Works, jobs: Jobs, options: Options): void {
  const { handlers } = options
  const makers = [EXPORT_SUBSCRIBERS, EXPORT_REJECTS, EXPORT_DUPLICATES, ...options.makers]
  subscriberJobs(works, jobs, { handlers, makers, erasers: options.erasers })
  subjectRoutes(http, works, jobs)
  importRoutes(http, works, jobs, handlers)
  exportRoutes(http, works, jobs, makers)
  profileRoutes(http, handlers)
  http.serve(listSubscribersEndpoint, (unit, of) => listSubscribers(unit, of))
  http.serve(personal.unmaskSubscriber, (unit, of, why) =>
    unmaskSubscriber(unit, of, why, { works, effects: options.unmasking }),
  )
  http.serveActor(personal.connectCall, async (actor, of, why, _signal, callId) => {
    const calling = { works, effects: options.unmasking, gateway: options.gateway }
    const { at } = await connectCall(calling, actor, { ...of, ...why, callId })
    return { callId, at: at.toISOString() }
  })
  http.serve(personal.listAlarms, (unit, of) => listAlarms(unit, of))
  http.serve(personal.lookIntoAlarm, (unit, of, look) => lookIntoAlarm(unit, of, look))
  http.serve(settings.readPrivacyRules, (unit, { unitId }) =>
    showSettings(unit, unitId, PRIVACY_RULES),
  )
  http.serve(settings.putPrivacyRules, (unit, { unitId }, rules) =>
    settle(unit, unitId, PRIVACY_RULES, rules),
  )
  http.serve(readPortraitEndpoint, (unit, of) =>
    readPortrait(unit, of, { works, contactsOf: options.contactsOf }),
  )
}

function subjectRoutes(http: Http, works: Works, jobs: Jobs): void {
  http.serve(subject.requestErasure, (unit, { branchId }, asked) =>
    requestErasure(unit, works, branchId, asked),
  )
  http.serve(subject.listErasures, (unit, of) => listErasures(unit, works, of))
  http.serve(subject.decideErasure, async (unit, of, decision) => {
    await decideErasure(unit, of, decision, { works, jobs })
    return { done: true as const }
  })
  http.serve(subject.recordCorrection, (unit, whose, told) => recordCorrection(unit, whose, told))
  http.serve(subject.listCorrections, (unit, of) => listCorrections(unit, of))
  http.serve(subject.withdrawCorrection, async (unit, of) => {
    await withdrawCorrection(unit, of, works)
    return { done: true as const }
  })
}

function exportRoutes(http: Http, works: Works, jobs: Jobs, makers: ExportMakers): void {
  http.serve(exporting.requestExport, (unit, { branchId }, order) =>
    requestExport(unit, branchId, order, { works, makers }),
  )
  http.serve(exporting.listExports, (unit, of) => listExports(unit, works, of))
  http.serve(exporting.decideExport, async (unit, of, decision) => {
    await decideExport(unit, of, decision, { works, jobs })
    return { done: true as const }
  })
  http.download(exporting.downloadExport, (actor, of) => downloadExport(works, actor, of))
}

function importRoutes(
  http: Http,
  works: Works,
  jobs: Jobs,
  handlers: readonly ImportHandler[],
): void {
  http.upload(contract.uploadFile, async (actor, { branchId }, file) => {
    await works.run(actor, (unit) => mayDoInBranch(unit, branchId, 'import:write'))
    const { uploadId, name, bytes, sha256 } = await saveUpload(works, actor, { branchId, ...file })
    return { uploadId, name, bytes, sha256 }
  })
  http.serveActor(contract.previewUpload, async (actor, of, body, signal) => {
    await works.run(actor, (unit) => mayDoInBranch(unit, of.branchId, 'import:write'))
    const upload = await readUpload(works, of.branchId, of.uploadId)
    return previewUpload(works, handlers, { branchId: of.branchId, ...body, upload, signal })
  })
  http.serve(contract.startImport, async (unit, { branchId }, body) => {
    await mayDoInBranch(unit, branchId, importTakes(body.kind))
    await readRequested(unit, { branchId, kind: body.kind, profile: body.profile })
    await readUpload(works, branchId, body.uploadId)
    return jobs.start(unit, { branchId, kind: 'import', input: body })
  })
  http.serve(contract.listImports, (unit, of) => listImports(unit, handlers, of))
  http.serve(contract.readImport, (unit, of) => readImport(unit, handlers, of))
  http.download(contract.downloadRejects, (actor, of) =>
    downloadLeftOut(works, actor, { ...of, which: 'rejects' }),
  )
  http.download(contract.downloadDuplicates, (actor, of) =>
    downloadLeftOut(works, actor, { ...of, which: 'duplicates' }),
  )
  http.serve(contract.withdrawImport, async (unit, of, { reason }) => {
    await mayDoInBranch(unit, of.branchId, 'import:write')
    await withdrawable(unit, handlers, of)
    const input = { importId: of.importId, reason }
    return jobs.start(unit, { branchId: of.branchId, kind: 'withdraw', input })
  })
}

function profileRoutes(http: Http, handlers: readonly ImportHandler[]): void {
  http.serve(contract.listProfiles, (unit, of) => readProfiles(unit, of.branchId))
  http.serve(contract.putProfile, async (unit, of, { yaml }) => {
    await mayDoInBranch(unit, of.branchId, 'import:write')
    return putProfile(unit, { ...of, yaml })
  })
  http.serve(contract.listColumns, async (_unit, { kind }) => columnsOfKind(handlers, kind))
}
