/**
 * How long a key (an account, an address, a second factor) has to wait before its next attempt to
 * sign in. The first failures cost nothing; from then on each doubles the wait, and after so many in
 * a day the key is locked. A day after the last failure all is forgotten.
 */
export const FREE_FAILURES = { account: 5, address: 30, factor: 5 } as const
/** Many people share the address of a hall, nobody shares an account. */
export const LOCKED_AFTER = { account: 20, address: 200, factor: 20 } as const

export type AttemptKind = keyof typeof FREE_FAILURES

const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 15 * 60_000
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000

type Attempts = Readonly<{ failures: number; lastAt: Date }>

/** How long the next attempt has to wait, and whether that is because the key is locked. */
export function waitOf(
  { failures, lastAt }: Attempts,
  kind: AttemptKind,
  now: Date,
): Readonly<{ ms: number; locked: boolean }> {
  const since = now.getTime() - lastAt.getTime()
  const free = FREE_FAILURES[kind]
  if (failures < free || since >= FORGOTTEN_AFTER_MS) return { ms: 0, locked: false }
  if (failures >= LOCKED_AFTER[kind]) return { ms: FORGOTTEN_AFTER_MS - since, locked: true }
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - free, 20), LONGEST_WAIT_MS)
  return { ms: Math.max(0, wait - since), locked: false }
}

/** The count after one more attempt, which is a failure until it proves to be none. */
export function countOneMore({ failures, lastAt }: Attempts, now: Date): number {
  return now.getTime() - lastAt.getTime() >= FORGOTTEN_AFTER_MS ? 1 : failures + 1
}
