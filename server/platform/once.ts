import { randomUUID } from 'node:crypto'
import { canonical } from './canonical.ts'
import { sha256Hex, uuidOf } from './hash.ts'
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
  if (!(await insertCommand(unit, claimOf(sent))))
    return answerOf(await sameCommand(unit, sent), sent)
  const answer = await work()
  await updateAnswer(unit, { ...sent, answer: sent.secret ? null : answer })
  return { answer, repeated: false }
}

/** What is at work around units of its own in this process, by its key. */
const underWay = new WeakMap<RunUnit, Map<string, Promise<unknown>>>()

/**
 * The same for work that runs units of its own: the key is claimed before and answered after, so a
 * crash between the two lets the same key do the work again, which such work must bear. One that
 * comes while the first is at work waits for it here: one process serves a data folder.
 */
export async function onceAround<Answer>(
  run: RunUnit,
  actor: Actor,
  sent: Sent,
  work: () => Promise<Answer>,
): Promise<Once<Answer>> {
  const known = underWay.get(run) ?? new Map<string, Promise<unknown>>()
  underWay.set(run, known)
  const key = JSON.stringify([actor.id, sent.operation, sent.key])
  for (let first = known.get(key); first; first = known.get(key)) await first
  const mine = alone(run, actor, sent, work)
  const ended = mine.then(
    () => known.delete(key),
    () => known.delete(key),
  )
  known.set(key, ended)
  return mine
}

/** Claims the key, works and answers, while nobody else does under the same key. */
async function alone<Answer>(
  run: RunUnit,
  actor: Actor,
  sent: Sent,
  work: () => Promise<Answer>,
): Promise<Once<Answer>> {
  const claim = await run(actor, async (unit) => {
    if (await insertCommand(unit, claimOf(sent))) return 'new'
    const found = await sameCommand(unit, sent)
    return found.answered ? answerOf<Answer>(found, sent) : 'left by one that was cut off'
  })
  if (typeof claim === 'object') return claim
  try {
    const answer = await work()
    await run(actor, (unit) => updateAnswer(unit, { ...sent, answer: sent.secret ? null : answer }))
    return { answer, repeated: false }
  } catch (error) {
    // What was cut off may be done: the key stays claimed, and its next call does the rest.
    if (claim === 'new' && error instanceof Refusal && error.code !== 'maybe-done')
      await run(actor, (unit) => deleteCommand(unit, sent))
    throw error
  }
}

type Command = NonNullable<Awaited<ReturnType<typeof selectCommand>>>

/** The command that claimed the key before. @throws Refusal `key-reused`. */
async function sameCommand(unit: Unit, sent: Sent): Promise<Command> {
  const known = await selectCommand(unit, sent)
  if (known?.contentSha256 !== claimOf(sent).contentSha256)
    throw new Refusal('invalid', 'key-reused')
  return known
}

/** @throws Refusal `done-before`. */
function answerOf<Answer>({ answer }: Command, { secret }: Sent): Once<Answer> {
  if (secret) throw new Refusal('conflict', 'done-before')
  return { answer: answer as Answer, repeated: true }
}

/** A password must not be found by hashing all passwords. */
const claimOf = ({ operation, key, content, secret }: Sent) => ({
  ...{ operation, key },
  contentSha256: secret ? '' : sha256Hex(canonical(content)),
})

/**
 * The id of a command: the same for all its repeats under one key of the actor, also after a crash and
 * after a refusal; another one for each call without a key. A UUID of version 8.
 */
export function commandIdOf(actor: Actor, sent: Sent | undefined): string {
  if (!sent) return randomUUID()
  return uuidOf(actor.id, sent.operation, sent.key)
}

/** Forgets the answers that are kept no longer; how many. */
export function forgetAnswers({ run, system, clock }: Works): Promise<number> {
  const before = new Date(clock().getTime() - ANSWERS_KEPT_MS)
  return run(system, (unit) => deleteAnswers(unit, before))
}
