import assert from 'node:assert/strict'
import type { Day } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Listed, Outcome, RowFinding } from './listed.ts'
import { refuseFirst, refuseTurned } from './listed.ts'
import { findNotYours } from './not-yours.ts'
import { findFault, isUnitKind, type Node, pathOf, type Tree, treeOf, UNIT_KINDS } from './tree.ts'
import {
  insertUnitVersions,
  lockTree,
  selectAbove,
  selectBelow,
  selectForeignUnits,
  selectUnitVersions,
  type UnitOf,
  updateUnitVersions,
} from './unit-store.ts'
import { holds, reconcile, type Stated, standing, type Version } from './versions.ts'

/** A row of the organisation file of a branch; the units above the branch may be in it. */
export type UnitRow = Readonly<{
  row: number
  unitId: string
  parentId: string | null
  kind: string | null
  name: string | null
  divisionCode: string | null
  headStaffId: string | null
  validFrom: Day | null
  validTo: Day | null
}>

/**
 * Looks at the tree that a file draws, before its duplicates are resolved: the last row of a unit
 * counts. Whatever is wrong with the tree refuses the file; rows by which whoever ordered the
 * import would change what is not theirs are rejected. @throws Refusal `organisation-…`,
 * `dates-turned`, with the row it is in.
 */
export async function checkUnits(
  unit: Unit,
  of: Listed,
  rows: readonly UnitRow[],
): Promise<RowFinding[]> {
  const { stated } = await readFile(unit, of, rows)
  return findNotYours(unit, of, { rows, stated })
}

/**
 * Makes the units of a branch what its file says from `of.date` on: begins, changes and ends
 * versions. The units above the branch are added and changed as well, never ended, where whoever
 * ordered it may change them: the command line may, a person where a post organises them.
 */
export async function importUnits(
  unit: Unit,
  of: Listed,
  rows: readonly UnitRow[],
): Promise<Outcome> {
  await lockTree(unit)
  const { stated, below } = await readFile(unit, of, rows)
  refuseFirst(await findNotYours(unit, of, { rows, stated }))
  const ids = new Set([...below, ...stated.map(({ id }) => id)])
  const held = await selectUnitVersions(unit, [...ids])
  const alsoNamed = new Set(of.alsoNamed)
  const { begun, amended, counts } = reconcile({
    held,
    stated,
    day: of.date,
    mayEnd: ({ id }) => below.has(id) && !alsoNamed.has(id),
  })
  const written = await updateUnitVersions(unit, amended)
  assert(written === amended.length, 'every version that changes is in scope')
  // Level by level: a unit is in scope as soon as the one above it is written.
  for (const kind of UNIT_KINDS)
    await insertUnitVersions(
      unit,
      begun.filter((version) => version.of.kind === kind),
    )
  return { changed: begun.length + amended.length > 0, counts }
}

type File = Readonly<{
  stated: readonly Stated<UnitOf>[]
  /** Units that the branch has already: those that the file would have to name. */
  below: ReadonlySet<string>
}>

async function readFile(unit: Unit, of: Listed, rows: readonly UnitRow[]): Promise<File> {
  const last = [...new Map(rows.map((row) => [row.unitId, row])).values()]
  const nodes = last.map(nodeOf)
  const tree = treeOf([...(await knownAbove(unit, of, nodes)), ...nodes])
  refuseFault(tree, nodes)
  if (tree.get(of.branchId)?.kind !== 'branch')
    throw new Refusal('invalid', 'organisation-branch-missing', { branch: of.branchId })
  const above = new Set(pathOf(tree, of.branchId).map((node) => node.unitId))
  for (const { unitId, row } of nodes)
    if (!above.has(unitId) && !isInside(tree, unitId, of.branchId))
      throw new Refusal('invalid', 'organisation-outside-branch', {
        row,
        unit: unitId,
        branch: of.branchId,
      })
  const below = new Set((await selectBelow(unit, of.branchId, of.date)).map((each) => each.unitId))
  await refuseElsewhere(unit, of, { nodes, above, below })
  return { stated: last.map(statedOf), below }
}

type RowNode = Node & Readonly<{ row: number }>

function nodeOf({ row, unitId, parentId, kind, name, validFrom, validTo }: UnitRow): RowNode {
  if (kind === null || !isUnitKind(kind))
    throw new Refusal('invalid', 'organisation-kind-unknown', { row, value: kind ?? '' })
  if (name === null)
    throw new Refusal('invalid', 'organisation-name-missing', { row, unit: unitId })
  refuseTurned({ row, validFrom, validTo })
  return { row, unitId, parentId, kind }
}

function statedOf(row: UnitRow): Stated<UnitOf> {
  const { unitId, parentId, kind, name, divisionCode, headStaffId, validFrom, validTo } = row
  assert(kind !== null && isUnitKind(kind) && name !== null, 'the row was looked at')
  const of = { parentId, kind, name, divisionCode, headStaffId }
  return { id: unitId, validFrom, validTo, of }
}

/** Units that the file hangs its highest ones under, as far as the ledger knows them. */
async function knownAbove(unit: Unit, of: Listed, nodes: readonly Node[]): Promise<Node[]> {
  const named = new Set(nodes.map((node) => node.unitId))
  const missing = new Set(nodes.flatMap(({ parentId }) => parentId ?? []))
  const known: Node[] = named.has(of.branchId) ? [] : await selectBranch(unit, of)
  for (const id of missing) {
    if (named.has(id)) continue
    const versions = await selectUnitVersions(unit, [id])
    const now = standing(versions, of.date)
    if (now && isAboveBranch(now.of))
      known.push({ unitId: id, ...now.of }, ...(await selectAbove(unit, id)))
  }
  return known.filter((node) => !named.has(node.unitId))
}

async function selectBranch(unit: Unit, of: Listed): Promise<Node[]> {
  const [branch] = (await selectBelow(unit, of.branchId, of.date)).filter(
    (each) => each.unitId === of.branchId,
  )
  return branch ? [branch, ...(await selectAbove(unit, of.branchId))] : []
}

const isAboveBranch = ({ kind }: UnitOf) => kind === 'province' || kind === 'city'

const isInside = (tree: Tree, unitId: string, branchId: string) =>
  pathOf(tree, unitId).some((node) => node.unitId === branchId)

function refuseFault(tree: Tree, nodes: readonly RowNode[]): void {
  const fault = findFault(tree, nodes)
  if (!fault) return
  const rowOf = (unitId: string) => nodes.find((node) => node.unitId === unitId)?.row ?? 0
  switch (fault.kind) {
    case 'circle':
      throw new Refusal('invalid', 'organisation-circle', {
        row: rowOf(fault.unitId),
        unit: fault.unitId,
        path: fault.path.join(' → '),
      })
    case 'parent-unknown':
      throw new Refusal('invalid', 'organisation-parent-unknown', {
        row: rowOf(fault.unitId),
        unit: fault.unitId,
        parent: fault.parentId,
      })
    case 'level-turned':
      throw new Refusal('invalid', 'organisation-level-turned', {
        row: rowOf(fault.unit.unitId),
        unit: fault.unit.unitId,
        kind: fault.unit.kind,
        parent: fault.parent.unitId,
        parentKind: fault.parent.kind,
      })
  }
}

/** A file cannot take a unit that works elsewhere, nor turn one above the branch into its own. */
async function refuseElsewhere(
  unit: Unit,
  of: Listed,
  file: { nodes: readonly RowNode[]; above: ReadonlySet<string>; below: ReadonlySet<string> },
): Promise<void> {
  const strange = file.nodes.filter(
    ({ unitId }) => !file.below.has(unitId) && (!file.above.has(unitId) || unitId === of.branchId),
  )
  const ids = strange.map(({ unitId }) => unitId)
  const held = Map.groupBy(await selectUnitVersions(unit, ids), ({ id }) => id)
  const foreign = await selectForeignUnits(unit, ids)
  const works = (versions: readonly Version<UnitOf>[]) =>
    versions.some((version) => holds(version, of.date) || version.validFrom > of.date)
  for (const { unitId, row } of strange)
    if (foreign.has(unitId) || works(held.get(unitId) ?? []))
      throw new Refusal('conflict', 'organisation-unit-elsewhere', { row, unit: unitId })
}
