import type { Errand, Tour } from './tours.ts'

/** So rarely a place is overlooked: what is always put where it is cheapest now ends up alike. */
const OVERLOOKED = 0.01

/** In which order stops are put back, and how often each order is drawn. */
const ORDERS = ['any', 'large', 'far', 'near'] as const
const WEIGHTS = [4, 4, 2, 1]

/**
 * Puts the absent stops back, one after the other where each costs least, or into a tour of its
 * own where none has room; by how much that lengthened the tours. Tours not made in this round
 * are replaced, not changed.
 */
export function recreate(
  errand: Errand,
  tours: Tour[],
  absent: number[],
  round: number,
  draw: () => number,
): number {
  const { size, distance, demand, capacity } = errand
  sortBy(drawOrder(draw), errand, absent, draw)
  const untilOverlooked = () => Math.floor(Math.log(1 - draw()) / Math.log(1 - OVERLOOKED))
  let overlook = untilOverlooked()
  let added = 0
  for (const stop of absent) {
    const row = stop * size
    const load = demand[stop] ?? 0
    const room = capacity - load
    let [best, bestTour, bestPlace] = [Number.POSITIVE_INFINITY, -1, 0]
    for (let t = 0; t < tours.length; t++) {
      const tour = tours[t]
      if (!tour || tour.load > room || tour.stops.length === 0) continue
      const { stops } = tour
      let last = 0
      let toLast = distance[row] ?? 0
      for (let place = 0; place <= stops.length; place++) {
        const next = stops[place] ?? 0
        const toNext = distance[row + next] ?? 0
        const longer = toLast + toNext - (distance[last * size + next] ?? 0)
        last = next
        toLast = toNext
        if (overlook-- === 0) overlook = untilOverlooked()
        else if (longer < best) {
          best = longer
          bestTour = t
          bestPlace = place
        }
      }
    }
    if (bestTour < 0) {
      best = 2 * (distance[row] ?? 0)
      bestTour = tours.findIndex(({ stops }) => stops.length === 0)
      if (bestTour < 0) bestTour = tours.length
    }
    const into = tours[bestTour] ?? { stops: [], load: 0, round: -1 }
    const own = into.round === round ? into : { ...into, stops: into.stops.slice(), round }
    own.stops.splice(bestPlace, 0, stop)
    own.load += load
    tours[bestTour] = own
    added += best
  }
  return added
}

function drawOrder(draw: () => number): (typeof ORDERS)[number] {
  let left = draw() * WEIGHTS.reduce((sum, weight) => sum + weight, 0)
  const place = WEIGHTS.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return ORDERS[place] ?? 'any'
}

function sortBy(
  order: (typeof ORDERS)[number],
  { size, distance, demand }: Errand,
  stops: number[],
  draw: () => number,
): void {
  const away = (stop: number) => distance[stop * size] ?? 0
  const size_ = (stop: number) => demand[stop] ?? 0
  if (order === 'large') stops.sort((a, b) => size_(b) - size_(a))
  else if (order === 'far') stops.sort((a, b) => away(b) - away(a))
  else if (order === 'near') stops.sort((a, b) => away(a) - away(b))
  else shuffle(stops, draw)
}

function shuffle(stops: number[], draw: () => number): void {
  for (let last = stops.length - 1; last > 0; last--) {
    const other = Math.floor(draw() * (last + 1))
    const held = stops[last] ?? 0
    stops[last] = stops[other] ?? 0
    stops[other] = held
  }
}
