import { type Day, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'

/**
 * A file that lists a whole branch as it is on a day: who is not in it has gone. `alsoNamed` are
 * the ids of rows that were rejected: nothing is known of them, so they stay as they are.
 */
export type Listed = Readonly<{ branchId: string; date: Day; alsoNamed?: readonly string[] }>

/** What is wrong with one row. `reject` leaves the row out, `warn` takes it and says so. */
export type RowFinding = Readonly<{
  row: number
  severity: 'reject' | 'warn'
  code: Refusal['code']
  column: string
  value: string | null
}>

/** What a file did; `changed` false when the ledger said all of it before. */
export type Outcome = Readonly<{
  changed: boolean
  counts: Readonly<{ added: number; changed: number; ended: number; unchanged: number }>
}>

type Dated = Readonly<{ row: number; validFrom: Day | null; validTo: Day | null }>

export const isTurned = ({ validFrom, validTo }: Dated) =>
  validFrom !== null && validTo !== null && validTo < validFrom

/** For files of which no row can be left out. @throws Refusal `dates-turned`. */
export function refuseTurned(dated: Dated): void {
  if (isTurned(dated))
    throw new Refusal('invalid', 'dates-turned', {
      row: dated.row,
      column: 'valid_to',
      value: dated.validTo ?? '',
    })
}

/** For imports, whose rows were looked at before: what has become wrong since refuses all of them. */
export function refuseFirst(findings: readonly RowFinding[]): void {
  const first = findings.find(isReject)
  if (first)
    throw new Refusal('conflict', first.code, {
      row: first.row,
      column: first.column,
      value: first.value ?? '',
    })
}

const isReject = ({ severity }: RowFinding) => severity === 'reject'

/** The past stays as it was, but for the system, which brings it in. @throws Refusal `day-past`. */
export function refusePast(unit: Unit, day: Day): void {
  const today = dayOf(unit.now)
  if (unit.actor.kind !== 'system' && day < today)
    throw new Refusal('invalid', 'day-past', { day, today })
}
