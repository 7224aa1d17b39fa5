import type { DeliveredSubscriber } from './delivered-county.ts'

type Visit = Readonly<{
  subscriber_id: string
  assignee_id: string
  touchpoint: string
  visit_order: string
}>

/**
 * Walks everybody’s day at the doors: whoever leaves a town, a village, a building, a unit or a
 * floor does not come back to it. Each line that comes back names a detour.
 */
export function outOfTheWay(
  tasks: readonly Visit[],
  homeOf: (subscriberId: string) => DeliveredSubscriber | undefined,
): string[] {
  const doors = tasks.filter(({ touchpoint }) => touchpoint === 'door')
  return [...Map.groupBy(doors, (task) => task.assignee_id)].flatMap(([assignee, visits]) => {
    const walk = visits
      .toSorted((a, b) => Number(a.visit_order) - Number(b.visit_order))
      .map((visit) => stagesOf(homeOf(visit.subscriber_id)))
    return STAGES.flatMap((stage, depth) => {
      const seen = new Set<string>()
      let last = ''
      for (const stages of walk) {
        const here = stages.slice(0, depth + 1).join(' / ')
        if (here !== last && seen.has(here))
          return [`${assignee} comes back to the ${stage} ${here}`]
        seen.add(here)
        last = here
      }
      return []
    })
  })
}

const STAGES = ['town', 'village', 'building', 'unit', 'floor'] as const

/** Where a home lies, from the town to the floor; a room 1203 is on floor 12. */
function stagesOf(home: DeliveredSubscriber | undefined): string[] {
  if (!home) return STAGES.map(() => 'nowhere')
  const room = /^(\d+)\d{2}室?$/.exec(home.house)?.[1] ?? ''
  return [
    home.placeCode.slice(0, 9),
    home.placeCode.slice(0, 12),
    home.placeCode, // of a building; two compounds of one village have a first building each
    home.unit,
    home.building ? room : '',
  ]
}
