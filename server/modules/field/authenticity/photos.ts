import { addDays, type Day, dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { firstUsesOf, type VisitRow } from '#worklists'
import { selectLooks } from '../evidence-store.ts'

/** A photo of a visit; `usedOn`: the day on which the same one was used before. */
export type PhotoSeen = Readonly<{ evidenceId: string; isKept: boolean; usedOn: Day | null }>

/** For how long around a visit another result may name the very same photo. */
const AROUND_DAYS = 31

/**
 * The photos of visits of a day, by result and on behalf of the system, for the same photo may have
 * been used by somebody in another unit: only the day is told. One is used before where the same
 * bytes were sent earlier under another number, or where an earlier result named the same number.
 */
export async function photosOn(
  house: Unit,
  of: Readonly<{ branchId: string; day: Day; visits: readonly VisitRow[] }>,
): Promise<ReadonlyMap<string, readonly PhotoSeen[]>> {
  const { branchId, day } = of
  const evidenceIds = [...new Set(of.visits.flatMap(({ photos }) => photos))]
  if (evidenceIds.length === 0) return new Map()
  const looks = await selectLooks(house, { branchId, evidenceIds })
  const uses = await firstUsesOf(house, {
    ...{ branchId, evidenceIds },
    ...{ from: addDays(day, -AROUND_DAYS), to: addDays(day, AROUND_DAYS) },
  })
  const lookOf = new Map(looks.map((look) => [look.evidenceId, look]))
  const useOf = new Map(uses.map((use) => [use.evidenceId, use]))
  return new Map(
    of.visits.map(({ resultId, staffId, photos }) => [
      resultId,
      photos.map((evidenceId) => {
        const [look, use] = [lookOf.get(evidenceId), useOf.get(evidenceId)]
        const twin = look?.before.find((other) => !photos.includes(other.evidenceId))
        const days = [
          ...(use && use.resultId !== resultId ? [use.day] : []),
          ...(twin ? [dayOf(new Date(twin.sentAt))] : []),
        ]
        return {
          evidenceId,
          isKept: look?.isKept === true && look.staffId === staffId,
          usedOn: days.sort()[0] ?? null,
        }
      }),
    ]),
  )
}
