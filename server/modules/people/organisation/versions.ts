import { isDeepStrictEqual } from 'node:util'
import type { Day } from '#platform/day.ts'

/** What holds of `id` on the days [validFrom, validTo). Equal ends: it never came to hold. */
export type Version<Of> = Readonly<{ id: string; validFrom: Day; validTo: Day | null; of: Of }>

/** What a file says of `id`; without `validFrom` it says so of the day of the file. */
export type Stated<Of> = Readonly<{
  id: string
  validFrom: Day | null
  validTo: Day | null
  of: Of
}>

/** What to write so that the versions tell what the file states; nothing is ever deleted. */
export type Changes<Of> = Readonly<{
  /** Versions that begin. */
  begun: readonly Version<Of>[]
  /** Versions, known by id and first day, that change in place: their end, or what they say. */
  amended: readonly Version<Of>[]
  counts: Readonly<{ added: number; changed: number; ended: number; unchanged: number }>
}>

/**
 * Compares `held` with what a file of `day` states. Who is new begins on the stated day; who
 * changed changes on the stated day if that is later than the version held, else on `day`; a change
 * that is planned for later stays planned. Who is not in the file ends on `day`, with all that was
 * planned for it, if it held on that day; `mayEnd` says whom the file would have named. The same
 * statement a second time changes nothing, whatever the day.
 */
export function reconcile<Of>({
  held,
  stated,
  day,
  mayEnd,
}: Readonly<{
  held: readonly Version<Of>[]
  stated: readonly Stated<Of>[]
  day: Day
  mayEnd: (version: Version<Of>) => boolean
}>): Changes<Of> {
  const byId = Map.groupBy(
    held.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)),
    (version) => version.id,
  )
  const begun: Version<Of>[] = []
  const amended: Version<Of>[] = []
  const counts = { added: 0, changed: 0, ended: 0, unchanged: 0 }
  for (const statement of stated) {
    const versions = byId.get(statement.id)
    const step = versions ? changeOf(versions, statement, day) : beginning(statement, day)
    begun.push(...step.begun)
    amended.push(...step.amended)
    const same = step.begun.length + step.amended.length === 0
    counts[versions ? (same ? 'unchanged' : 'changed') : 'added'] += 1
  }
  const named = new Set(stated.map(({ id }) => id))
  for (const [id, versions] of byId) {
    if (named.has(id)) continue
    const current = versions.find((version) => holds(version, day))
    if (!current || !mayEnd(current)) continue
    counts.ended += 1
    amended.push({ ...current, validTo: day })
    for (const later of versions.filter(({ validFrom }) => validFrom > day))
      amended.push({ ...later, validTo: later.validFrom })
  }
  return { begun, amended, counts }
}

export function holds(version: Pick<Version<unknown>, 'validFrom' | 'validTo'>, day: Day): boolean {
  return version.validFrom <= day && (version.validTo === null || day < version.validTo)
}

/**
 * The version that tells of an id on `day`, though it may have ended: the last that has begun, else
 * the first to come. `versions` are of one id, earliest first; what never held tells nothing.
 */
export function standing<Of>(versions: readonly Version<Of>[], day: Day): Version<Of> | undefined {
  const real = versions.filter(cameToHold)
  return real.findLast(({ validFrom }) => validFrom <= day) ?? real[0]
}

const cameToHold = ({ validFrom, validTo }: Version<unknown>) => validFrom !== validTo

type Step<Of> = Pick<Changes<Of>, 'begun' | 'amended'>

function beginning<Of>({ id, validFrom, validTo, of }: Stated<Of>, day: Day): Step<Of> {
  const from = validFrom ?? (validTo !== null && validTo < day ? validTo : day)
  return { begun: [{ id, validFrom: from, validTo: endOf([], from, validTo), of }], amended: [] }
}

/** `versions` are of one id, earliest first, and at least one. */
function changeOf<Of>(versions: readonly Version<Of>[], stated: Stated<Of>, day: Day): Step<Of> {
  const { id, validFrom, validTo, of } = stated
  const at = validFrom !== null && validFrom > day ? validFrom : day
  const now = standing(versions, at)
  const over = !now || !holds(now, at)
  const goesOn = validTo === null || validTo > at
  if (!goesOn) return over ? NOTHING : amend(now, endOf([], now.validFrom, validTo))
  if (!over && isDeepStrictEqual(now.of, of))
    return amend(now, endOf(versions, now.validFrom, validTo))
  const from = !over && validFrom !== null && validFrom > now.validFrom ? validFrom : at
  const next = { id, validFrom: from, validTo: endOf(versions, from, validTo), of }
  const cut = !over && from > now.validFrom ? [{ ...now, validTo: from }] : []
  const bears = versions.some((version) => version.validFrom === from)
  return bears ? { begun: [], amended: [...cut, next] } : { begun: [next], amended: cut }
}

const NOTHING = { begun: [], amended: [] }

function amend<Of>(version: Version<Of>, validTo: Day | null): Step<Of> {
  return validTo === version.validTo ? NOTHING : { begun: [], amended: [{ ...version, validTo }] }
}

/** The stated end of a version that begins on `from`, but not beyond the start of the next one. */
function endOf(versions: readonly Version<unknown>[], from: Day, stated: Day | null): Day | null {
  const end = stated !== null && stated < from ? from : stated
  const next = versions.find((version) => version.validFrom > from && cameToHold(version))
  if (!next) return end
  return end === null || end > next.validFrom ? next.validFrom : end
}
