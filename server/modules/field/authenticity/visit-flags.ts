import type { z } from 'zod'
import {
  type readVisitFlags as contract,
  VISIT_DAYS,
  VisitFlag,
  type VisitStanding,
} from '#contract/visits.ts'
import { mayDo, namePeople, readBranch, staffNames, unitNames } from '#people'
import { type Day, dayOf, daysBetween } from '#platform/day.ts'
import { COUNTED_UP_TO, pageOfRows, readCursor } from '#platform/page.ts'
import { Refusal } from '#platform/refusal.ts'
import { sayReason } from '#platform/say-reason.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { VisitsShown } from '#worklists'
import { FLAG_WORDS } from './flag-words.ts'
import { type Flagged, type FlaggedVisits, flaggedVisits } from './flagged-visits.ts'
import { type ReviewRow, selectReviews } from './review-store.ts'

type Asked = Readonly<{
  branchId: string
  from?: Day | undefined
  to?: Day | undefined
  flag?: VisitFlag | undefined
  standing?: VisitStanding | undefined
  cursor?: string | undefined
  limit: number
}>
type Answer = z.input<typeof contract.response>

/** A flagged visit with what was said of it, the latest first. */
type Looked = Flagged & Readonly<{ standing: VisitStanding; reviews: readonly ReviewRow[] }>

/**
 * The visits that a manager may want to look at, in the actor’s scope, below one unit and of one
 * person if asked. Nothing is kept of it, and nothing follows from it.
 * @throws Refusal `branch-unknown`, `visit-days-unfit`, `cursor-unreadable`
 */
export async function readVisitFlags(
  unit: Unit,
  works: Works,
  of: Asked & Readonly<{ unit?: string | undefined; person?: string | undefined }>,
): Promise<Answer> {
  await readBranch(unit, of.branchId)
  return shownVisits(unit, works, of, { own: false, unit: of.unit, person: of.person })
}

/**
 * The same of one person: of oneself wherever the visits were, with all that was said of them.
 * @throws Refusal as `readVisitFlags`, and `staff-unknown`, `not-allowed`
 */
export async function readPersonVisitFlags(
  unit: Unit,
  works: Works,
  of: Asked & Readonly<{ staffId: string }>,
): Promise<Answer> {
  const { branchId, staffId } = of
  await readBranch(unit, branchId)
  const isOwn = unit.actor.id === staffId
  if (!isOwn) mayDo(unit.actor, 'worklist:read-all')
  if (!(await staffNames(unit, branchId)).has(staffId))
    throw new Refusal('not-found', 'staff-unknown', { staff: staffId })
  return shownVisits(unit, works, of, isOwn ? { own: true } : { own: false, person: staffId })
}

async function shownVisits(
  unit: Unit,
  works: Works,
  of: Asked,
  shown: VisitsShown,
): Promise<Answer> {
  const { branchId } = of
  const from = of.from ?? of.to ?? dayOf(unit.now)
  const to = of.to ?? from
  const after = readCursor(of.cursor, 'instant')
  const days = daysBetween(from, to)
  if (days < 0 || days >= VISIT_DAYS)
    throw new Refusal('invalid', 'visit-days-unfit', { days: VISIT_DAYS })
  const known = await flaggedVisits(unit, works, { branchId, from, to, shown })
  const looked = await lookedAt(unit, branchId, known.flagged)
  const rows = looked
    .filter(({ flags }) => !of.flag || flags.some(({ code }) => code === of.flag))
    .filter(({ standing }) => !of.standing || standing === of.standing)
    .sort((a, b) => (isBefore(markOf(a), markOf(b)) ? 1 : -1))
  const rest = after ? rows.filter((row) => isBefore(markOf(row), after)) : rows
  const page = pageOfRows(rest, of.limit, markOf)
  const words = await wordsFor(unit, works, branchId, looked)
  return {
    ...{ from, to, next: page.next, total: Math.min(rows.length, COUNTED_UP_TO) },
    visits: [...known.told.values()].reduce((sum, visits) => sum + visits, 0),
    people: peopleOf(known, looked, words),
    rows: page.rows.map((row) => viewOf(row, words)),
  }
}

type Mark = Readonly<{ value: string | number; id: string }>
const markOf = ({ visit }: Looked): Mark => ({ value: visit.at.toISOString(), id: visit.resultId })
const isBefore = (a: Mark, b: Mark) => a.value < b.value || (a.value === b.value && a.id < b.id)

async function lookedAt(
  unit: Unit,
  branchId: string,
  flagged: readonly Flagged[],
): Promise<Looked[]> {
  const resultIds = flagged.map(({ visit }) => visit.resultId)
  const said = Map.groupBy(
    await selectReviews(unit, { branchId, resultIds }),
    ({ resultId }) => resultId,
  )
  return flagged.map((each) => {
    const reviews = said.get(each.visit.resultId) ?? []
    return { ...each, reviews, standing: reviews[0]?.verdict ?? 'new' }
  })
}

type Words = Awaited<ReturnType<typeof wordsFor>>

async function wordsFor(unit: Unit, works: Works, branchId: string, rows: readonly Looked[]) {
  const staff = rows.map(({ visit }) => visit.staffId)
  const reviewers = rows.flatMap(({ reviews }) => reviews.map(({ reviewedBy }) => reviewedBy))
  return {
    units: await unitNames(unit, branchId),
    staff: await namePeople(unit, staff),
    // Whoever is judged knows by whom, wherever that person is posted.
    reviewers: await onBehalfOf(unit, works.system, (house) => namePeople(house, reviewers)),
  }
}

function peopleOf({ told }: FlaggedVisits, looked: readonly Looked[], words: Words) {
  return [...Map.groupBy(looked, ({ visit }) => visit.staffId)]
    .map(([staffId, own]) => ({
      ...{ staffId, staffName: words.staff(staffId) },
      unitName: words.units.get(own.at(-1)?.visit.staffUnitId ?? '')?.name ?? null,
      ...{ visits: told.get(staffId) ?? 0, flagged: own.length },
      unseen: own.filter(({ standing }) => standing === 'new').length,
      flags: countsOf(own),
    }))
    .sort(
      (a, b) => b.unseen - a.unseen || b.flagged - a.flagged || (a.staffId < b.staffId ? -1 : 1),
    )
}

function countsOf(own: readonly Looked[]): Record<VisitFlag, number> {
  const count = (code: VisitFlag) =>
    own.filter(({ flags }) => flags.some((flag) => flag.code === code)).length
  return Object.fromEntries(VisitFlag.options.map((code) => [code, count(code)])) as Record<
    VisitFlag,
    number
  >
}

function viewOf({ visit, flags, away, photos, standing, reviews }: Looked, words: Words) {
  const { resultId, taskId, subscriberId, staffId, town, place, result } = visit
  return {
    ...{ resultId, taskId, subscriberId, staffId, town, place, result, standing },
    staffName: words.staff(staffId),
    unitName: words.units.get(visit.staffUnitId)?.name ?? null,
    startedAt: visit.startedAt?.toISOString() ?? null,
    ...{ at: visit.at.toISOString(), recordedAt: visit.recordedAt.toISOString() },
    deviceAt: visit.deviceAt?.toISOString() ?? null,
    position: visit.latitude === null ? null : { accuracyM: visit.accuracyM ?? 0, awayM: away },
    photos: [...photos],
    flags: flags.map(({ code, values }) =>
      sayReason(code, values, { words: FLAG_WORDS, day: dayOf(visit.at) }),
    ),
    reviews: reviews.map(({ verdict, note, reviewedAt, reviewedBy }) => ({
      ...{ at: reviewedAt.toISOString(), reviewedByName: words.reviewers(reviewedBy) },
      ...{ verdict, note },
    })),
  }
}
