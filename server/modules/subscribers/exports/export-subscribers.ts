import type { ExportColumn } from '#contract/exports.ts'
import { subtreeOf, unitNames } from '#people'
import { type CsvCell, writeCsv } from '#platform/files/write-csv.ts'
import { writeXlsx } from '#platform/files/write-xlsx.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Watch, Works } from '#platform/works.ts'
import type { Card } from '../cards/card-store.ts'
import { countCards } from '../cards/list-store.ts'
import { calledBy } from '../identity/identity.ts'
import { type ExportMaker, type Making, unitInBranch } from './export-maker.ts'
import { selectCardsToExport } from './export-store.ts'

/** More are never in one file. */
const MOST_ROWS = 10_000
const PAGE = 2_000

type Column = Readonly<{
  title: string
  width: number
  cell: (card: Opened, unitName: string) => CsvCell
}>
type Opened = Card & Readonly<{ name: string | null; phone: string | null }>
const yuan = (fen: number | null) => (fen === null ? null : fen / 100)
const COLUMNS: Readonly<Record<ExportColumn, Column>> = {
  subscriberId: { title: '用户编号 Subscriber', width: 18, cell: (card) => card.subscriberId },
  name: { title: '姓名 Name', width: 12, cell: (card) => card.name },
  phone: { title: '号码 Number', width: 16, cell: (card) => card.phone },
  address: { title: '地址 Address', width: 40, cell: (card) => card.address },
  unitName: { title: '网格 Grid', width: 18, cell: (_, unitName) => unitName },
  status: { title: '状态 Status', width: 14, cell: (card) => card.status },
  product: { title: '产品 Product', width: 18, cell: (card) => card.product },
  plan: { title: '套餐 Plan', width: 24, cell: (card) => card.plan },
  monthlyFeeFen: {
    ...{ title: '月费（元）Monthly fee (¥)', width: 14 },
    cell: (card) => yuan(card.monthlyFeeFen),
  },
  contractEnd: { title: '合约到期 Contract end', width: 14, cell: (card) => card.contractEnd },
  arrearsFen: {
    ...{ title: '欠费（元）Arrears (¥)', width: 14 },
    cell: (card) => yuan(card.arrearsFen),
  },
  tenureMonths: { title: '在网月数 Tenure', width: 12, cell: (card) => card.tenureMonths },
}

/** Subscribers of a unit and all below it, in clear text: the columns that were asked for, by id. */
export const EXPORT_SUBSCRIBERS: ExportMaker<'subscribers'> = {
  what: 'subscribers',
  unitOf: async (unit, branchId, order) => {
    const unitId = await unitInBranch(unit, branchId, order.unit)
    const rows = await countCards(unit, {
      ...{ branchId, units: await subtreeOf(unit, unitId), status: order.status ?? undefined },
      ...{ endsFrom: order.endsFrom ?? undefined, endsTo: order.endsTo ?? undefined },
    })
    if (rows > MOST_ROWS)
      throw new Refusal('invalid', 'export-too-large', { rows, limit: MOST_ROWS })
    return unitId
  },
  formatOf: ({ format }) => format,
  write: writeSubscribers,
}

async function writeSubscribers(
  works: Works,
  { branchId, order, path, watermark }: Making<'subscribers'>,
  watch: Watch,
): Promise<number> {
  const columns = Object.entries(COLUMNS).flatMap(([id, column]) =>
    order.columns.includes(id as ExportColumn) ? [column] : [],
  )
  const { units, names } = await works.run(works.system, async (unit) => ({
    units: await subtreeOf(unit, order.unit),
    names: await unitNames(unit, branchId),
  }))
  const rows: CsvCell[][] = []
  for (let after = ''; ; ) {
    watch.signal.throwIfAborted()
    const cards = await works.run(works.system, (unit) =>
      selectCardsToExport(unit, { ...order, branchId, units }, { after, limit: PAGE }),
    )
    for (const card of cards.map((each): Opened => ({ ...each, ...calledBy(works.keys, each) })))
      rows.push(columns.map(({ cell }) => cell(card, names.get(card.unitId)?.name ?? card.unitId)))
    after = cards.at(-1)?.subscriberId ?? ''
    if (cards.length < PAGE) break
  }
  const titles = columns.map(({ title }) => title)
  if (order.format === 'csv')
    await writeCsv(path, titles, rows, { formulaSafe: true, comment: watermark })
  else await writeXlsx(path, [{ name: '用户 Subscribers', columns, rows }], { watermark })
  return rows.length
}
