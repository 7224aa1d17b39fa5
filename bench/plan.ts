import assert from 'node:assert/strict'
import { campaignsOn, decide } from '#campaigns'
import { publishBase } from '#insight'
import { staffOn } from '#people'
import { unwatched, type Works } from '#platform/works.ts'
import { makePlan } from '#worklists'
import type { Bench } from './bench.ts'
import { BRANCH, PLANNED } from './county.ts'
import { copyOfFirstNight, openBenchHouse } from './house.ts'
import { decideRowByRow } from './row-by-row.ts'
import { saidCpu } from './table.ts'
import { saidParts, stopwatch, watched } from './watched.ts'

const OF = { branchId: BRANCH, day: PLANNED }

/** Deciding for the whole base, against one row after the other; then the whole plan. */
export const planBench: Bench = async (of) => {
  const dataFolder = await copyOfFirstNight(of, 'plan')
  await using house = await openBenchHouse(dataFolder)
  const { works } = house
  await copyFacts(works)
  const ours = await decideInTheLake(works)
  const byRow = await decideByRow(works)
  assert.deepEqual(byRow.result, ours.result.outcomes, 'both decide the same')
  const parts = stopwatch()
  const plan = await watched(() =>
    makePlan(works, OF, { ...unwatched, tell: ({ phase }) => parts.tell(phase.en) }),
  )
  const { base, candidates, assigned } = plan.result.counts
  const people = await works.run(works.system, (unit) => staffOn(unit, BRANCH, PLANNED))
  const outcomes = Object.entries(ours.result.outcomes).map(([outcome, n]) => `${outcome} ${n}`)
  return [
    {
      work: `decide for ${base} subscribers × ${ours.result.campaigns} campaigns`,
      seconds: ours.seconds,
      reference: 'the same decisions, one row after the other in JavaScript',
      referenceSeconds: byRow.seconds,
      peakBytes: ours.peakBytes,
      goal: '≤ 0.1 ×, ≤ 10 s',
      reached: ours.seconds <= 0.1 * byRow.seconds && ours.seconds <= 10,
      note: `${outcomes.join(', ')}; both publish the base first; ${saidCpu(ours, byRow)}`,
    },
    {
      work: `the whole plan: ${candidates} candidates, ${people.length} people, ${assigned} assigned`,
      seconds: plan.seconds,
      ...{ reference: '', referenceSeconds: null },
      peakBytes: plan.peakBytes,
      goal: '≤ 2 GB',
      reached: plan.peakBytes <= 2e9,
      note: `${saidParts(parts.laps())}; ${saidCpu(plan)}`,
    },
  ]
}

/** Facts are copied from the ledger into the lake once, for whoever asks first: here for neither. */
async function copyFacts(works: Works): Promise<void> {
  await using session = await works.lake.session()
  await publishBase(works, session, OF)
}

async function decideInTheLake(works: Works) {
  await using session = await works.lake.session()
  return await watched(async () => {
    const { campaigns } = await decide(works, session, OF, unwatched)
    const rows = await session.rows<{ outcome: string; count: number }>(
      'select outcome, count(*)::integer as count from work.decision group by outcome order by outcome',
    )
    const outcomes = Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]))
    return { campaigns: campaigns.length, outcomes }
  })
}

async function decideByRow(works: Works) {
  await using session = await works.lake.session()
  return await watched(async () => {
    const base = await publishBase(works, session, OF)
    const running = await works.run(works.system, (unit) => campaignsOn(unit, BRANCH, PLANNED))
    return decideRowByRow(session, { base, running, day: PLANNED })
  })
}
