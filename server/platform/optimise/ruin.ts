import type { Errand, Tour } from './tours.ts'

/** So many stops are taken out of a solution on the average, and at most so many of one tour. */
const MEAN_TAKEN = 10
const LONGEST = 10
/** How often a string is taken with a piece in its midst left where it is, and that piece grows. */
const SPLIT = 0.5
const GROW = 0.01

/** Takes strings of stops out of tours that lie near each other. */
export class Ruin {
  readonly #errand: Errand
  /** The stops from the nearest to the farthest, seen from each stop, itself first. */
  readonly #near: readonly Int32Array[]
  /** In which tour each stop is in the solution that was settled last. */
  readonly #tourOf: Int32Array

  constructor(errand: Errand, tours: readonly Tour[]) {
    this.#errand = errand
    this.#tourOf = new Int32Array(errand.size)
    this.#near = neighbours(errand)
    this.settle(tours, 0)
  }

  /** From now on this is the solution: its tours of `round` are new. */
  settle(tours: readonly Tour[], round: number): void {
    for (const [place, tour] of tours.entries())
      if (tour.round === round) for (const stop of tour.stops) this.#tourOf[stop] = place
  }

  /**
   * Takes stops out of `tours`, a copy of the settled solution of which every changed tour is
   * replaced by one of this round; which stops, and by how much that shortened the tours.
   */
  ruin(
    tours: Tour[],
    round: number,
    draw: () => number,
  ): Readonly<{ absent: number[]; saved: number }> {
    const { size } = this.#errand
    const filled = tours.reduce((sum, { stops }) => sum + (stops.length > 0 ? 1 : 0), 0)
    const longest = Math.min(LONGEST, (size - 1) / filled)
    const strings = Math.floor(1 + draw() * ((4 * MEAN_TAKEN) / (1 + longest) - 1))
    const around = this.#near[Math.floor(draw() * (size - 1)) + 1] ?? new Int32Array()
    const absent: number[] = []
    let saved = 0
    let taken = 0
    for (const stop of around) {
      if (taken >= strings) break
      const place = this.#tourOf[stop] ?? 0
      const tour = tours[place]
      if (!tour || tour.round === round) continue
      const length = Math.floor(1 + draw() * Math.min(tour.stops.length, longest))
      const left = this.#cut(tour.stops, stop, length, absent, draw)
      saved += left.saved
      const load = left.stops.reduce((sum, one) => sum + (this.#errand.demand[one] ?? 0), 0)
      tours[place] = { stops: left.stops, load, round }
      taken += 1
    }
    return { absent, saved }
  }

  /** What is left of a tour without a string of so many stops around one of them. */
  #cut(
    stops: readonly number[],
    stop: number,
    length: number,
    absent: number[],
    draw: () => number,
  ): Readonly<{ stops: number[]; saved: number }> {
    let kept = 0
    if (length > 1 && length < stops.length && draw() < SPLIT) {
      kept = 1
      while (length + kept < stops.length && draw() < GROW) kept += 1
    }
    const span = length + kept
    const at = stops.indexOf(stop)
    const first = Math.max(0, at - span + 1)
    const last = Math.min(at, stops.length - span)
    const from = first + Math.floor(draw() * (last - first + 1))
    const keepFrom = kept > 0 ? from + 1 + Math.floor(draw() * (length - 1)) : 0
    const keepTo = keepFrom + kept
    const { size, distance } = this.#errand
    const left: number[] = []
    let saved = 0
    let [previous, previousLeft] = [0, 0]
    for (const [place, one] of stops.entries()) {
      saved += distance[previous * size + one] ?? 0
      previous = one
      if (place >= from && place < from + span && !(place >= keepFrom && place < keepTo)) {
        absent.push(one)
        continue
      }
      saved -= distance[previousLeft * size + one] ?? 0
      previousLeft = one
      left.push(one)
    }
    saved += (distance[previous * size] ?? 0) - (distance[previousLeft * size] ?? 0)
    return { stops: left, saved }
  }
}

function neighbours({ size, distance }: Errand): Int32Array[] {
  const stops = Int32Array.from({ length: size - 1 }, (_, place) => place + 1)
  const near = [new Int32Array()]
  for (const from of stops) {
    const away = (to: number) => (to === from ? -1 : (distance[from * size + to] ?? 0))
    near[from] = stops.toSorted((a, b) => away(a) - away(b) || a - b)
  }
  return near
}
