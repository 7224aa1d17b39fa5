import assert from 'node:assert/strict'

/**
 * Who could go where and what that is worth. The candidates of bidder `i` are the entries from
 * `from[i]` up to, not including, `from[i + 1]`: each names a place, once a bidder, and its value.
 * Place `j` takes `capacity[j]` bidders.
 */
export type Market = Readonly<{
  from: Int32Array
  place: Int32Array
  value: Float64Array
  capacity: Int32Array
}>

export type Settled = Readonly<{
  /** The place of each bidder; -1 where staying away is worth as much. */
  placeOf: Int32Array
  value: number
  /** No division whatever is worth more, a fractional one included: the dual’s value. */
  bound: number
  /** How often the auction was held, each time in finer steps. */
  rounds: number
  bids: number
}>

/** How far the value may be from the bound: a share of it. */
const CLOSE_ENOUGH = 1e-3
/** Shares that are nothing but what floating point leaves of a sum. */
const NOTHING = 1e-9
const FINEST_STEP = 1e-12
const WHOLE = 1e-6
const FIRST_STEP = 1 / 32
const FINER = 1 / 4

/**
 * Divides bidders among places so that the sum of values is the highest, or within `within` of it
 * (a share; 0 asks for the optimum, which is then certain for whole numbers). Staying away is worth
 * nothing, so candidates of no value are never taken.
 *
 * An auction: whoever has no place bids for the one that gains most at the prices of now, as much
 * as makes the second best equal and a step beyond, and whoever paid least there stands up. With
 * steps of ε the value is within bidders × ε of the best; the prices themselves say how near it
 * really is, so finer steps are tried only while that is not near enough. Each round begins with
 * prices of zero: prices kept from before could stand on places that then stay empty, which is no
 * equilibrium. Same input, same output; ties go to the first candidate.
 */
export function auction(market: Market, { within = CLOSE_ENOUGH } = {}): Settled {
  const highest = market.value.reduce((high, value) => Math.max(high, value), 0)
  const isWhole = market.value.every(Number.isInteger)
  let bids = 0
  let best: Settled | undefined
  for (let [rounds, step] = [1, highest * FIRST_STEP]; ; rounds += 1, step *= FINER) {
    const hall = new Hall(market)
    bids += hall.bidAll(step)
    const held = hall.result()
    // Prices of any round bound the value of every division; whole values add up to whole sums.
    const here = isWhole ? Math.floor(held.bound + WHOLE) : held.bound
    const bound = Math.min(here, best?.bound ?? Number.POSITIVE_INFINITY)
    const kept = best && best.value >= held.value ? best : held
    best = { placeOf: kept.placeOf, value: kept.value, bound, rounds, bids }
    const isNear = bound - best.value <= Math.max(within, NOTHING) * bound
    if (isNear || step <= highest * FINEST_STEP) return best
  }
}

const NOBODY = -1

/** One round: what everybody holds and pays. The seats of a place are a heap, the cheapest first. */
class Hall {
  readonly #market: Market
  readonly #seatFrom: Int32Array
  readonly #paid: Float64Array
  readonly #sitter: Int32Array
  readonly #placeOf: Int32Array
  /** The price of each place: what its cheapest seat costs, and no price at all where none is. */
  readonly #price: Float64Array

  constructor(market: Market) {
    this.#market = market
    const seats = seatsOf(market)
    this.#seatFrom = new Int32Array(seats.length + 1)
    for (const [j, some] of seats.entries()) this.#seatFrom[j + 1] = (this.#seatFrom[j] ?? 0) + some
    const all = this.#seatFrom.at(-1) ?? 0
    this.#paid = new Float64Array(all)
    this.#sitter = new Int32Array(all).fill(NOBODY)
    this.#placeOf = new Int32Array(market.from.length - 1).fill(NOBODY)
    this.#price = Float64Array.from(seats, (some) => (some > 0 ? 0 : Number.POSITIVE_INFINITY))
  }

  /** Lets everybody bid until nobody wants to; how many bids that took. */
  bidAll(step: number): number {
    const waiting = Int32Array.from(this.#placeOf.keys()).reverse()
    let left = waiting.length
    let bids = 0
    while (left > 0) {
      const bidder = waiting[left - 1] ?? 0
      left -= 1
      const stoodUp = this.#bid(bidder, step)
      bids += 1
      if (stoodUp === NOBODY) continue
      waiting[left] = stoodUp
      left += 1
    }
    return bids
  }

  /** Who must stand up for the bidder; nobody where a seat was free or nothing is worth its price. */
  #bid(bidder: number, step: number): number {
    const { from, place, value } = this.#market
    const price = this.#price
    let best = NOBODY
    let gain = 0
    let second = 0
    const end = from[bidder + 1] ?? 0
    for (let k = from[bidder] ?? 0; k < end; k++) {
      const here = (value[k] ?? 0) - (price[place[k] ?? 0] ?? 0)
      if (here > gain) {
        second = gain
        gain = here
        best = place[k] ?? NOBODY
      } else if (here > second) second = here
    }
    if (best === NOBODY) return NOBODY
    this.#placeOf[bidder] = best
    return this.#sit(bidder, best, (price[best] ?? 0) + gain - second + step)
  }

  /** Takes the cheapest seat of a place; whoever sat there loses it. */
  #sit(bidder: number, place: number, price: number): number {
    const paid = this.#paid
    const sitter = this.#sitter
    const first = this.#seatFrom[place] ?? 0
    const size = (this.#seatFrom[place + 1] ?? 0) - first
    const stoodUp = sitter[first] ?? NOBODY
    if (stoodUp !== NOBODY) this.#placeOf[stoodUp] = NOBODY
    let seat = 0
    for (let below = 1; below < size; below = 2 * seat + 1) {
      const right = below + 1
      if (right < size && (paid[first + right] ?? 0) < (paid[first + below] ?? 0)) below = right
      if ((paid[first + below] ?? 0) >= price) break
      paid[first + seat] = paid[first + below] ?? 0
      sitter[first + seat] = sitter[first + below] ?? NOBODY
      seat = below
    }
    paid[first + seat] = price
    sitter[first + seat] = bidder
    this.#price[place] = paid[first] ?? 0
    return stoodUp
  }

  result(): Pick<Settled, 'placeOf' | 'value' | 'bound'> {
    const { from, place, value } = this.#market
    let sum = 0
    let bound = 0
    for (const [j, price] of this.#price.entries()) {
      const seats = (this.#seatFrom[j + 1] ?? 0) - (this.#seatFrom[j] ?? 0)
      if (seats > 0) bound += seats * price
    }
    for (const [bidder, held] of this.#placeOf.entries()) {
      let gain = 0
      for (let k = from[bidder] ?? 0; k < (from[bidder + 1] ?? 0); k++) {
        const here = value[k] ?? 0
        if (place[k] === held) sum += here
        gain = Math.max(gain, here - (this.#price[place[k] ?? 0] ?? 0))
      }
      bound += gain
    }
    return { placeOf: this.#placeOf, value: sum, bound }
  }
}

/** Seats worth keeping: no more than there are bidders who could ever sit there. */
function seatsOf({ from, place, capacity }: Market): Int32Array {
  assert((from.at(-1) ?? 0) === place.length, 'every candidate is somebody’s')
  const wanted = new Int32Array(capacity.length)
  for (const j of place) wanted[j] = (wanted[j] ?? 0) + 1
  return capacity.map((seats, j) => Math.min(seats, wanted[j] ?? 0))
}
