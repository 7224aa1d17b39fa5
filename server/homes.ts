import type { Homes } from '#people'
import { dayOf } from '#platform/day.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { rehomeRegister } from '#renewals'
import { cardsByUnit, holdCards, rehomeCards } from '#subscribers'
import { openTasksByUnit } from '#worklists'

/** What stands on the tree of units without belonging to people: cards and tasks. */
export const homesOf = (works: Works): Homes => ({
  hold: holdCards,
  rehome: (unit, branchId) =>
    onBehalfOf(unit, works.system, async (system) => {
      const moved = await rehomeCards(system, branchId)
      if (moved > 0) await rehomeRegister(system, branchId)
      return moved
    }),
  count: countByUnit,
})

async function countByUnit(unit: Unit, branchId: string) {
  const cards = await cardsByUnit(unit, branchId)
  const tasks = await openTasksByUnit(unit, branchId, dayOf(unit.now))
  const open = new Map(tasks.map(({ unitId, openTasks }) => [unitId, openTasks]))
  const known = new Set(cards.map(({ unitId }) => unitId))
  return [
    ...cards.map((card) => ({ ...card, openTasks: open.get(card.unitId) ?? 0 })),
    ...tasks
      .filter(({ unitId }) => !known.has(unitId))
      .map((task) => ({ ...task, households: 0, subscribers: 0 })),
  ]
}
