import { csv } from './line-writer.ts'
import type { CountyPlaces } from './places.ts'
import type { Staff, StaffMember } from './staff.ts'
import type { Hall, Territory } from './territory.ts'

export const ORGANISATION_HEADER =
  'unit_id,parent_id,kind,name,division_code,head_staff_id,valid_from,valid_to'
export const PLACE_HEADER = 'division_code,name,kind,grid_id'
export const STAFF_HEADER =
  'staff_id,name,phone,account,roles,unit_id,skills,' +
  'capacity_door,capacity_call,capacity_hall,capacity_install,days,valid_from,valid_to,agency'

/** The organisation stands as it is since this day. */
const SINCE = '2020-01-01'

/** The tree from the province down to the grids, parents before children. */
export function organisationRows(
  { province, city, county }: CountyPlaces,
  { branchId, zones, halls }: Territory,
  { headOf }: Staff,
): string[] {
  const unit = (id: string, parent: string, kind: string, name: string, division = '') =>
    csv([id, parent, kind, name, division, headOf.get(id) ?? '', SINCE, ''])
  const zoneOf = (hall: Hall) => zones.find((zone) => zone.halls.includes(hall))?.unitId ?? branchId
  const companyOf = (name: string) => name.replace(/[省市县区]$/, '')
  return [
    unit(province.code, '', 'province', `${companyOf(province.name)}公司`, province.code),
    unit(city.code, province.code, 'city', `${companyOf(city.name)}分公司`, city.code),
    unit(branchId, city.code, 'branch', `${companyOf(county.name)}分公司`, county.code),
    ...zones.map((zone) => unit(zone.unitId, branchId, 'zone', zone.name)),
    ...halls.map((hall) => unit(hall.unitId, zoneOf(hall), 'hall', hall.name, hall.town.code)),
    ...halls.flatMap((hall) =>
      hall.grids.map((grid) => unit(grid.unitId, hall.unitId, 'grid', grid.name)),
    ),
  ]
}

/** Which grid every village, community and building belongs to; a town, where it lies in one grid. */
export function placeRows({ towns }: CountyPlaces, { halls }: Territory): string[] {
  const gridOf = new Map<string, string>()
  const gridsOfTown = new Map<string, Set<string>>()
  for (const hall of halls) {
    const grids = gridsOfTown.get(hall.town.code) ?? new Set()
    gridsOfTown.set(hall.town.code, grids)
    for (const grid of hall.grids) {
      grids.add(grid.unitId)
      for (const { place, building } of grid.blocks) {
        if (!gridOf.has(place.code)) gridOf.set(place.code, grid.unitId)
        if (building) gridOf.set(building.code, grid.unitId)
      }
    }
  }
  const row = (code: string, name: string, kind: string, grid = gridOf.get(code) ?? '') =>
    csv([code, name, kind, grid])
  const places = new Map(halls.flatMap((hall) => hall.places.map((place) => [place.code, place])))
  return towns.flatMap((town) => {
    const [grid = '', ...others] = gridsOfTown.get(town.code) ?? []
    return [
      row(town.code, town.name, 'town', others.length === 0 ? grid : ''),
      ...town.settlements.map(({ code, name, kind }) => row(code, name, kind)),
      ...town.settlements.flatMap(({ code }) =>
        (places.get(code)?.buildings ?? []).map((building) =>
          row(building.code, `${building.compound}${building.number}号楼`, 'building'),
        ),
      ),
    ]
  })
}

export function staffRow(member: StaffMember): string {
  const { door = '', call = '', hall = '', install = '' } = member.capacity
  return csv([
    ...[member.staffId, member.name, member.phone, member.account, member.role, member.unitId],
    ...[member.skills, door, call, hall, install, member.days, SINCE, '', member.agency],
  ])
}
