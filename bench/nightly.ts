import { staffOn } from '#people'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import type { Bench } from './bench.ts'
import { BRANCH, countyFiles, NIGHTS, PLANNED } from './county.ts'
import { BESIDE, copyOfFirstNight, importKind, openBenchHouse } from './house.ts'
import { saidCpu } from './table.ts'
import { saidParts, stopwatch, watched } from './watched.ts'

/** What happens between the delivery of a night’s extract and everybody’s list of the morning. */
export const nightlyBench: Bench = async (of) => {
  const county = await countyFiles(of, NIGHTS[1])
  const dataFolder = await copyOfFirstNight(of, 'night')
  await using house = await openBenchHouse(dataFolder)
  const { works } = house
  const night = await watched(async () => {
    const parts = stopwatch()
    for (const kind of [...BESIDE, 'subscribers'] as const)
      await importKind(house, {
        ...{ kind, date: NIGHTS[1], county },
        tell: ({ phase }) =>
          parts.tell(kind === 'subscribers' ? phase.en : `importing ${BESIDE.join(', ')}`),
      })
    parts.tell('publishing the base')
    const watch = { ...unwatched, tell: told(parts) }
    const made = await makePlan(works, { branchId: BRANCH, day: PLANNED }, watch)
    parts.tell('publishing the plan')
    await publishPlan(works, { branchId: BRANCH, planId: made.planId }, unwatched)
    return { ...made, laps: parts.laps() }
  })
  const { counts, laps } = night.result
  const people = await works.run(works.system, (unit) => staffOn(unit, BRANCH, PLANNED))
  return [
    {
      work: `the night of ${counts.base} subscribers: import, difference, card, plan for ${people.length} people, ${counts.assigned} tasks published`,
      seconds: night.seconds,
      ...{ reference: '', referenceSeconds: null },
      peakBytes: night.peakBytes,
      goal: '≤ 60 s, ≤ 2 GB',
      reached: night.seconds <= 60 && night.peakBytes <= 2e9,
      note: `${saidParts(laps)}; ${saidCpu(night)}`,
    },
  ]
}

const told =
  (parts: ReturnType<typeof stopwatch>) =>
  ({ phase }: { phase: { en: string } }) =>
    parts.tell(phase.en)
