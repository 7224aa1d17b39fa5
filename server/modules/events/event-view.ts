import { campaignsOn } from '#campaigns'
import type { Sentences } from '#contract/language.ts'
import { namePeople, type UnitNames, unitNames, unitsWhere } from '#people'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Reason, sayReason } from '#platform/say-reason.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import { againstOf, againstTime, sayAgainst } from './against.ts'
import type { Around } from './around.ts'
import { type EventRow, type OfEvent, selectEvent } from './event-store.ts'
import { type ProofRow, selectProofs, selectReports } from './told-store.ts'

/** What is to be said of a proof, which is kept all the same. */
const DOUBTS = {
  'position-unusable': {
    zh: '定位不可用（坐标为零或误差超过 5 公里），按没有定位保存',
    en: 'the position cannot be, or is vaguer than 5 km: kept as none',
  },
  'photo-used-before': {
    zh: '{count} 张照片在别的活动用过',
    en: '{count} photos proved another event before',
  },
} as const satisfies Sentences

/** Events as lists show them, with names and with what the actor may do. */
export async function viewEvents(unit: Unit, branchId: string, rows: readonly EventRow[]) {
  if (rows.length === 0) return []
  const units = await unitNames(unit, branchId)
  const campaignOf = await nameCampaigns(unit, branchId, rows)
  const nameOf = await namePeople(
    unit,
    rows.flatMap(({ staffIds, plannedBy, calledOffBy }) => [...staffIds, plannedBy, calledOffBy]),
  )
  const mayPlanAt = new Set(await unitsWhere(unit, 'event:plan'))
  return rows.map((row) => {
    const against = againstOf(row)
    const { eventId, unitId, kind, placeName, onDay, starts, ends, state, photos } = row
    return {
      ...{ eventId, unitId, kind, placeName, onDay, starts, ends, state, photos },
      unitName: nameOfUnit(units, unitId),
      goes: row.staffIds.map((staffId) => ({ staffId, name: nameOf(staffId) })),
      campaign: row.campaignId === null ? null : campaignOf(row.onDay, row.campaignId),
      counts: against.length === 0,
      against: against.map(sayAgainst),
      hasPosition: row.positionTimes.length > 0,
      result: resultOf(row),
      calledOff: calledOffOf(row, nameOf),
      plannedAt: row.plannedAt.toISOString(),
      plannedByName: nameOf(row.plannedBy),
      can: canOf(unit, row, mayPlanAt),
    }
  })
}

const nameOfUnit = (units: UnitNames, unitId: string) => units.get(unitId)?.name ?? unitId

async function nameCampaigns(unit: Unit, branchId: string, rows: readonly EventRow[]) {
  const named = rows.filter(({ campaignId }) => campaignId !== null)
  const days = new Map<string, ReadonlyMap<string, Readonly<{ zh: string; en: string }>>>()
  for (const day of new Set(named.map(({ onDay }) => onDay))) {
    const running = await campaignsOn(unit, branchId, day)
    days.set(day, new Map(running.map(({ campaign }) => [campaign.id, campaign.name])))
  }
  return (day: string, id: string) => {
    const { zh, en } = days.get(day)?.get(id) ?? { zh: id, en: id } // one that was switched off
    return { id, campaignName: { zh, en } }
  }
}

function resultOf({ version, met, leads, orders }: EventRow) {
  if (version === null || met === null || leads === null || orders === null) return null
  return { version, met, leads, orders: [...orders] }
}

type NameOf = Awaited<ReturnType<typeof namePeople>>

function calledOffOf({ calledOffAt, calledOffBy, calledOffNote }: EventRow, nameOf: NameOf) {
  if (calledOffAt === null || calledOffBy === null || calledOffNote === null) return null
  return { at: calledOffAt.toISOString(), recordedByName: nameOf(calledOffBy), note: calledOffNote }
}

function canOf(unit: Unit, row: EventRow, mayPlanAt: ReadonlySet<string>) {
  const { actor } = unit
  const isTheirs = row.staffIds.includes(actor.id) && mayReport(unit)
  const isDue = row.state !== 'called-off' && row.onDay <= dayOf(unit.now)
  return [
    ...(row.state === 'planned' && mayPlanAt.has(row.unitId) ? (['call-off'] as const) : []),
    ...(isTheirs && isDue ? (['prove', 'report'] as const) : []),
  ]
}

function mayReport({ actor }: Unit): boolean {
  return actor.kind !== 'system' && actor.can.has('event:report')
}

/** Everything of one event. @throws Refusal `event-unknown` */
export async function viewEventFile(unit: Unit, around: Around, of: OfEvent) {
  const row = await selectEvent(unit, of)
  const [event] = row ? await viewEvents(unit, of.branchId, [row]) : []
  if (!event) throw new Refusal('not-found', 'event-unknown', { event: of.eventId })
  const proofs = await selectProofs(unit, of)
  const reports = await selectReports(unit, of)
  const kept = await photosKept(unit, around, { ...of, proofs })
  const nameOf = await namePeople(
    unit,
    [...proofs, ...reports].map(({ recordedBy }) => recordedBy),
  )
  return {
    event,
    proofs: proofs.map((proof) => ({
      recordedAt: proof.recordedAt.toISOString(),
      recordedByName: nameOf(proof.recordedBy),
      toldAt: proof.toldAt?.toISOString() ?? null,
      position: positionOf(proof),
      doubts: doubtsOf(proof, event),
      photos: proof.photos.map((photo) => ({ ...photo, isKept: kept.has(photo.photoId) })),
    })),
    reports: reports.map(({ version, met, leads, orders, note, ...report }) => ({
      ...{ version, met, leads, orders: [...orders], note },
      recordedAt: report.recordedAt.toISOString(),
      recordedByName: nameOf(report.recordedBy),
      toldAt: report.toldAt?.toISOString() ?? null,
      stands: version === row?.version,
    })),
  }
}

/** Which photos can be looked at still. Whoever sent one may be posted in a unit that the actor does not see. */
async function photosKept(
  unit: Unit,
  { works, photosSent }: Around,
  { branchId, proofs }: Readonly<{ branchId: string; proofs: readonly ProofRow[] }>,
): Promise<ReadonlySet<string>> {
  const evidenceIds = proofs.flatMap(({ photos }) => photos.map(({ photoId }) => photoId))
  if (evidenceIds.length === 0) return new Set()
  const sent = await onBehalfOf(unit, works.system, (house) =>
    photosSent(house, { branchId, evidenceIds }),
  )
  return new Set(sent.flatMap(({ evidenceId, goneAt }) => (goneAt === null ? [evidenceId] : [])))
}

function positionOf({ latitude, longitude, accuracyM, positionAt }: ProofRow) {
  if (latitude === null || longitude === null || accuracyM === null || positionAt === null)
    return null
  return { latitude, longitude, accuracyM, at: positionAt.toISOString() }
}

function doubtsOf(proof: ProofRow, event: Parameters<typeof againstTime>[1]): Reason[] {
  const { isUnusable, photos, positionAt } = proof
  const time = positionAt && againstTime(positionAt, event)
  const count = photos.filter(({ usedBefore }) => usedBefore).length
  return [
    ...(isUnusable ? [sayReason('position-unusable', {}, { words: DOUBTS })] : []),
    ...(time ? [sayAgainst(time)] : []),
    ...(count > 0 ? [sayReason('photo-used-before', { count }, { words: DOUBTS })] : []),
  ]
}
