import { randomUUID } from 'node:crypto'
import type { ExportOrder } from '#contract/exports.ts'
import { mayDoAt, namePeople, readBranch, tiedTo, unitNames, unitsWhere } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { dayOf } from '#platform/day.ts'
import type { Jobs } from '#platform/jobs.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { ExportKind, ExportMaker } from './export-maker.ts'
import { stateOf, untilOf } from './export-state.ts'
import {
  type ExportRecord,
  insertExport,
  selectExport,
  selectExports,
  updateDecision,
} from './export-store.ts'

export type ExportMakers = readonly ExportMaker<ExportKind>[]
type Of = Readonly<{ branchId: string; exportId: string }>

/** @throws AssertionError for a kind that nobody makes: the contract knows no other. */
export function makerOf(makers: ExportMakers, { what }: ExportOrder): ExportMaker {
  const maker = makers.find((each) => each.what === what)
  if (!maker) throw new Error(`nobody makes exports of ${what}`)
  return maker
}

/** As it stands in the watermark and on the page: EX20261122-1a2b3c4d. */
export const numberOf = ({ requestedAt, exportId }: ExportRecord): string =>
  `EX${dayOf(requestedAt).replaceAll('-', '')}-${exportId.slice(0, 8)}`

/** Asks for a file in clear text; nothing is made before somebody else has approved. */
export async function requestExport(
  unit: Unit,
  branchId: string,
  order: ExportOrder,
  { works, makers }: Readonly<{ works: Works; makers: ExportMakers }>,
) {
  await readBranch(unit, branchId)
  const unitId = await makerOf(makers, order).unitOf(unit, branchId, order)
  await mayDoAt(unit, unitId, 'export:personal')
  const exportId = randomUUID()
  await insertExport(unit, { branchId, exportId, unitId, order })
  tell(unit, 'export.requested', { branchId, exportId }, { what: order.what, unitId })
  return shownExport(unit, works, await foundExport(unit, { branchId, exportId }))
}

/** The own requests, and with the permission those of others in scope; the latest first. */
export async function listExports(
  unit: Unit,
  works: Works,
  of: Readonly<{ branchId: string; cursor?: string | undefined; limit: number }>,
) {
  await readBranch(unit, of.branchId)
  const units = await unitsWhere(unit, 'export:approve')
  const { rows, ...page } = await selectExports(unit, { ...of, units })
  return { rows: await shownExports(unit, works, of.branchId, rows), ...page }
}

/**
 * Approves or declines what somebody else has asked for; approved, it is made at once. Approving
 * again one whose making was cut short has it made again.
 * @throws Refusal `export-unknown`, `export-own-request`, `second-person-tied`, `export-decided`,
 * `not-allowed`.
 */
export async function decideExport(
  unit: Unit,
  of: Of,
  { approve, note }: Readonly<{ approve: boolean; note: string }>,
  { works, jobs }: Readonly<{ works: Works; jobs: Jobs }>,
): Promise<void> {
  await readBranch(unit, of.branchId)
  const record = await foundExport(unit, of)
  if (record.requestedBy === unit.actor.id) throw new Refusal('forbidden', 'export-own-request')
  await mayDoAt(unit, record.unitId, 'export:approve')
  if ((await tiedTo(unit, works.system, unit.actor.id)).has(record.requestedBy))
    throw new Refusal('forbidden', 'second-person-tied')
  const state = stateOf(record, unit.now)
  const again = state === 'approved' && approve
  if (!again) {
    const decided = state === 'requested' && (await updateDecision(unit, { ...of, approve, note }))
    if (!decided) throw new Refusal('conflict', 'export-decided', { state })
    tell(unit, approve ? 'export.approved' : 'export.declined', of, { what: record.order.what })
  }
  if (approve)
    await jobs.start(unit, {
      ...{ branchId: of.branchId, kind: 'export' },
      input: { exportId: of.exportId },
    })
}

/** An export that is the actor’s, or that they may decide on. @throws Refusal `export-unknown`. */
export async function foundExport(unit: Unit, of: Of): Promise<ExportRecord> {
  const record = await selectExport(unit, of)
  const own = record?.requestedBy === unit.actor.id
  if (!record || !(own || (await unitsWhere(unit, 'export:approve')).includes(record.unitId)))
    throw new Refusal('not-found', 'export-unknown', { export: of.exportId })
  return record
}

/** Tells the trail about an export: what and how much, never what is in it. */
export function tell(
  unit: Unit,
  action: `export.${'requested' | 'approved' | 'declined' | 'made' | 'downloaded' | 'deleted'}`,
  { branchId, exportId }: Of,
  values: Readonly<Record<string, string | number>>,
  actor?: string,
): void {
  const about = { kind: 'export', id: exportId } as const
  audit(unit, { branchId, action, about, values, ...(actor && { actor }) })
}

async function shownExport(unit: Unit, works: Works, record: ExportRecord) {
  const [shown] = await shownExports(unit, works, record.branchId, [record])
  if (!shown) throw new Error('one export is shown as one row')
  return shown
}

async function shownExports(
  unit: Unit,
  works: Works,
  branchId: string,
  records: readonly ExportRecord[],
) {
  const names = await unitNames(unit, branchId)
  const approves = new Set(await unitsWhere(unit, 'export:approve'))
  const tied =
    approves.size > 0 ? await tiedTo(unit, works.system, unit.actor.id) : new Set<string>()
  const whoIs = await namePeople(
    unit,
    records.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy]),
  )
  return records.map((of) => {
    const state = stateOf(of, unit.now)
    const own = of.requestedBy === unit.actor.id
    const second = !own && !tied.has(of.requestedBy)
    const decides = second && state === 'requested' && approves.has(of.unitId)
    const can: ('decide' | 'download')[] = [
      ...(decides ? (['decide'] as const) : []),
      ...(own && state === 'ready' ? (['download'] as const) : []),
    ]
    return {
      ...{ exportId: of.exportId, number: numberOf(of), order: of.order, state, can },
      ...{ unitId: of.unitId, unitName: names.get(of.unitId)?.name ?? of.unitId },
      ...{ requestedBy: of.requestedBy, requestedByName: whoIs(of.requestedBy) },
      requestedAt: of.requestedAt.toISOString(),
      until: untilOf(of, unit.now)?.toISOString() ?? null,
      decidedByName: of.decidedBy === null ? null : whoIs(of.decidedBy),
      decidedAt: of.decidedAt?.toISOString() ?? null,
      decisionNote: of.decisionNote,
      ...{ rows: of.rowCount, downloads: of.downloads },
    }
  })
}
