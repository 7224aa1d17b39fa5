import { calendarWarnings } from '#calendar'
import type { PlanDetails } from './details.ts'
import type { Made, PlanAsked } from './make-plan.ts'
import type { Tally } from './plan.ts'
import { type Reason, tell } from './reasons.ts'

/** What a plan says beside its numbers: its rules, its campaigns as they stand, its warnings. */
export function detailsOf(
  of: PlanAsked,
  { desk, decided, crews }: Made,
  { files, tallies }: Readonly<Pick<PlanDetails, 'files'> & { tallies: readonly Tally[] }>,
): PlanDetails {
  return {
    rules: desk.rules,
    files,
    warnings: [
      ...calendarWarnings(of.day),
      ...homeless(of, tallies),
      ...deserted(of, crews, tallies),
    ],
    campaigns: decided.campaigns.map(({ campaign, version, warnings }) => ({
      id: campaign.id,
      version,
      name: campaign.name,
      purpose: campaign.purpose,
      script: campaign.script,
      warnings,
      offers: campaign.offers.map(({ id, name, monthlyFeeFen, terms }) => {
        return { id, name, monthlyFeeFen, terms }
      }),
    })),
  }
}

function homeless({ branchId, day }: PlanAsked, tallies: readonly Tally[]): Reason[] {
  const candidates = tallies
    .filter(({ unitId, outcome }) => unitId === branchId && outcome !== 'base')
    .reduce((sum, { count }) => sum + count, 0)
  return candidates > 0 ? [tell({ code: 'home-unknown', values: { candidates } }, day)] : []
}

/** Units that have candidates and nobody of their own or above who works on the day. */
function deserted(
  { day }: PlanAsked,
  { crews }: Made['crews'],
  tallies: readonly Tally[],
): Reason[] {
  const wanted = new Set(
    tallies.flatMap(({ unitId, outcome }) => (outcome === 'base' ? [] : [unitId])),
  )
  const units = crews.filter(
    ({ unitId, path }) =>
      wanted.has(unitId) && path.every((crew) => (crews[crew]?.members.length ?? 0) === 0),
  ).length
  return units > 0 ? [tell({ code: 'grid-without-crew', values: { units } }, day)] : []
}
