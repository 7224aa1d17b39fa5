import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { shortHash } from '#platform/hash.ts'
import type { Made, PlanAsked } from './make-plan.ts'

/**
 * The id of a plan: a hash of all that it rests on. Every column of every decision is in it, and
 * through them the snapshot, the facts and the campaigns; so are people, units, windows and rules.
 * Nothing else is: no clock, no path, no number of an import.
 */
export async function namePlan(
  session: LakeSession,
  { branchId, day }: PlanAsked,
  { decided, desk, crews, wishes }: Made,
): Promise<string> {
  const [told] = await session.rows<{ digest: string }>(
    question(import.meta.url, './queries/digest.sql'),
  )
  return shortHash(
    branchId,
    day,
    decided.snapshotId,
    told?.digest ?? '',
    JSON.stringify(decided.campaigns.map(({ campaign, version }) => [version, campaign])),
    JSON.stringify(desk.members),
    JSON.stringify(desk.rules),
    JSON.stringify(crews.crews.map(({ unitId, name, path }) => [unitId, name, path])),
    JSON.stringify(wishes),
  )
}
