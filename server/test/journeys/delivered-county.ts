import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCsv, recordsOf } from '../csv.ts'

/**
 * A county as its files say it, read without a line of the product’s code: for checkers that must
 * not share its mistakes. Days are `YYYY-MM-DD`.
 */
export type DeliveredCounty = Readonly<{
  dataDate: string
  units: readonly Readonly<{ unitId: string; parentId: string | null; kind: string }>[]
  staff: readonly DeliveredPerson[]
  /** By subscriber: of several rows the last whole one. */
  subscribers: ReadonlyMap<string, DeliveredSubscriber>
  contacts: readonly Readonly<Record<ContactColumn, string>>[]
}>
type DeliveredPerson = Readonly<{
  staffId: string
  unitId: string
  weekdays: string
  capacity: Readonly<Record<'door' | 'call_out' | 'hall' | 'installer', number>>
}>
export type DeliveredSubscriber = Readonly<{
  id: string
  isActive: boolean
  /** Village or building, building, unit and house: who shares them lives together. */
  household: string
  /** The grid of the place, or the one the extract names. */
  grid: string
  placeCode: string
  building: string
  unit: string
  house: string
  contractEnd: string | null
  declinesCalls: boolean
}>
type ContactColumn =
  | 'subscriber_id'
  | 'at'
  | 'channel'
  | 'direction'
  | 'purpose'
  | 'result'
  | 'scope'
  | 'until'

export async function readDelivered(folder: string, dataDate: string): Promise<DeliveredCounty> {
  const rows = (name: string) => readCsv(join(folder, name))
  const places = await rows('places.csv')
  const gridOf = new Map(places.map((place) => [cell(place, 'division_code'), place]))
  const subscribers = new Map<string, DeliveredSubscriber>()
  for (const row of await extractRows(join(folder, 'subscribers.csv'))) {
    const subscriber = subscriberOf(row, dataDate, (place) => gridOf.get(place)?.grid_id)
    subscribers.set(subscriber.id, subscriber)
  }
  return {
    dataDate,
    subscribers,
    contacts: await readCsv<ContactColumn>(join(folder, 'contacts.csv')),
    units: (await rows('organisation.csv')).map((unit) => ({
      unitId: cell(unit, 'unit_id'),
      parentId: cell(unit, 'parent_id') || null,
      kind: cell(unit, 'kind'),
    })),
    staff: (await rows('staff.csv')).map((person) => ({
      staffId: cell(person, 'staff_id'),
      unitId: cell(person, 'unit_id'),
      weekdays: cell(person, 'days'),
      capacity: {
        door: Number(person.capacity_door),
        call_out: Number(person.capacity_call),
        hall: Number(person.capacity_hall),
        installer: Number(person.capacity_install),
      },
    })),
  }
}

type Row = Readonly<Record<string, string>>
const cell = (row: Row, name: string): string => row[name] ?? ''

/** The columns that a checker asks about; the other fifty are not kept. */
const ASKED = [
  ...['用户编号', '用户状态', '村居编码', '网格', '楼宇名称', '单元', '门牌号', '外呼营销同意'],
  ...['到期日期', '合约失效时间', '宽带到期时间', '电视盒到期时间'],
]

/** The whole rows of the extract: as many cells as the header, a key, and no byte that is none. */
async function extractRows(path: string): Promise<Row[]> {
  const text = new TextDecoder('gb18030').decode(await readFile(path))
  const rows: Row[] = []
  let header: string[] | undefined
  for (const cells of recordsOf(text)) {
    if (!header) {
      if (cells.includes('用户编号')) header = cells
      continue
    }
    const names: string[] = header
    const whole = cells.length === names.length && !cells.some((one) => one.includes('\uFFFD'))
    const row = Object.fromEntries(ASKED.map((name) => [name, cells[names.indexOf(name)] ?? '']))
    if (whole && row.用户编号) rows.push(row)
  }
  return rows
}

function subscriberOf(
  row: Row,
  dataDate: string,
  gridOf: (place: string) => string | undefined,
): DeliveredSubscriber {
  const [placeCode, building] = [cell(row, '村居编码'), cell(row, '楼宇名称')]
  const [unit, house] = [cell(row, '单元'), cell(row, '门牌号')]
  return {
    id: cell(row, '用户编号'),
    isActive: cell(row, '用户状态') === '正常',
    household: [placeCode, building, unit, house].join(' '),
    grid: gridOf(placeCode) || cell(row, '网格'),
    ...{ placeCode, building, unit, house },
    contractEnd: contractEndOf(
      ['到期日期', '合约失效时间', '宽带到期时间', '电视盒到期时间'].map((name) =>
        dayOf(cell(row, name)),
      ),
      dataDate,
    ),
    declinesCalls: cell(row, '外呼营销同意') === '否',
  }
}

/** The earliest that is not before the data date, else the latest before it. */
function contractEndOf(ends: readonly (string | null)[], dataDate: string): string | null {
  const told = ends.filter((end) => end !== null).sort()
  return told.find((end) => end >= dataDate) ?? told.at(-1) ?? null
}

/** `yyyyMMdd…` as a day; open ends and words for nothing as null. */
function dayOf(text: string): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(text) ?? []
  return !year || year >= '2099' ? null : `${year}-${month}-${day}`
}
