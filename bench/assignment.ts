import { auction } from '#platform/optimise/auction.ts'
import type { Bench } from './bench.ts'
import { linearOptimum, openHighs } from './linear-optimum.ts'
import { drawMarket, type MarketSize } from './market.ts'
import { type Measure, median, saidCpu } from './table.ts'
import { watched } from './watched.ts'

const COUNTY = { bidders: 20_000, places: 500, candidates: 10, seed: 7 }
/** As many tasks a person as leave a quarter of them to nobody, and as many as leave room. */
const MARKETS = [
  { ...COUNTY, seats: 30 },
  { ...COUNTY, seats: 44 },
]
const OFF = 0.005
const FASTER = 20
/** The auction is over before the machine has looked at it twice. */
const RUNS = 5

/** The auction against the optimum of the linear programme, in value, time and memory. */
export const assignmentBench: Bench = async () => {
  const held: Held[] = []
  for (const size of MARKETS) held.push(await hold(size))
  // Only now is the memory of the reference in this process.
  const measures: Measure[] = []
  for (const one of held) measures.push(await compare(one))
  return measures
}

type Held = Awaited<ReturnType<typeof hold>>

async function hold(size: MarketSize) {
  const market = drawMarket(size)
  const ours = await watched(async () => auction(market))
  const seconds = await median(RUNS, async () => auction(market))
  return { size, market, ours, seconds }
}

async function compare({ size, market, ours, seconds }: Held): Promise<Measure> {
  const highs = await openHighs()
  const reference = await watched(async () => linearOptimum(highs, market))
  const { value, bound, rounds, bids, placeOf } = ours.result
  const off = 1 - value / reference.result.value
  const percent = (share: number) => `${(100 * share).toFixed(4)} %`
  const faster = reference.seconds / seconds
  return {
    work: `assign ${size.bidders} tasks to ${size.places} people with room for ${size.seats} each`,
    seconds,
    reference: 'the optimum of the linear programme by HiGHS',
    referenceSeconds: reference.seconds,
    peakBytes: ours.peakBytes,
    goal: `within ${100 * OFF} % of the optimum, ≥ ${FASTER} × faster`,
    reached: off <= OFF && faster >= FASTER,
    note: [
      `${size.candidates} candidates each; ${percent(off)} below the optimum, ${percent(1 - value / bound)} below the bound that the auction itself knows`,
      `${faster.toFixed(0)} × faster (median of ${RUNS} after one, ${Math.round(1000 * ours.seconds)} ms the first time); ${rounds} rounds, ${bids} bids, ${placeOf.filter((place) => place >= 0).length} assigned`,
      `the reference has ${Math.round(reference.peakBytes / 1e6)} MB at its peak, handed over as arrays`,
      saidCpu(ours, reference),
    ].join('; '),
  }
}
