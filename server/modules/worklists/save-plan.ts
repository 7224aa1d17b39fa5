import { addDays } from '#platform/day.ts'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Made, PlanAsked } from './make-plan.ts'
import { DAYS_TO_ACT } from './plan.ts'
import type { PlanFiles } from './plan-folder.ts'
import type { BareReason } from './reasons.ts'

const ask = (file: string) => question(import.meta.url, `./queries/${file}`)

/** Writes the decisions of a plan, and its tasks with everything a list shows, as two files. */
export async function saveFiles(
  session: LakeSession,
  { branchId, day }: PlanAsked,
  made: Made,
  files: PlanFiles,
): Promise<void> {
  await session.run(ask('visits.sql'), { rows: JSON.stringify(visitRows(made)) })
  await session.run(ask('save-decisions.sql'), { path: files.decisions, branch: branchId })
  const usual = addDays(day, DAYS_TO_ACT)
  await session.run(ask('save-tasks.sql'), {
    path: files.tasks,
    branch: branchId,
    day,
    usual_due_on: usual,
  })
}

function visitRows({ wishes, decided, desk }: Made) {
  const byContract = new Set(
    decided.campaigns.flatMap(({ campaign }) => (campaign.deadline ? [campaign.id] : [])),
  )
  const rows = wishes.flatMap(({ campaign, townCode, visits }) =>
    visits.map(({ touchpoint, time }) => ({
      campaign,
      touchpoint,
      town_code: townCode,
      window_start: time.start,
      window_end: time.end,
      season: seasonReason(desk, time.seasonIds),
      is_by_contract: byContract.has(campaign),
    })),
  )
  // Wishes that differ in touchpoints alone share their windows.
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}

/** What the first season of a window asks whoever goes there to keep in mind; null without one. */
function seasonReason({ calendar }: Made['desk'], seasonIds: readonly string[]): string | null {
  const season = calendar.seasons.find(({ seasonId }) => seasonId === seasonIds[0])
  if (!season) return null
  const { zh, en } = season.name
  const reason: BareReason = { code: 'season', values: { season: season.seasonId, zh, en } }
  return JSON.stringify(reason)
}
