import { sha256Hex } from './hash.ts'
import {
  deleteAnswers,
  deleteCommand,
  insertCommand,
  selectCommand,
  updateAnswer,
} from './once-store.ts'
import { Refusal } from './refusal.ts'
import type { Actor, RunUnit, Unit } from './unit.ts'
import type { Works } from './works.ts'

/**
 * A command as its sender knows it: the same key is the same intent. Of one that carries a `secret`
 * neither the content nor the answer is kept.
 */
export type Sent = Readonly<{ operation: string; key: string; content: unknown; secret: boolean }>

export type Once<Answer> = Readonly<{ answer: Answer; repeated: boolean }>

/** Answers are kept for phones that were away. */
const ANSWERS_KEPT_MS = 30 * 24 * 3_600_000

/**
 * Does `work` once for a key of the actor: a repeat gets the first answer, and one that comes while
 * the first is at work waits for it. The key, the effect and the answer are one transaction; a
 * refusal leaves nothing, so the same key may be tried again.
 * @throws Refusal `key-reused` when the same key comes with other content, `done-before` when the
 * answer was not kept.
 */
export async function once<Answer>(
  unit: Unit,
  sent: Sent,
  work: () => Promise<Answer>,
): Promise<Once<Answer>> {
  if (!(await insertCommand(unit, claimOf(sent)))) return repeated(unit, sent)
  const answer = await work()
  await updateAnswer(unit, { ...sent, answer: sent.secret ? null : answer })
  return { answer, repeated: false }
}

/**
 * The same for work that runs units of its own: the key is claimed before and answered after, so a
 * crash between the two lets the same key do the work again, which such work must bear.
 */
export async function onceAround<Answer>(
  run: RunUnit,
  actor: Actor,
  sent: Sent,
  work: () => Promise<Answer>,
): Promise<Once<Answer>> {
  const before = await run(actor, async (unit) => {
    if (await insertCommand(unit, claimOf(sent))) return undefined
    const known = await selectCommand(unit, sent)
    return known?.answered ? repeated<Answer>(unit, sent) : undefined
  })
  if (before) return before
  try {
    const answer = await work()
    await run(actor, (unit) => updateAnswer(unit, { ...sent, answer: sent.secret ? null : answer }))
    return { answer, repeated: false }
  } catch (error) {
    // What was cut off may be done: the key stays claimed, and its next call does the rest.
    if (error instanceof Refusal && error.code !== 'maybe-done')
      await run(actor, (unit) => deleteCommand(unit, sent))
    throw error
  }
}

async function repeated<Answer>(unit: Unit, sent: Sent): Promise<Once<Answer>> {
  const known = await selectCommand(unit, sent)
  if (known?.contentSha256 !== claimOf(sent).contentSha256)
    throw new Refusal('invalid', 'key-reused')
  if (sent.secret) throw new Refusal('conflict', 'done-before')
  return { answer: known.answer as Answer, repeated: true }
}

/** A password must not be found by hashing all passwords. */
const claimOf = ({ operation, key, content, secret }: Sent) => ({
  ...{ operation, key },
  contentSha256: secret ? '' : sha256Hex(canonical(content)),
})

/** The same content spelt with its members in another order is the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Forgets the answers that are kept no longer; how many. */
export function forgetAnswers({ run, system, clock }: Works): Promise<number> {
  const before = new Date(clock().getTime() - ANSWERS_KEPT_MS)
  return run(system, (unit) => deleteAnswers(unit, before))
}
