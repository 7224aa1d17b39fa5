import { expect, test } from 'vitest'
import { roundsOf } from '#platform/optimise/budget.ts'
import { orderStops } from '#platform/optimise/stop-order.ts'
import { findTours } from '#platform/optimise/tours.ts'
import { costOf } from '#platform/optimise/way.ts'
import { plantWay } from './planted-way.ts'
import { complaintsAbout } from './tour-checker.ts'
import {
  ARE_HERE,
  errandOf,
  instanceNames,
  readInstance,
  readSolution,
  SKIPPED,
  type Solution,
} from './vrplib.ts'

if (!ARE_HERE) process.stdout.write(`${SKIPPED}\n`)

/** Sites on a line, two steps apart, with a demand of one each, and tours of at most two. */
const LINE = {
  name: 'line',
  capacity: 2,
  sites: [0, 2, 4, 6, 8].map((x) => ({ x, y: 0, demand: x === 0 ? 0 : 1 })),
}
const RIGHT: Solution = {
  tours: [
    [1, 2],
    [3, 4],
  ],
  cost: 24,
}

test.each<{ because: string; told: Solution; complaints: string[] }>([
  { because: 'nothing is wrong', told: RIGHT, complaints: [] },
  {
    because: 'one is served twice',
    told: { ...RIGHT, tours: [[1, 2], [3, 4], [1]], cost: 28 },
    complaints: ['1 is served 2 times'],
  },
  {
    because: 'one is left out',
    told: { ...RIGHT, tours: [[1, 2], [4]] },
    complaints: ['3 is served 0 times'],
  },
  {
    because: 'a tour carries too much',
    told: { tours: [[1, 2, 3], [4]], cost: 28 },
    complaints: ['tour 0 carries 3, more than 2'],
  },
  {
    because: 'the cost is one too little',
    told: { ...RIGHT, cost: 23 },
    complaints: ['the ways add up to 24, not to 23'],
  },
  {
    because: 'a tour comes by the depot',
    told: {
      tours: [
        [1, 0, 2],
        [3, 4],
      ],
      cost: 28,
    },
    complaints: ['tour 0 goes to 0, where nobody is'],
  },
  {
    because: 'a tour is empty',
    told: { ...RIGHT, tours: [...RIGHT.tours, []] },
    complaints: ['tour 2 goes nowhere'],
  },
])('the checker finds that $because', ({ told, complaints }) => {
  expect(complaintsAbout(LINE, told)).toEqual(complaints)
})

test.skipIf(!ARE_HERE)('the published solutions are right, and altered they are not', () => {
  for (const name of instanceNames()) {
    const instance = readInstance(name)
    const best = readSolution(name)
    expect(complaintsAbout(instance, best), name).toEqual([])
    const [[first = 0, ...others] = [], ...rest] = best.tours
    expect(complaintsAbout(instance, { ...best, tours: [others, ...rest] })).toContain(
      `${first} is served 0 times`,
    )
    expect(complaintsAbout(instance, { ...best, cost: best.cost - 1 })).toHaveLength(1)
    expect(complaintsAbout(instance, { ...best, tours: [best.tours.flat()] })[0]).toMatch(/carries/)
  }
})

const BRIEFLY = { seed: 1, budget: roundsOf(4_000) }

test.skipIf(!ARE_HERE).each(['X-n101-k25', 'X-n143-k7'])(
  'after 4,000 rounds the tours of %s are right and near the best known',
  (name) => {
    const instance = readInstance(name)
    const errand = errandOf(instance)
    const found = findTours(errand, BRIEFLY)
    expect(complaintsAbout(instance, found)).toEqual([])
    expect(found.cost).toBeLessThanOrEqual(readSolution(name).cost * 1.1)
    expect(findTours(errand, BRIEFLY), 'the same again').toEqual(found)
  },
)

test('40 doors with tight windows are reached in time, by no longer a way than one that is known', () => {
  for (const seed of [1, 2, 3]) {
    const { way, planted } = plantWay(40, seed)
    const search = { seed, budget: roundsOf(3) }
    const found = orderStops(way, search)
    expect(found.late).toBe(0)
    expect(costOf(way, found.blocks)).toBeLessThanOrEqual(costOf(way, planted) * 1.02)
    expect(orderStops(way, search), 'the same again').toEqual(found)
  }
})
