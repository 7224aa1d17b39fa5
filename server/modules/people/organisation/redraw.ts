import type { Move } from '#contract/rezoning.ts'
import { Refusal } from '#platform/refusal.ts'
import { aboveOf, findFault, refuseTreeFault, type Tree, type UnitRef } from './tree.ts'

/**
 * The units of a branch after all steps. @throws Refusal `unit-unknown`, `unit-elsewhere` for a zone
 * whose id is borne, `rezoning-twice`, `rezoning-not-a-zone`, `zone-not-empty`, `unit-circle`,
 * `unit-level-turned`.
 */
export function redraw(
  branchId: string,
  units: readonly UnitRef[],
  moves: readonly Move[],
): Tree<UnitRef> {
  const drawn = new Map(units.map((unit) => [unit.unitId, unit]))
  const named = new Set<string>()
  for (const { unitId } of moves) {
    if (named.has(unitId)) throw new Refusal('invalid', 'rezoning-twice', { unit: unitId })
    named.add(unitId)
  }
  for (const move of moves)
    if (move.kind === 'open') {
      const { unitId, name } = move
      if (drawn.has(unitId)) throw new Refusal('conflict', 'unit-elsewhere', { unit: unitId })
      drawn.set(unitId, { unitId, name, kind: 'zone', parentId: branchId })
    }
  for (const move of moves)
    if (move.kind === 'move') {
      const unit = known(drawn, move.unitId)
      known(drawn, move.parentId)
      if (unit.unitId === branchId)
        throw new Refusal('not-found', 'unit-unknown', { unit: move.unitId })
      drawn.set(unit.unitId, { ...unit, parentId: move.parentId })
    }
  for (const move of moves) if (move.kind === 'close') close(drawn, move.unitId)
  const inside = [...drawn.values()].filter(({ unitId }) => unitId !== branchId)
  refuseTreeFault(findFault(drawn, inside))
  return drawn
}

function known(drawn: Tree<UnitRef>, unitId: string): UnitRef {
  const unit = drawn.get(unitId)
  if (!unit) throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  return unit
}

/** Closed zones stay in the drawing, for what still names them; nothing may hang below them. */
function close(drawn: Tree<UnitRef>, unitId: string): void {
  const unit = known(drawn, unitId)
  if (unit.kind !== 'zone')
    throw new Refusal('invalid', 'rezoning-not-a-zone', { unit: unitId, kind: unit.kind })
  const below = [...drawn.values()].filter(({ parentId }) => parentId === unitId).length
  if (below > 0)
    throw new Refusal('conflict', 'zone-not-empty', { unit: unitId, units: below, people: 0 })
}

/** What lies in a unit itself. */
export type Sums = Readonly<{
  households: number
  subscribers: number
  openTasks: number
  people: number
}>

/** Of each zone before and after, by id; last, under null, what belongs to none. */
export function compareZones(
  before: Tree<UnitRef>,
  after: Tree<UnitRef>,
  sums: ReadonlyMap<string, Sums>,
) {
  const zones = [...after.values()].filter(({ kind }) => kind === 'zone')
  const [was, is] = [sumByZone(before, sums), sumByZone(after, sums)]
  const rows = [...zones.toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1)), null]
  return rows
    .map((zone) => ({
      unitId: zone?.unitId ?? null,
      name: zone?.name ?? null,
      before: was.get(zone?.unitId ?? null) ?? NOTHING,
      after: is.get(zone?.unitId ?? null) ?? NOTHING,
    }))
    .filter(({ unitId, before: a, after: b }) => unitId !== null || !isNothing(a) || !isNothing(b))
}

const NOTHING: Sums = { households: 0, subscribers: 0, openTasks: 0, people: 0 }
const isNothing = (sums: Sums) => Object.values(sums).every((count) => count === 0)

function sumByZone(tree: Tree<UnitRef>, sums: ReadonlyMap<string, Sums>): Map<string | null, Sums> {
  const zones = new Map<string | null, Sums>()
  for (const [unitId, more] of sums) {
    const zone = aboveOf(tree, unitId, 'zone')?.unitId ?? null
    const so = zones.get(zone) ?? NOTHING
    zones.set(zone, {
      households: so.households + more.households,
      subscribers: so.subscribers + more.subscribers,
      openTasks: so.openTasks + more.openTasks,
      people: so.people + more.people,
    })
  }
  return zones
}
