import { expect, test } from 'vitest'
import { auction } from '#platform/optimise/auction.ts'
import { linearOptimum, openHighs } from './linear-optimum.ts'
import { drawMarket } from './market.ts'

const SIZES = [
  { bidders: 60, places: 6, candidates: 6, seats: 9, because: 'there is less room than bidders' },
  { bidders: 60, places: 6, candidates: 3, seats: 15, because: 'some room stays empty' },
  { bidders: 300, places: 20, candidates: 10, seats: 15, because: 'everybody just finds room' },
]

test.each(SIZES)('the auction finds the optimum that HiGHS finds, where $because', async (size) => {
  const highs = await openHighs()
  for (let seed = 1; seed <= 10; seed++) {
    const market = drawMarket({ ...size, seed })
    expect(auction(market, { within: 0 }).value).toBe(
      Math.round(linearOptimum(highs, market).value),
    )
  }
})

test.each(SIZES)('asked for less, it is as near as it says, where $because', async (size) => {
  const highs = await openHighs()
  for (const within of [0.05, 0.005, 0.0005]) {
    const market = drawMarket({ ...size, seed: 77 })
    const best = linearOptimum(highs, market).value
    const { value, bound } = auction(market, { within })
    expect(value).toBeLessThanOrEqual(best + 1e-6)
    expect(bound).toBeGreaterThanOrEqual(best - 1e-6)
    expect(value).toBeGreaterThanOrEqual((1 - within) * bound)
  }
})
