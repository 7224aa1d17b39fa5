import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Branch, openBranch, type Person } from '../../branch.ts'
import { type Cells, deliver } from '../../extract.ts'
import { importRows } from '../../import-rows.ts'
import { chance } from './chance.ts'

/** A Saturday at the end of November, nobody is in the orchards. */
export const DAY = '2026-11-21'
export const NEXT_DAY = '2026-11-22'
/** The data date of the extract that the night brought. */
const NIGHT = '2026-11-20'
/** Ten people a grid, fifteen visits each; two grids a hall, and never more than four zones. */
export const CREW = 10
export const VISITS_EACH = 15
/** They could do a little more, so that the day of somebody who is ill finds room. */
const CAPACITY = 18

/** Where a crew works, and who leads it. */
export type Grid = Readonly<{ unitId: string; hallId: string; zoneId: string; sellers: string[] }>

export type World = Readonly<{
  branch: Branch
  grids: readonly Grid[]
  /** The first grid of each zone: what is out of the ordinary happens there. */
  marked: readonly Grid[]
  /** Whoever is on the staff, signed in anew: a session ends after half a day without a call. */
  signIn(staffId: string): Promise<Person>
  /** What the BSS says on a day; `renewed` have paid for another year. */
  extract(date: string, renewed?: ReadonlySet<string>): Promise<void>
}>

/** At ten on the evening before: people at their posts, a base with a visit for each free hand. */
export async function openWorld(people: number): Promise<World> {
  const branch = await openBranch(`${NIGHT}T14:00:00Z`)
  const grids = gridsOf(branch.branchId, people / CREW)
  await importRows(branch, { kind: 'organisation', date: NIGHT, rows: unitRows(branch, grids) })
  await importRows(branch, { kind: 'places', date: NIGHT, rows: placeRows(grids) })
  await importRows(branch, { kind: 'staff', date: NIGHT, rows: staffRows(branch, grids) })
  const extract: World['extract'] = async (date, renewed = new Set()) => {
    await deliver(branch, homesOf(grids, renewed), { date })
  }
  await extract(NIGHT)
  await saveCampaigns(branch, await branch.signIn(MANAGER))
  const marked = [...Map.groupBy(grids, ({ zoneId }) => zoneId).values()].flatMap(([first]) =>
    first ? [first] : [],
  )
  return { branch, grids, marked, extract, signIn: branch.signIn }
}

const two = (number: number) => String(number).padStart(2, '0')

function gridsOf(branchId: string, count: number): Grid[] {
  const halls = Math.ceil(count / 2)
  const zones = Math.min(4, halls)
  return Array.from({ length: count }, (_, nth) => {
    const hall = Math.floor(nth / 2)
    const hallId = `${branchId}-H${two(hall + 1)}`
    return {
      ...{ hallId, zoneId: `${branchId}-Z${1 + Math.floor((hall * zones) / halls)}` },
      unitId: `${hallId}-G${1 + (nth % 2)}`,
      sellers: Array.from({ length: CREW }, (_, at) => `W${two(nth + 1)}${at}`),
    }
  })
}

function unitRows({ branchId }: Branch, grids: readonly Grid[]) {
  const row = (unit_id: string, parent_id: string, kind: string) => ({
    ...{ unit_id, parent_id, kind, name: unit_id, division_code: null, head_staff_id: null },
    ...{ valid_from: '2020-01-01', valid_to: null },
  })
  const once = (rows: ReturnType<typeof row>[]) => [
    ...new Map(rows.map((each) => [each.unit_id, each])).values(),
  ]
  return [
    row('37', '', 'province'),
    row('3706', '37', 'city'),
    row(branchId, '3706', 'branch'),
    ...once(grids.map(({ zoneId }) => row(zoneId, branchId, 'zone'))),
    ...once(grids.map(({ hallId, zoneId }) => row(hallId, zoneId, 'hall'))),
    ...grids.map(({ unitId, hallId }) => row(unitId, hallId, 'grid')),
  ]
}

/** A town for each grid, with three villages. */
const townOf = (nth: number) => `370686${String(nth + 301)}`
const VILLAGES = ['201', '202', '203'] as const

function placeRows(grids: readonly Grid[]) {
  return grids.flatMap(({ unitId }, nth) => {
    const row = (division_code: string, name: string, kind: string) => ({
      ...{ division_code, name, kind, grid_id: unitId },
    })
    const town = townOf(nth)
    return [
      row(town, `第${nth + 1}镇`, 'town'),
      ...VILLAGES.map((code) => row(`${town}${code}`, `第${code}村`, 'village')),
    ]
  })
}

/** Who sits in the office of the branch, and who leads a zone or stands behind the counter of a hall. */
export const MANAGER = 'B1'
export const ADMINISTRATOR = 'B2'
export const HOTLINE = 'B3'
export const leaderOf = ({ zoneId }: Pick<Grid, 'zoneId'>): string => `L${zoneId.slice(7)}`
export const clerkOf = ({ hallId }: Pick<Grid, 'hallId'>): string => `K${hallId.slice(7)}`

function staffRows({ branchId }: Branch, grids: readonly Grid[]) {
  const row = (staff_id: string, roles: string, unit_id: string, capacity_door: number | null) => ({
    ...{ staff_id, name: `测试${staff_id}`, account: staff_id.toLowerCase(), roles, unit_id },
    ...{ capacity_door, days: '1234567', valid_from: '2020-01-01', valid_to: null },
  })
  const office = [
    row(MANAGER, 'branch_manager', branchId, null),
    row(ADMINISTRATOR, 'administrator', branchId, null),
    row(HOTLINE, 'hotline_agent', branchId, null),
    ...grids.map((grid) => row(leaderOf(grid), 'zone_manager', grid.zoneId, null)),
    ...grids.map((grid) => row(clerkOf(grid), 'hall_clerk', grid.hallId, null)),
  ]
  const crews = grids.flatMap(({ unitId, sellers }) =>
    sellers.map((seller) => row(seller, 'micro_seller', unitId, CAPACITY)),
  )
  return [...new Map([...office, ...crews].map((each) => [each.staff_id, each])).values()]
}

/** Of three households two have a contract that ends soon, and one has let it end. */
function homesOf(grids: readonly Grid[], renewed: ReadonlySet<string>): Cells[] {
  return grids.flatMap((_, nth) =>
    Array.from({ length: CREW * VISITS_EACH }, (_, at) => {
      const id = `1${two(nth + 1)}${String(at).padStart(4, '0')}`
      const village = VILLAGES[Math.floor((at * VILLAGES.length) / (CREW * VISITS_EACH))] ?? ''
      const end = at % 3 === 2 ? `2026-10-${10 + (at % 20)}` : `2026-12-${10 + (at % 9)}`
      return {
        ...{ 用户编号: id, 用户状态: '在网', 客户名称: `王某${chance(90, id, 'name') + 10}` },
        ...{ 联系电话: `1395${id}`, 村居编码: `${townOf(nth)}${village}` },
        ...{ 主产品细类: '宽带', 套餐名称: '畅享59', '套餐月费(元)': '59.00' },
        装机地址: `第${nth + 1}镇第${village}村${at + 1}号`,
        合约失效时间: renewed.has(id) ? '2027-12-20' : end,
      }
    }),
  )
}

/** Two of the sample campaigns, nobody of whom is held out: whoever may be met is met. */
async function saveCampaigns(branch: Branch, manager: Person): Promise<void> {
  for (const id of ['renewal-due', 'lapsed-sweep']) {
    const file = join(import.meta.dirname, `../../../../samples/campaigns/${id}.yaml`)
    const yaml = (await readFile(file, 'utf8')).replace(/^holdOutShare: .*$/m, 'holdOutShare: 0')
    const url = `/branches/${branch.branchId}/campaigns/${id}`
    const { status, body } = await branch.put(url, manager, { yaml })
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  }
}
