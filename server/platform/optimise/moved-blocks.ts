import { LATE, WAIT, type Way } from './way.ts'

const LONGEST_MOVED = 3
/** Shorter by less than this is not shorter: sums of floating point differ in the last digits. */
const SHORTER = 1e-9

export type Improved = Readonly<{ order: readonly number[]; cost: number }>

/**
 * Moves runs of up to three blocks elsewhere, as they are or turned, and turns longer runs round,
 * until none of that makes the way better. Each change is taken as soon as it is found.
 */
export function improved(way: Way, from: readonly number[]): Improved {
  const path = new Path(way, from)
  while (path.moveRuns() || path.turnRuns());
  return path.result()
}

/**
 * An order of blocks with what is known before each of them: when one gets there, and what the way
 * has cost so far. A change is written into a copy, and walked from where it begins.
 */
class Path {
  readonly #way: Way
  readonly #order: Int32Array
  readonly #trial: Int32Array
  readonly #timeBefore: Float64Array
  readonly #costBefore: Float64Array
  #cost = 0

  constructor(way: Way, order: readonly number[]) {
    this.#way = way
    this.#order = Int32Array.from(order)
    this.#trial = Int32Array.from(order)
    this.#timeBefore = new Float64Array(order.length + 1)
    this.#costBefore = new Float64Array(order.length + 1)
    this.#timeBefore[0] = way.start
    this.#learn(0)
  }

  result(): Improved {
    return { order: [...this.#order], cost: this.#cost }
  }

  /** Tries every short run in every other place, both ways round; whether anything got better. */
  moveRuns(): boolean {
    const count = this.#order.length
    let isBetter = false
    for (let length = 1; length <= Math.min(LONGEST_MOVED, count - 1); length++)
      for (let from = 0; from + length <= count; from++)
        for (let to = 0; to + length <= count; to++) {
          if (to !== from && this.#move(from, length, to, false)) isBetter = true
          if (length > 1 && this.#move(from, length, to, true)) isBetter = true
        }
    return isBetter
  }

  /** Tries to turn every run that is too long to be moved. */
  turnRuns(): boolean {
    const count = this.#order.length
    let isBetter = false
    for (let from = 0; from + 1 < count; from++)
      for (let to = from + LONGEST_MOVED; to < count; to++) {
        for (let place = from; place <= to; place++)
          this.#trial[place] = this.#order[from + to - place] ?? 0
        if (this.#settle(from, to + 1)) isBetter = true
      }
    return isBetter
  }

  /** The run that begins at `from` begins at `to` then; whether that was better. */
  #move(from: number, length: number, to: number, turned: boolean): boolean {
    const order = this.#order
    const trial = this.#trial
    const first = Math.min(from, to)
    const end = Math.max(from, to) + length
    for (let place = first; place < end; place++) {
      const inRun = place - to
      if (inRun >= 0 && inRun < length)
        trial[place] = order[from + (turned ? length - 1 - inRun : inRun)] ?? 0
      else trial[place] = order[to < from ? place - length : place + length] ?? 0
    }
    return this.#settle(first, end)
  }

  /** Keeps the trial, which differs from `first` up to `end`, if it is better; else undoes it. */
  #settle(first: number, end: number): boolean {
    const isBetter = this.#walk(this.#trial, first, this.#cost - SHORTER) < Number.POSITIVE_INFINITY
    const [kept, undone] = isBetter ? [this.#trial, this.#order] : [this.#order, this.#trial]
    for (let place = first; place < end; place++) undone[place] = kept[place] ?? 0
    if (isBetter) this.#learn(first)
    return isBetter
  }

  /** What the whole way costs that is as known up to `first`; infinity once that reaches `most`. */
  #walk(order: Int32Array, first: number, most: number, learns = false): number {
    const { size, travel, stay, opens, closes, blocks } = this.#way
    let now = this.#timeBefore[first] ?? 0
    let cost = this.#costBefore[first] ?? 0
    let last = first > 0 ? (blocks[order[first - 1] ?? 0]?.at(-1) ?? -1) : -1
    for (let place = first; place < order.length; place++) {
      for (const stop of blocks[order[place] ?? 0] ?? []) {
        const minutes = last < 0 ? 0 : (travel[last * size + stop] ?? 0)
        const wait = Math.max(0, (opens[stop] ?? 0) - now - minutes)
        now += minutes + wait
        cost += minutes + WAIT * wait + LATE * Math.max(0, now - (closes[stop] ?? 0))
        if (cost >= most) return Number.POSITIVE_INFINITY
        now += stay[stop] ?? 0
        last = stop
      }
      if (!learns) continue
      this.#timeBefore[place + 1] = now
      this.#costBefore[place + 1] = cost
    }
    return cost
  }

  /** Works out time and cost before each place from `first` on. */
  #learn(first: number): void {
    this.#cost = this.#walk(this.#order, first, Number.POSITIVE_INFINITY, true)
  }
}
