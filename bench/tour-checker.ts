import { type Instance, type Solution, wayBetween } from './vrplib.ts'

/**
 * Judges tours from outside, by the coordinates alone and without a line of the solver: what is
 * wrong, in words; nothing means that every client is served once, no tour is overloaded and the
 * cost is what the ways add up to.
 */
export function complaintsAbout({ sites, capacity }: Instance, told: Solution): string[] {
  const complaints: string[] = []
  const served = sites.map(() => 0)
  let cost = 0
  for (const [place, tour] of told.tours.entries()) {
    let load = 0
    for (const [leg, stop] of [...tour, 0].entries()) {
      const site = sites[stop]
      cost += wayBetween(sites[tour[leg - 1] ?? 0], site)
      load += stop === 0 ? 0 : (site?.demand ?? 0)
      if (!site || (stop === 0 && leg < tour.length))
        complaints.push(`tour ${place} goes to ${stop}, where nobody is`)
      else served[stop] = (served[stop] ?? 0) + 1
    }
    if (tour.length === 0) complaints.push(`tour ${place} goes nowhere`)
    if (load > capacity) complaints.push(`tour ${place} carries ${load}, more than ${capacity}`)
  }
  for (const [stop, times] of served.entries())
    if (stop > 0 && times !== 1) complaints.push(`${stop} is served ${times} times`)
  if (cost !== told.cost) complaints.push(`the ways add up to ${cost}, not to ${told.cost}`)
  return complaints
}
