import { COLUMNS, cellsOf, type Told } from './columns.ts'
import { writeGb18030 } from './gb18030.ts'
import type { LineWriter } from './line-writer.ts'

/**
 * The faults that every extract carries, as real ones do, and what an import must make of them.
 * They are rows of their own beside the true ones, so the county itself is whole; only the three
 * `warned` rows are accepted, as subscribers of their own, without the value named.
 */
export const PLANTED = {
  /** Lines above the header. */
  titleLines: 3,
  rejected: { tooShort: 2, tooLong: 1, withoutKey: 2, brokenBytes: 1, notes: 2 },
  rejectedRows: 8,
  /** Rows outlived by a later valid row of the same key. */
  duplicates: 4,
  /** The plan of a row that must not survive: stale copies carry it. */
  stalePlan: '旧资料套餐',
  /** Accepted rows with one unreadable value, by subscriber id behind the branch’s three digits. */
  warned: {
    phoneDamagedByExcel: '99999990001',
    dateOf1900: '99999990002',
    negativeFee: '99999990003',
  },
  warnedRows: 3,
} as const

const at = (header: string): number => {
  const index = COLUMNS.findIndex((column) => column.header === header)
  if (index < 0) throw new Error(`no column ${header}`)
  return index
}
const KEY = at('用户编号')
const CUSTOMER = at('客户编号')
const NAME = at('客户名称')
const PHONE = at('联系电话')
const ACTIVATED = at('入网时间')
const PLAN = at('主套餐名称')
const FEE = at('套餐月费(分)')
const FEE_YUAN = at('套餐月费(元）')

const withCells = (cells: readonly string[], changes: readonly (readonly [number, string])[]) => {
  const changed = [...cells]
  for (const [index, value] of changes) changed[index] = value
  return changed
}

/** Lines above the header, as a reporting tool puts them there. */
export const titles = (county: string, day: string): string[] => [
  `${county}分公司用户资料明细表（示例数据，纯属虚构）`,
  `账期：${day}`,
  '制表：数据支撑中心',
]

/** Lines below the last row. */
export const notes = (rows: number): string[] => [
  `合计,${rows}`,
  '注：本表人名、号码均为虚构，仅供演示',
]

/**
 * Writes the true row of a subscriber, and the faults that stand beside it. `nth` is the place of
 * the household among those that carry faults, or null for all others; `first` is true for the
 * first subscriber of the household.
 */
export function writeWithFaults(into: LineWriter, told: Told, nth: number): void {
  const cells = cellsOf(told)
  const row = (changed: readonly string[]) => into.row(changed.join(','))
  const stale = () => row(withCells(cells, [[PLAN, PLANTED.stalePlan]]))
  const branch = told.of.id.slice(0, 3)
  const other = (id: string, changes: readonly (readonly [number, string])[]) =>
    row(withCells(cells, [[KEY, branch + id], ...changes]))
  switch (nth) {
    case 0: // a stale copy before the true row
      stale()
      row(cells)
      return
    case 1: // the same row twice
      row(cells)
      row(cells)
      return
    case 2: // two stale copies
      stale()
      stale()
      row(cells)
      return
    case 3: // a later copy that breaks off: the true row is the last valid one
      row(cells)
      row(cells.slice(0, PLAN))
      return
    case 4:
      row(cells)
      row(cells.slice(0, KEY - 1))
      row([...cells, '多余', '单元格'])
      return
    case 5:
      row(cells)
      for (const name of ['无编号甲', '无编号乙'])
        row(
          withCells(cells, [
            [KEY, ''],
            [CUSTOMER, ''],
            [NAME, name],
          ]),
        )
      return
    case 6:
      row(cells)
      into.rawRow(broken(withCells(cells, [[KEY, `${branch}99999990009`]])))
      return
    default:
      row(cells)
      other(PLANTED.warned.phoneDamagedByExcel, [[PHONE, '1.04E+10']])
      other(PLANTED.warned.dateOf1900, [[ACTIVATED, '19000101000000']])
      other(PLANTED.warned.negativeFee, [
        [FEE, '-9800'],
        [FEE_YUAN, '-98.00'],
      ])
  }
}
/** So many households carry faults. */
export const FAULTY_HOUSEHOLDS = 8

/** The row with a byte in the name that no encoding has there. */
function broken(cells: readonly string[]): Uint8Array {
  const text = cells.join(',')
  const bytes = new Uint8Array(text.length * 4)
  const before = cells.slice(0, NAME).join(',').length + 1
  let end = writeGb18030(text.slice(0, before), bytes, 0)
  bytes[end++] = 0xff
  end = writeGb18030(text.slice(before), bytes, end)
  return bytes.subarray(0, end)
}
