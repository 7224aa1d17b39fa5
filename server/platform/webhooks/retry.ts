import type { Posted } from '../outgoing/post.ts'

/** Pauses after the first attempts, in seconds; then half a day again and again. */
const PAUSES_S = [5, 60, 300, 1_800, 7_200, 18_000, 36_000]
const LAST_PAUSE_S = 43_200
/** So long after its first attempt a message is tried for the last time. */
export const TRIED_FOR_MS = 72 * 3_600_000

export type Attempt = Readonly<{
  posted: Posted
  now: Date
  /** How many there were before this one, and when the first of them was; null for this one. */
  attempts: number
  triedSince: Date | null
  /** When the webhook was last sent anything that arrived; null: never. */
  deliveredAt: Date | null
}>

/** What becomes of a message after an attempt, and whether its webhook is given up with it. */
export type Fate =
  | Readonly<{ state: 'delivered' }>
  | Readonly<{ state: 'waiting'; nextAt: Date; counts: boolean }>
  | Readonly<{ state: 'failed'; disables: boolean }>

/**
 * A status of 2xx is an arrival. 410 says that nobody is there any more; a secret that cannot be read
 * signs nothing: the webhook is given up at once. All else is tried again with growing pauses until
 * three days have passed, and then gives the webhook up unless something else has arrived meanwhile;
 * days in which the server stood still do not count, for every pause is waited through at least once.
 */
export function fateOf({ posted, now, attempts, triedSince, deliveredAt }: Attempt): Fate {
  if (posted.kind === 'answered' && posted.status >= 200 && posted.status < 300)
    return { state: 'delivered' }
  if (posted.kind === 'failed' && posted.fault === 'stopped')
    return { state: 'waiting', nextAt: now, counts: false }
  if (isFinal(posted)) return { state: 'failed', disables: true }
  const since = triedSince ?? now
  const end = since.getTime() + TRIED_FOR_MS
  const isTriedLong = now.getTime() >= end
  if (isTriedLong && attempts >= PAUSES_S.length)
    return { state: 'failed', disables: deliveredAt === null || deliveredAt < since }
  const pauseMs = (PAUSES_S[attempts] ?? LAST_PAUSE_S) * 1_000
  const next = now.getTime() + pauseMs
  return {
    state: 'waiting',
    nextAt: new Date(isTriedLong ? next : Math.min(next, end)),
    counts: true,
  }
}

const isFinal = (posted: Posted): boolean =>
  posted.kind === 'answered' ? posted.status === 410 : posted.fault === 'secret-unreadable'

/** How an attempt is kept: its status, or why there was none. */
export const outcomeOf = (posted: Posted): string =>
  posted.kind === 'answered' ? String(posted.status) : posted.fault
