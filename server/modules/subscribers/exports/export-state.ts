import type { ExportState } from '#contract/exports.ts'

/** A request is decided within a day, and its file is there for a day. */
const HOURS_24_MS = 24 * 3_600_000

type Standing = Readonly<{
  requestedAt: Date
  approved: boolean | null
  madeAt: Date | null
  deletedAt: Date | null
}>

export function stateOf(of: Standing, now: Date): ExportState {
  const { approved, madeAt, deletedAt } = of
  if (approved === false) return 'declined'
  if (approved === null) return now < lapsesAt(of) ? 'requested' : 'lapsed'
  if (madeAt === null) return 'approved'
  return deletedAt === null && now < endsAt(madeAt) ? 'ready' : 'ended'
}

/** Until when a request can be decided, or its file downloaded; null where neither is so. */
export function untilOf(of: Standing, now: Date): Date | null {
  const state = stateOf(of, now)
  if (state === 'requested') return lapsesAt(of)
  return state === 'ready' && of.madeAt ? endsAt(of.madeAt) : null
}

/** Files that were made at this instant or before have ended. */
export const endedBefore = (now: Date) => new Date(now.getTime() - HOURS_24_MS)

const lapsesAt = ({ requestedAt }: Standing) => new Date(requestedAt.getTime() + HOURS_24_MS)
const endsAt = (madeAt: Date) => new Date(madeAt.getTime() + HOURS_24_MS)
