import assert from 'node:assert/strict'
import { millisecondsOf } from '#platform/optimise/budget.ts'
import { lengthOf, savings } from '#platform/optimise/savings.ts'
import { orderStops } from '#platform/optimise/stop-order.ts'
import { findTours } from '#platform/optimise/tours.ts'
import { costOf } from '#platform/optimise/way.ts'
import type { Bench } from './bench.ts'
import { plantWay } from './planted-way.ts'
import { type Measure, timed } from './table.ts'
import { complaintsAbout } from './tour-checker.ts'
import { ARE_HERE, errandOf, instanceNames, readInstance, readSolution, SKIPPED } from './vrplib.ts'
import { watched } from './watched.ts'

const SECONDS = 5
/** What the search may take of it; the rest is for a machine that has other work as well. */
const BUDGET_MS = 4_800
const GAP = 0.04
const SEED = 1

/** The days of so many people with so many doors each; what the search may take for one. */
const DAYS = { people: 20, doors: 40, ms: 500, budgetMs: 300 }
const LATER = 0.02

/** Tours on published instances, and days of doors with windows, against the best that is known. */
export const routesBench: Bench = async () => [...(await compareTours()), await compareDays()]

async function compareTours(): Promise<Measure[]> {
  if (!ARE_HERE) {
    console.error(SKIPPED)
    return []
  }
  const instances = instanceNames().map(readInstance)
  const { peakBytes, cpuSeconds, result } = await watched(async () => {
    const found: Awaited<ReturnType<typeof solve>>[] = []
    for (const instance of instances) found.push(await solve(instance.name))
    return found
  })
  const mean = (gaps: readonly number[]) => gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`
  const gaps = result.map(({ gap }) => gap)
  const slowest = Math.max(...result.map(({ seconds }) => seconds))
  const rounds = Math.round(mean(result.map(({ rounds }) => rounds)))
  return [
    {
      work: `tours of ${result.length} published instances (100 to 255 stops), the slowest of them`,
      seconds: slowest,
      ...{ reference: '', referenceSeconds: null },
      peakBytes,
      goal: `mean gap to the best known ≤ ${100 * GAP} %, ${SECONDS} s each`,
      reached: mean(gaps) <= GAP && slowest <= SECONDS,
      note: [
        `mean gap ${percent(mean(gaps))}, largest ${percent(Math.max(...gaps))}; by savings alone ${percent(mean(result.map(({ start }) => start)))}`,
        `${rounds} rounds on the average, processor time ${(cpuSeconds / result.length).toFixed(2)} s each; every solution checked from outside`,
        result.map(({ name, gap }) => `${name} ${percent(gap)}`).join(', '),
      ].join('; '),
    },
  ]
}

async function solve(name: string) {
  const instance = readInstance(name)
  const errand = errandOf(instance)
  const best = readSolution(name).cost
  const { seconds, result } = await timed(async () =>
    findTours(errand, {
      seed: SEED,
      budget: millisecondsOf(BUDGET_MS, () => performance.now()),
    }),
  )
  assert.deepEqual(complaintsAbout(instance, result), [], `${name} is served rightly`)
  const start = savings(errand).reduce((sum, stops) => sum + lengthOf(errand, stops), 0)
  const { cost, rounds } = result
  return { name, gap: cost / best - 1, start: start / best - 1, rounds, seconds }
}

async function compareDays(): Promise<Measure> {
  const planted = Array.from({ length: DAYS.people }, (_, day) => plantWay(DAYS.doors, day + 1))
  const { peakBytes, cpuSeconds, result } = await watched(async () => {
    const found: Readonly<{ seconds: number; over: number; late: number }>[] = []
    for (const { way, planted: known } of planted) {
      const budget = millisecondsOf(DAYS.budgetMs, () => performance.now())
      const day = await timed(async () => orderStops(way, { seed: SEED, budget }))
      const over = costOf(way, day.result.blocks) / costOf(way, known) - 1
      found.push({ seconds: day.seconds, over, late: day.result.late })
    }
    return found
  })
  const slowest = Math.max(...result.map(({ seconds }) => seconds))
  const worst = Math.max(...result.map(({ over }) => over))
  const late = result.filter((day) => day.late > 0).length
  return {
    work: `the order of ${DAYS.doors} doors with tight windows, the slowest of ${DAYS.people} people`,
    seconds: slowest,
    ...{ reference: '', referenceSeconds: null },
    peakBytes,
    goal: `≤ ${DAYS.ms} ms, nobody late, ≤ ${100 * LATER} % over the way that is known`,
    reached: slowest <= DAYS.ms / 1000 && late === 0 && worst <= LATER,
    note: `at the worst ${(100 * worst).toFixed(2)} % over the known way, ${late} of ${DAYS.people} late anywhere; processor time ${(cpuSeconds / DAYS.people).toFixed(2)} s each`,
  }
}
