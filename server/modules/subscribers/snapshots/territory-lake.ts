import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { placesOf, unitsOf } from '#people'
import { dayOf } from '#platform/day.ts'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { sha256Hex } from '#platform/hash.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'

type Of = Readonly<{ branchId: string; date: string; folder: string }>

/** What the branch looks like on a day: its places with their grids, and its units. */
export type Territory = Readonly<{
  /** Of all that is said here; the same territory has the same. */
  hash: string
  places: number
}>

/**
 * Puts work.place and work.unit into the session: the branch on the day of the file, or, where it
 * had no places then, as it stands now.
 */
export async function loadTerritory(
  works: Works,
  session: LakeSession,
  { branchId, date, folder }: Of,
): Promise<Territory> {
  const { places, units } = await works.run(works.system, (unit) =>
    territoryOn(unit, branchId, date),
  )
  const placeLines = places.map((place) =>
    JSON.stringify({
      division_code: place.divisionCode,
      name: place.name,
      kind: place.kind,
      town_code: place.townCode,
      grid_id: place.gridId,
    }),
  )
  const unitLines = units.map((unitId) => JSON.stringify({ unit_id: unitId }))
  const placeFile = join(folder, 'places.ndjson')
  const unitFile = join(folder, 'units.ndjson')
  await writeFile(placeFile, placeLines.join('\n'))
  await writeFile(unitFile, unitLines.join('\n'))
  await session.run(question(import.meta.url, '../queries/places.sql'), { file: placeFile })
  await session.run(question(import.meta.url, '../queries/units.sql'), { file: unitFile })
  return { hash: sha256Hex([...placeLines, ...unitLines].join('\n')), places: places.length }
}

async function territoryOn(unit: Unit, branchId: string, date: string) {
  const today = dayOf(unit.now)
  const then = await placesOf(unit, branchId, date)
  const places = then.length > 0 ? then : await placesOf(unit, branchId, today)
  const units = await unitsOf(unit, branchId, then.length > 0 ? date : today)
  return { places, units: units.map((each) => each.unitId).sort() }
}

/** The grid of every place that has one, as lines for `copyIn`, and the units of the branch. */
export async function homesNow(
  unit: Unit,
  branchId: string,
): Promise<Readonly<{ lines: Readable; units: string[] }>> {
  const { places, units } = await territoryOn(unit, branchId, dayOf(unit.now))
  const lines = places
    .filter((place) => place.gridId !== branchId)
    .map((place) => `${quote(place.divisionCode)},${quote(place.gridId)}\n`)
  return { lines: Readable.from(lines), units }
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`
