import assert from 'node:assert/strict'
import type { Unit } from '#platform/unit.ts'
import { branchUnits } from './branch-units.ts'
import { type Listed, type Outcome, type RowFinding, refuseFirst } from './listed.ts'
import {
  insertPlaceVersions,
  PLACE_KINDS,
  type PlaceKind,
  selectPlaceVersions,
  updatePlaceVersions,
} from './place-store.ts'
import { reconcile } from './versions.ts'

/** A row of the file that says which place belongs to which grid. */
export type PlaceRow = Readonly<{
  row: number
  divisionCode: string
  name: string | null
  kind: string | null
  /** Empty while nobody owns the place: it is the branch’s then. */
  gridId: string | null
}>

/** Looks at the rows of a places file, in its order and with its duplicates. */
export async function checkPlaces(
  unit: Unit,
  of: Listed,
  rows: readonly PlaceRow[],
): Promise<RowFinding[]> {
  const { open } = await branchUnits(unit, of)
  return rows.flatMap(({ row, name, kind, gridId }) => {
    const findings: RowFinding[] = []
    const reject = (code: RowFinding['code'], column: string, value: string | null) =>
      findings.push({ row, severity: 'reject', code, column, value })
    if (name === null) reject('place-name-missing', 'name', null)
    if (kind === null || !isPlaceKind(kind)) reject('place-kind-unknown', 'kind', kind)
    if (gridId !== null && !open.has(gridId)) reject('place-grid-unknown', 'grid_id', gridId)
    return findings
  })
}

/**
 * Makes the places of a branch what its file says from `of.date` on. The rows passed `checkPlaces`
 * and are one a place; who owns a place that is not in the file any more does so no longer.
 */
export async function importPlaces(
  unit: Unit,
  of: Listed,
  rows: readonly PlaceRow[],
): Promise<Outcome> {
  refuseFirst(await checkPlaces(unit, of, rows))
  const alsoNamed = new Set(of.alsoNamed)
  const { begun, amended, counts } = reconcile({
    held: await selectPlaceVersions(unit, of.branchId),
    stated: rows.map(({ divisionCode, name, kind, gridId }) => {
      assert(name !== null && kind !== null && isPlaceKind(kind), 'the row was looked at')
      const place = { name, kind, unitId: gridId ?? of.branchId }
      return { id: divisionCode, validFrom: null, validTo: null, of: place }
    }),
    day: of.date,
    mayEnd: ({ id }) => !alsoNamed.has(id),
  })
  const written = await updatePlaceVersions(unit, of.branchId, amended)
  assert(written === amended.length, 'every version that changes is in scope')
  await insertPlaceVersions(unit, of.branchId, begun)
  return { changed: begun.length + amended.length > 0, counts }
}

const isPlaceKind = (text: string): text is PlaceKind =>
  (PLACE_KINDS as readonly string[]).includes(text)
