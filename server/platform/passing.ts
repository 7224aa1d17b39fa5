import { Refusal } from './refusal.ts'

/**
 * What passes by itself and is nobody's defect, as the refusal that says when to try again: the
 * ledger is starting, recovering or gone, or the disk has no room. Any other error comes back as it is.
 */
export function toldOfPassing(error: unknown): unknown {
  if (error instanceof Refusal) return error
  if (isAway(error))
    return because(new Refusal('unavailable', 'ledger-away', { seconds: 2 }), error)
  if (isFull(error)) return because(new Refusal('full', 'disk-full', FULL), error)
  return error
}

/**
 * What lost a race against another call, as the refusal that lets it be repeated: the same key was
 * written a moment before, or two calls waited for each other. Only for the edge: a use case that
 * knows what its keys say refuses by itself. Any other error comes back as it is.
 */
export function toldOfRace(error: unknown): unknown {
  const isLost = error instanceof Error && LOST.has((error as NodeJS.ErrnoException).code ?? '')
  return isLost
    ? because(new Refusal('conflict', 'changed-meanwhile', { seconds: 1 }), error)
    : error
}

/** PostgreSQL: a duplicate key, a serialization failure, a deadlock. */
const LOST: ReadonlySet<string> = new Set(['23505', '40001', '40P01'])

export const isLedgerAway = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'ledger-away'

/** The disk itself said so: nothing is left, whatever the floor. */
const FULL = { free: '0 MB', floor: '0 MB' }

function because(refusal: Refusal, cause: unknown): Refusal {
  refusal.cause = cause
  return refusal
}

/**
 * PostgreSQL: connection exceptions; shut down by an administrator or a crash; cannot connect now.
 * A connection that breaks has the code of the system, or, from the driver, only a sentence.
 */
const AWAY = /^(08...|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE)$/
const BROKEN = /^(Connection terminated|Client has encountered a connection error)/

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return syscall === 'connect' // the engine's socket is not there
  return AWAY.test(code ?? '') || BROKEN.test(error.message)
}

/** A file, a table, or the lake's spill; the lake tells it in words only. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', '53100'])

function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as NodeJS.ErrnoException
  return NO_ROOM.has(code ?? '') || /No space left on device/.test(error.message)
}
