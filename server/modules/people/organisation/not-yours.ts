import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { isOwnerOfHouse, unitsOrganised } from '../policy.ts'
import type { Listed, RowFinding } from './listed.ts'
import { selectUnitVersions, type UnitOf } from './unit-store.ts'
import { reconcile, type Stated, standing } from './versions.ts'

type File = Readonly<{
  rows: readonly Readonly<{ row: number; unitId: string }>[]
  /** What the last row of each unit says. */
  stated: readonly Stated<UnitOf>[]
}>

/**
 * The rows of an organisation file that change what is not theirs who ordered the import, as
 * changing the unit alone would be refused to them: a unit outside their posts, as one above the
 * branch, or one hung below such a unit. A row that changes nothing is nobody’s business, so a file
 * may go on naming the city and the province.
 */
export async function findNotYours(
  unit: Unit,
  of: Listed,
  { rows, stated }: File,
): Promise<RowFinding[]> {
  if (isOwnerOfHouse(unit)) return []
  const yours = new Set(await unitsOrganised(unit))
  const parents = stated.flatMap(({ of: said }) => said.parentId ?? [])
  const held = Map.groupBy(
    await selectUnitVersions(unit, [...stated.map(({ id }) => id), ...parents]),
    ({ id }) => id,
  )
  const inFile = new Set(stated.map(({ id }) => id))
  const isNew = (id: string) => !held.has(id) && inFile.has(id) // its own row is looked at
  const findings: RowFinding[] = []
  for (const statement of stated) {
    const versions = held.get(statement.id) ?? []
    const { begun, amended } = reconcile({
      ...{ held: versions, stated: [statement], day: of.date, mayEnd: () => false },
    })
    if (begun.length + amended.length === 0) continue
    const { parentId } = statement.of
    const before = standing(versions, latest(of.date, statement.validFrom))
    const goes = before?.of.parentId !== parentId
    const takes = goes && (parentId === null || !(yours.has(parentId) || isNew(parentId)))
    const add = (column: string, value: string | null) => {
      for (const { row } of rows.filter(({ unitId }) => unitId === statement.id))
        findings.push({ row, severity: 'reject', code: 'organisation-not-yours', column, value })
    }
    if (versions.length > 0 && !yours.has(statement.id)) add('unit_id', statement.id)
    else if (takes) add('parent_id', parentId)
  }
  return findings.sort((a, b) => a.row - b.row)
}

const latest = (day: Day, other: Day | null) => (other !== null && other > day ? other : day)
