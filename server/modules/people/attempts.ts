/**
 * How long a key (an account, an address) has to wait before its next attempt to sign in. The first
 * failures cost nothing; from then on each doubles the wait. After a day all is forgotten.
 */
export const FREE_FAILURES = { account: 5, address: 30 } as const

const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 15 * 60_000
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000

type Attempts = Readonly<{ failures: number; lastAt: Date }>

export function waitMs({ failures, lastAt }: Attempts, free: number, now: Date): number {
  const since = now.getTime() - lastAt.getTime()
  if (failures < free || since >= FORGOTTEN_AFTER_MS) return 0
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - free, 20), LONGEST_WAIT_MS)
  return Math.max(0, wait - since)
}

/** The count after one more attempt, which is a failure until it proves to be none. */
export function countOneMore({ failures, lastAt }: Attempts, now: Date): number {
  return now.getTime() - lastAt.getTime() >= FORGOTTEN_AFTER_MS ? 1 : failures + 1
}
