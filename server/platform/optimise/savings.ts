import type { Errand } from './tours.ts'

/**
 * Tours to begin a search with: everybody is served alone, then the two ends are joined that save
 * most, as long as the load allows (Clarke and Wright). Ties go to the lower numbers.
 */
export function savings({ size, distance, demand, capacity }: Errand): number[][] {
  const between = (a: number, b: number) => distance[a * size + b] ?? 0
  const pairs: (readonly [number, number, number])[] = []
  for (let a = 1; a < size; a++)
    for (let b = a + 1; b < size; b++) {
      const saved = between(a, 0) + between(0, b) - between(a, b)
      if (saved > 0) pairs.push([saved, a, b])
    }
  pairs.sort((one, other) => other[0] - one[0] || one[1] - other[1] || one[2] - other[2])

  type Tour = { stops: number[]; load: number }
  const tourOf: Tour[] = []
  for (let stop = 1; stop < size; stop++) tourOf[stop] = { stops: [stop], load: demand[stop] ?? 0 }
  for (const [, a, b] of pairs) {
    const [one, other] = [tourOf[a], tourOf[b]]
    if (!one || !other || one === other || one.load + other.load > capacity) continue
    if (!isEnd(one.stops, a) || !isEnd(other.stops, b)) continue
    if (one.stops.at(-1) !== a) one.stops.reverse()
    if (other.stops[0] !== b) other.stops.reverse()
    one.stops.push(...other.stops)
    one.load += other.load
    for (const stop of other.stops) tourOf[stop] = one
  }
  return [...new Set(tourOf.slice(1))].map(({ stops }) => stops)
}

const isEnd = (stops: readonly number[], stop: number) => stops[0] === stop || stops.at(-1) === stop

/** The way from the depot along the stops and back. */
export function lengthOf({ size, distance }: Errand, stops: readonly number[]): number {
  let length = 0
  let last = 0
  for (const stop of stops) {
    length += distance[last * size + stop] ?? 0
    last = stop
  }
  return length + (distance[last * size] ?? 0)
}
