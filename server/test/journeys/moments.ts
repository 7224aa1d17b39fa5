import { createHash } from 'node:crypto'
import { IMPORT_PHASES as OF_IMPORT } from '#subscribers'
import { PLAN_PHASES as OF_PLAN } from '#worklists'
import type { Order } from './acknowledge.ts'

/**
 * When to kill: in a phase of a command, `share` of the way through it. Where the work tells how
 * far it is, that is what counts, else the time that the phase took the last time.
 */
export type Moment = Readonly<{ command: Order['name']; phase: string; share: number }>

/** The command has answered: nothing of it may be lost from here on. */
export const ANSWERED = 'Answered'

/** What a command does before it tells anything. */
export const FIRST_PHASE: Readonly<Record<Order['name'], string>> = {
  import: OF_IMPORT.reading.en,
  plan: OF_PLAN.decide.phase.en,
}

const { reading, converting, snapshot, comparing, recording } = OF_IMPORT
const { record, publish } = OF_PLAN

/** Every phase of import and of publishing, the long and the delicate ones more often. */
const PLACES: readonly (readonly [Order['name'], string])[] = [
  ['import', recording.en],
  ['plan', publish.phase.en],
  ['import', snapshot.en],
  ['import', converting.en],
  ['plan', publish.phase.en],
  ['import', reading.en],
  ['import', recording.en],
  ['plan', record.phase.en],
  ['import', comparing.en],
  ['plan', ANSWERED],
  ['import', recording.en],
  ['plan', publish.phase.en],
  ['import', ANSWERED],
  ['plan', publish.phase.en],
  ['import', comparing.en],
]

/** The first `count` moments of a seed; the same seed gives the same. */
export function momentsOf(seed: number, count: number): Moment[] {
  return Array.from({ length: count }, (_, nth) => {
    const [command, phase] = PLACES[nth % PLACES.length] ?? ['import', reading.en]
    const digest = createHash('sha256').update(`${seed} ${nth}`).digest()
    return { command, phase, share: digest.readUInt32BE() / 2 ** 32 }
  })
}
