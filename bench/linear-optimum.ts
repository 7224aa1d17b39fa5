import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import type { Highs } from 'highs'
import type { Market } from '#platform/optimise/auction.ts'

export type Linear = Readonly<{ value: number; megabytes: number }>

/**
 * HiGHS, ready to solve: loading it is not part of what a reference takes. Its types describe the
 * CommonJS build, to which an import by name does not lead.
 */
export async function openHighs(): Promise<Highs> {
  const { default: load } = createRequire(import.meta.url)('highs') as typeof import('highs')
  return await load()
}

/**
 * What the best division of a market is worth, as HiGHS says: each bidder goes to one place at the
 * most, in parts where that helps (it never does). The model is handed over as arrays, without the
 * detour of a text.
 */
export function linearOptimum(highs: Highs, market: Market): Linear {
  const { from, place, value, capacity } = market
  const bidders = from.length - 1
  const columns = place.length
  const rows = bidders + capacity.length
  const indices = new Int32Array(2 * columns)
  for (let bidder = 0; bidder < bidders; bidder++)
    for (let k = from[bidder] ?? 0; k < (from[bidder + 1] ?? 0); k++) {
      indices[2 * k] = bidder
      indices[2 * k + 1] = bidders + (place[k] ?? 0)
    }
  const model = highs.createModel({
    numCols: columns,
    numRows: rows,
    colCost: value.map((worth) => -worth),
    colLower: new Float64Array(columns),
    colUpper: new Float64Array(columns).fill(1),
    rowLower: new Float64Array(rows).fill(Number.NEGATIVE_INFINITY),
    rowUpper: Float64Array.from({ length: rows }, (_, row) =>
      row < bidders ? 1 : (capacity[row - bidders] ?? 0),
    ),
    matrix: {
      format: 'csc',
      numRows: rows,
      numCols: columns,
      starts: Int32Array.from({ length: columns + 1 }, (_, column) => 2 * column),
      indices,
      values: new Float64Array(2 * columns).fill(1),
    },
  })
  try {
    model.options.set('output_flag', false)
    const { modelStatus } = model.run()
    assert.equal(modelStatus, highs.constants.modelStatus.optimal, 'HiGHS found the optimum')
    return { value: -model.getObjectiveValue(), megabytes: highs.memoryBytes / 1e6 }
  } finally {
    model.dispose()
  }
}
