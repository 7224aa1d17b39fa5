import { Refusal } from './refusal.ts'

/**
 * The time of one call. It ends in one of two ways and never in both: the call is told to be over
 * and nothing of it is committed, or its decision has begun and the answer says how that went.
 */
export type CallTime = Readonly<{
  limitMs: number
  /** Aborted with `late` when the time is over. */
  signal: AbortSignal
  /** What the caller is told then. */
  late: Refusal
  /** From here on the answer is what is decided, however late. @throws Refusal once it is over. */
  decide(): void
}>

/** What is true of a call that is told to be over. */
export type TooLong = 'question-too-long' | 'call-undone' | 'maybe-done'

/**
 * Gives `work` its time. @throws Refusal `code` as soon as the time is over, while `work` may still
 * be on its way to notice.
 */
export async function inTime<T>(
  limitMs: number,
  code: TooLong,
  work: (time: CallTime) => Promise<T>,
): Promise<T> {
  const over = new AbortController()
  const late = new Refusal('unavailable', code, { limit: Math.ceil(limitMs / 1000) })
  const end = Promise.withResolvers<never>()
  let isDecided = false
  const timer = setTimeout(() => {
    if (isDecided) return
    over.abort(late)
    end.reject(late)
  }, limitMs)
  const decide = () => {
    over.signal.throwIfAborted()
    isDecided = true
  }
  try {
    return await Promise.race([work({ limitMs, signal: over.signal, late, decide }), end.promise])
  } finally {
    clearTimeout(timer)
  }
}
