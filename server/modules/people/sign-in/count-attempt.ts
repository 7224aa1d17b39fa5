import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { type AttemptKind, countOneMore, waitOf } from './attempts.ts'
import { lockAttempts, updateAttempts } from './sign-in-store.ts'

/**
 * Counts an attempt before it is looked at, so that attempts sent at once cost as much as those sent
 * one by one. In a unit of the system that is committed whatever comes of the attempt.
 * @throws Refusal `sign-in-too-often` while its key has to wait, `sign-in-locked`.
 */
export async function countAttempt(unit: Unit, kind: AttemptKind, key: string): Promise<void> {
  const attempts = await lockAttempts(unit, kind, key)
  const { ms, locked } = waitOf(attempts, kind, unit.now)
  const seconds = Math.ceil(ms / 1000)
  if (locked) {
    const hours = Math.ceil(seconds / 3600)
    throw new Refusal('too-many', 'sign-in-locked', { hours, seconds })
  }
  if (ms > 0) throw new Refusal('too-many', 'sign-in-too-often', { seconds })
  await updateAttempts(unit, { kind, key, failures: countOneMore(attempts, unit.now) })
}
