import { Refusal } from '#platform/refusal.ts'

/** Levels of the tree, highest first; levels may be left out, never turned round. */
export const UNIT_KINDS = ['province', 'city', 'branch', 'zone', 'hall', 'grid'] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

export const isUnitKind = (text: string): text is UnitKind =>
  (UNIT_KINDS as readonly string[]).includes(text)

/** Where a unit hangs. */
export type Node = Readonly<{ unitId: string; parentId: string | null; kind: UnitKind }>
export type UnitRef = Node & Readonly<{ name: string }>
export type Tree<Of extends Node = Node> = ReadonlyMap<string, Of>

export const treeOf = <Of extends Node>(nodes: Iterable<Of>): Tree<Of> =>
  new Map(Array.from(nodes, (node) => [node.unitId, node]))

/** The unit itself first, then all above it; a circle is walked once. */
export function pathOf<Of extends Node>(tree: Tree<Of>, unitId: string): Of[] {
  const path: Of[] = []
  const seen = new Set<string>()
  let node = tree.get(unitId)
  while (node && !seen.has(node.unitId)) {
    seen.add(node.unitId)
    path.push(node)
    node = node.parentId === null ? undefined : tree.get(node.parentId)
  }
  return path
}

/** The nearest of `kind` on the path of a unit, itself included. */
export const aboveOf = <Of extends Node>(tree: Tree<Of>, unitId: string, kind: UnitKind) =>
  pathOf(tree, unitId).find((node) => node.kind === kind)

export type TreeFault =
  | Readonly<{ kind: 'circle'; unitId: string; path: readonly string[] }>
  | Readonly<{ kind: 'parent-unknown'; unitId: string; parentId: string }>
  | Readonly<{ kind: 'level-turned'; unit: Node; parent: Node }>

/** The first fault of `nodes` in a tree, in their order; a circle is told before anything else. */
export function findFault(tree: Tree, nodes: Iterable<Node>): TreeFault | null {
  const list = [...nodes]
  for (const { unitId } of list) {
    const path = pathOf(tree, unitId).map((node) => node.unitId)
    if (tree.get(path.at(-1) ?? '')?.parentId === unitId)
      return { kind: 'circle', unitId, path: [...path, unitId] }
  }
  for (const unit of list) {
    if (unit.parentId === null) continue
    const parent = tree.get(unit.parentId)
    if (!parent) return { kind: 'parent-unknown', unitId: unit.unitId, parentId: unit.parentId }
    if (levelOf(parent) >= levelOf(unit)) return { kind: 'level-turned', unit, parent }
  }
  return null
}

/** Refuses what turns the tree round; that a parent is known is asked where it is stated. */
export function refuseTreeFault(fault: TreeFault | null): void {
  if (fault?.kind === 'circle')
    throw new Refusal('conflict', 'unit-circle', {
      unit: fault.unitId,
      path: fault.path.join(' → '),
    })
  if (fault?.kind === 'level-turned')
    throw new Refusal('conflict', 'unit-level-turned', {
      ...{ unit: fault.unit.unitId, kind: fault.unit.kind },
      ...{ parent: fault.parent.unitId, parentKind: fault.parent.kind },
    })
}

const levelOf = ({ kind }: Node) => UNIT_KINDS.indexOf(kind)
