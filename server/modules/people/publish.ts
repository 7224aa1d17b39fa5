import type { LakeSession } from '#platform/duckdb/lake.ts'
import type { Works } from '#platform/works.ts'
import { placesOf } from './organisation/places.ts'
import { aboveOf, treeOf } from './organisation/tree.ts'
import { unitsOf } from './organisation/units.ts'
import { staffOn } from './staff/staff.ts'

/**
 * Shows the organisation of a branch on `day` in a lake session: `published.units` (ended ones as
 * well, for what still names them), `published.places` and `published.staff`. `hall_id` and
 * `zone_id` are the unit itself or the one above it of that kind, null where there is none.
 */
export async function publishOrganisation(
  works: Works,
  session: LakeSession,
  branchId: string,
  day: string,
): Promise<void> {
  const { units, places, staff } = await works.run(works.system, async (unit) => ({
    units: await unitsOf(unit, branchId, day),
    places: await placesOf(unit, branchId, day),
    staff: await staffOn(unit, branchId, day),
  }))
  const tree = treeOf(units)
  const hallOf = (unitId: string) => aboveOf(tree, unitId, 'hall')?.unitId ?? null
  const zoneOf = (unitId: string) => aboveOf(tree, unitId, 'zone')?.unitId ?? null
  await fill(session, 'units', {
    columns: {
      unit_id: 'VARCHAR',
      parent_id: 'VARCHAR',
      kind: 'VARCHAR',
      name: 'VARCHAR',
      hall_id: 'VARCHAR',
      zone_id: 'VARCHAR',
      branch_id: 'VARCHAR',
    },
    rows: units.map(({ unitId, parentId, kind, name }) => ({
      unit_id: unitId,
      parent_id: parentId,
      kind,
      name,
      hall_id: hallOf(unitId),
      zone_id: zoneOf(unitId),
      branch_id: branchId,
    })),
  })
  await fill(session, 'places', {
    columns: {
      division_code: 'VARCHAR',
      name: 'VARCHAR',
      kind: 'VARCHAR',
      grid_id: 'VARCHAR',
      town_code: 'VARCHAR',
      town_name: 'VARCHAR',
    },
    rows: places.map((place) => ({
      division_code: place.divisionCode,
      name: place.name,
      kind: place.kind,
      grid_id: place.gridId,
      town_code: place.townCode,
      town_name: place.townName,
    })),
  })
  await fill(session, 'staff', {
    columns: {
      staff_id: 'VARCHAR',
      name: 'VARCHAR',
      unit_id: 'VARCHAR',
      hall_id: 'VARCHAR',
      zone_id: 'VARCHAR',
      roles: 'VARCHAR[]',
      skills: 'VARCHAR[]',
      capacity_door: 'INTEGER',
      capacity_call: 'INTEGER',
      capacity_hall: 'INTEGER',
      capacity_install: 'INTEGER',
      days: 'VARCHAR',
      agency: 'VARCHAR',
    },
    rows: staff.map(({ staffId, unitId, capacity, ...person }) => ({
      staff_id: staffId,
      name: person.name,
      unit_id: unitId,
      hall_id: hallOf(unitId),
      zone_id: zoneOf(unitId),
      roles: person.roles,
      skills: person.skills,
      capacity_door: capacity.door,
      capacity_call: capacity.call_out,
      capacity_hall: capacity.hall,
      capacity_install: capacity.installer,
      days: person.days,
      agency: person.agency,
    })),
  })
}

type Table<Column extends string> = Readonly<{
  columns: Readonly<Record<Column, 'VARCHAR' | 'INTEGER' | 'VARCHAR[]'>>
  rows: readonly Readonly<Record<Column, unknown>>[]
}>

/** Rows go over as JSON, some tens of thousands at a time: a county has that many buildings. */
async function fill<Column extends string>(
  session: LakeSession,
  name: 'units' | 'places' | 'staff',
  { columns, rows }: Table<Column>,
): Promise<void> {
  const list = Object.entries<string>(columns).map(([column, type]) => `${column} ${type}`)
  await session.run(`create or replace table published.${name} (${list.join(', ')})`)
  const structure = JSON.stringify([columns])
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await session.run(
      `insert into published.${name}
       select unnest(from_json($1::json, '${structure}'), recursive := true)`,
      [JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE))],
    )
}

const ROWS_AT_ONCE = 20_000
