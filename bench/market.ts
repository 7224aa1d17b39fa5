import type { Market } from '#platform/optimise/auction.ts'
import { drawing } from '#platform/optimise/drawing.ts'

export type MarketSize = Readonly<{
  bidders: number
  places: number
  /** How many places each bidder may go to: the nearest ones. */
  candidates: number
  /** How many bidders each place takes. */
  seats: number
  seed: number
}>

/** What a bidder is worth in fen, and how far from the mean a place may be good or bad at it. */
const WORTH = { least: 1_000, most: 10_000, skill: 0.2 }
/** What going right across the square costs, in fen. */
const WAY = 8_000

/** Bidders and places scattered over a square: what is near, and good at it, is worth more. */
export function drawMarket(size: MarketSize): Market {
  const { bidders, places, candidates, seats } = size
  const draw = drawing(size.seed)
  const square = () => [draw(), draw()] as const
  const sites = Array.from({ length: places }, square)
  const from = Int32Array.from({ length: bidders + 1 }, (_, bidder) => bidder * candidates)
  const place = new Int32Array(bidders * candidates)
  const value = new Float64Array(bidders * candidates)
  for (let bidder = 0; bidder < bidders; bidder++) {
    const [x, y] = square()
    const worth = WORTH.least + (WORTH.most - WORTH.least) * draw()
    const way = sites.map(([a, b]) => Math.hypot(a - x, b - y))
    const near = [...way.keys()].sort((a, b) => (way[a] ?? 0) - (way[b] ?? 0) || a - b)
    for (const [k, site] of near.slice(0, candidates).entries()) {
      const skill = 1 + WORTH.skill * (2 * draw() - 1)
      place[bidder * candidates + k] = site
      value[bidder * candidates + k] = Math.max(
        1,
        Math.round(worth * skill - WAY * (way[site] ?? 0)),
      )
    }
  }
  return { from, place, value, capacity: new Int32Array(places).fill(seats) }
}
