import { HD_BOXES, MODEMS, STANDARD_BOXES } from './catalogue.ts'
import { type Day, firstDayOf, monthOf, ymd, yyyymm } from './days.ts'
import { type Draws, stream } from './draws.ts'
import { digits } from './household.ts'
import { contactNumber, serviceNumber } from './people.ts'
import type { Rival } from './rival.ts'
import type { Staff } from './staff.ts'
import type { Status, Subscriber } from './subscriber.ts'

/** All that one row of the extract is written from. */
export type Told = Readonly<{
  date: Day
  chance: Draws
  countyCode: string
  staff: Staff
  rival: Rival | null
  of: Subscriber
}>
/** A column of the extract: its header as the BSS writes it, and the cell of a row. */
type Column = Readonly<{ header: string; cell: (told: Told) => string }>

const VARIANT = stream('way of writing an address')
const BLANK = stream('blank cell')
const BOX = stream('box')
const SOLD_BY = stream('sold by')
const BILL = stream('bill')
const USAGE = stream('usage')
const CONSENT = stream('consent')

const STATUS: Record<Status, string> = {
  active: '正常',
  pending: '待开通',
  suspended: '主动暂停',
  stopped: '欠费停机',
  terminated: '销号',
}
const PRODUCT = { tv: '数字电视', broadband: '单宽带', mobile: '移动电话' } as const

const yuan = (fen: number) => `${Math.floor(fen / 100)}.${digits(fen % 100, 2)}`
const kind = ({ of }: Told) => of.line.kind
const inTown = ({ of }: Told) => of.household.home.building !== null
const draw = (told: Told, name: number, nth = 0) => told.chance.share(name, told.of.life.key, nth)
const isFusion = (told: Told) =>
  told.of.household.fusion &&
  (kind(told) === 'broadband' || (kind(told) === 'mobile' && told.of.line.slot === 2))

/** The address as somebody typed it: in full, without the province, or in full-width digits. */
function address(told: Told): string {
  const { address } = told.of.household.home
  const way = draw(told, VARIANT)
  if (way > 0.03) return address
  if (way > 0.02) return address.replace(/^.*?省.*?市/, '')
  if (way > 0.01) return address.replace(/(\d+)/, ' $1')
  return address.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
}

/** What was used in the last full month: even over the months, more for those who use more. */
function used(told: Told, most: number): number {
  if (!told.of.usedInMonth) return 0
  const level = draw(told, USAGE)
  return Math.round(most * level * level * (0.8 + 0.4 * draw(told, USAGE, told.of.month)))
}
const usage = (told: Told, of: string, most: number) =>
  kind(told) !== of || told.of.lastUsedOn === null ? '' : String(used(told, most))

function bill(told: Told, back: number): number {
  const { plan, life, month } = told.of
  const over = told.chance.share(BILL, life.key, month - back)
  const extra = kind(told) === 'mobile' && over > 0.8 ? Math.round((over - 0.8) * 10_000) : 0
  return plan.monthlyFen + extra
}

const billed = (told: Told) => told.of.life.activatedOn < firstDayOf(told.of.month + 1)
const hasContract = ({ of }: Told) => of.life.contracted
const consents = (told: Told, share: number, nth: number) =>
  draw(told, CONSENT, nth) < share ? '是' : '否'

/** Sixty columns in the order of delivery. */
export const COLUMNS: readonly Column[] = [
  { header: '数据日期', cell: ({ date }) => ymd(date) },
  { header: '区县', cell: ({ countyCode }) => countyCode },
  { header: '营服中心', cell: ({ of }) => of.household.home.hall.name },
  {
    header: '网格',
    cell: (told) => (draw(told, BLANK) < 0.01 ? '' : told.of.household.home.grid.unitId),
  },
  { header: '村居编码', cell: ({ of }) => of.household.home.divisionCode },
  { header: '客户编号', cell: customerId },
  { header: '客户名称', cell: ({ of }) => of.person.name },
  { header: '性别', cell: ({ of }) => of.person.gender },
  { header: '年龄', cell: ({ of }) => String(of.person.age) },
  {
    header: '联系电话',
    cell: (told) => {
      const at = draw(told, BLANK, 1)
      const number =
        kind(told) === 'mobile'
          ? serviceNumber(told.of.household.number, told.of.line.slot)
          : contactNumber(told.of.household.number)
      return at < 0.03 ? '' : at < 0.035 ? `'${number}` : number
    },
  },
  { header: '帐户标识', cell: (told) => `8${customerId(told)}` },
  { header: '用户编号', cell: ({ of }) => of.id },
  {
    header: '服务号码',
    cell: (told) => {
      const { number } = told.of.household
      if (kind(told) === 'mobile') return serviceNumber(number, told.of.line.slot)
      return kind(told) === 'tv' ? cardNumber(told) : `8536${digits(number, 8)}`
    },
  },
  { header: '宽带账号', cell: (told) => (kind(told) === 'broadband' ? account(told) : '') },
  {
    header: '终端号(机顶盒/智能卡)',
    cell: (told) => (kind(told) === 'tv' ? cardNumber(told) : ''),
  },
  { header: '装机地址(全)', cell: address },
  { header: '小区', cell: ({ of }) => of.household.home.community },
  { header: '楼宇名称', cell: ({ of }) => of.household.home.buildingName },
  { header: '单元', cell: ({ of }) => of.household.home.unit },
  { header: '门牌号', cell: ({ of }) => of.household.home.house },
  {
    header: '接入方式',
    cell: (told) => {
      if (kind(told) === 'mobile') return '无线'
      return inTown(told) || kind(told) === 'broadband' ? 'FTTH' : 'HFC'
    },
  },
  { header: '用户状态', cell: ({ of }) => STATUS[of.status] },
  { header: '当前状态开始时间', cell: ({ of }) => `${ymd(of.since)}000000` },
  { header: '入网时间', cell: ({ of }) => `${ymd(of.life.activatedOn)}093000` },
  {
    header: '在网时长(月)',
    cell: ({ of }) => String(Math.max(0, of.month - monthOf(of.life.activatedOn))),
  },
  {
    header: '离网时间',
    cell: ({ of }) => (of.status === 'terminated' ? `${ymd(of.since)}170000` : '\\N'),
  },
  { header: '已申请携出', cell: ({ of }) => (of.portRequested ? 'Y' : 'N') },
  { header: '主套餐名称', cell: ({ of }) => of.plan.name },
  {
    header: '主产品细类',
    cell: (told) => (isFusion(told) ? '融合' : PRODUCT[kind(told)]),
  },
  { header: '套餐月费(分)', cell: ({ of }) => String(of.plan.monthlyFen) },
  { header: '套餐月费(元）', cell: ({ of }) => yuan(of.plan.monthlyFen) },
  {
    header: '到期日期',
    cell: (told) => (hasContract(told) ? ymd(told.of.life.endsOn) : '20990101'),
  },
  {
    header: '合约时长(月)',
    cell: (told) => (hasContract(told) ? String(told.of.life.months) : 'NULL'),
  },
  {
    header: '合约生效时间',
    cell: (told) => (hasContract(told) ? `${ymd(told.of.life.agreedOn)}000000` : ''),
  },
  {
    header: '合约失效时间',
    cell: (told) => (hasContract(told) ? `${ymd(told.of.life.endsOn)}235959` : ''),
  },
  { header: '是否融合业务', cell: (told) => (isFusion(told) ? '1' : '0') },
  { header: '宽带速率', cell: ({ of }) => (of.plan.mbps ? String(of.plan.mbps) : '-') },
  {
    header: '宽带到期时间',
    cell: (told) => (kind(told) === 'broadband' ? ymd(told.of.life.endsOn) : ''),
  },
  { header: '年付销售品名称', cell: ({ of }) => (of.plan.yearly ? of.plan.name : '无') },
  {
    header: '电视盒到期时间',
    cell: (told) => (kind(told) === 'tv' ? ymd(told.of.life.endsOn) : ''),
  },
  { header: '终端型号', cell: terminal },
  { header: '账期(年月)', cell: ({ of }) => yyyymm(of.month) },
  {
    header: '近6个月平均消费(ARPU)(分)',
    cell: (told) => {
      if (!billed(told)) return ''
      let sum = 0
      for (let back = 0; back < 6; back++) sum += bill(told, back)
      return String(Math.round(sum / 6))
    },
  },
  { header: '欠费金额 (分)', cell: ({ of }) => String(of.arrearsFen) },
  { header: '欠费金额（元)', cell: ({ of }) => yuan(of.arrearsFen) },
  { header: '本月通话时长(分钟)', cell: (told) => usage(told, 'mobile', 900) },
  { header: '本月上网流量(MB)', cell: (told) => usage(told, 'mobile', 60_000) },
  { header: '收视时长(分钟)', cell: (told) => usage(told, 'tv', 14_000) },
  {
    header: '最近收视时间',
    cell: ({ of }) =>
      of.line.kind === 'tv' && of.lastUsedOn !== null ? `${ymd(of.lastUsedOn)}203000` : '',
  },
  { header: '宽带在线时长(小时)', cell: (told) => usage(told, 'broadband', 600) },
  { header: '历史投诉次数', cell: ({ of }) => String(of.complaints) },
  { header: '本月拨打移动/联通客服次数', cell: ({ of }) => String(of.rivalCalls) },
  { header: '"近3月\n报障次数"', cell: ({ of }) => String(of.faults) },
  {
    header: '揽装人工号',
    cell: (told) => {
      const sellers = told.staff.sellersOf(told.of.household.home.grid)
      return sellers[told.chance.below(sellers.length, SOLD_BY, told.of.life.key)]?.staffId ?? ''
    },
  },
  { header: '异网宽带运营商', cell: ({ rival }) => rival?.operator ?? '无' },
  { header: '异网宽带到期时间', cell: ({ rival }) => (rival ? ymd(rival.expiresOn) : '') },
  { header: '短信营销同意', cell: (told) => consents(told, 0.82, 0) },
  { header: '外呼营销同意', cell: (told) => consents(told, 0.7, 1) },
  { header: '拒绝个性化', cell: (told) => consents(told, 0.012, 2) },
  { header: '春节返乡标识', cell: ({ of }) => (of.household.away ? '是' : '否') },
]

export const HEADER = COLUMNS.map(({ header }) => header).join(',')
/** The cells of a row, written as CSV but not yet joined. */
export const cellsOf = (told: Told): string[] => COLUMNS.map(({ cell }) => cell(told))

function customerId({ of }: Told): string {
  return `${of.id.slice(0, 11)}${of.resident}`
}
function account(told: Told): string {
  return `qx${digits(told.of.household.number, 8)}`
}
function cardNumber(told: Told): string {
  return `8537${digits(told.of.household.number, 8)}${told.of.life.holder % 10}`
}
function terminal(told: Told): string {
  if (kind(told) === 'mobile') return ''
  const at = draw(told, BOX, 1)
  const pick = (models: readonly string[]) => models[Math.floor(at * models.length)] ?? ''
  if (kind(told) === 'broadband') return pick(MODEMS)
  const standard = !told.of.plan.name.startsWith('高清') && draw(told, BOX) < 0.55
  return `"${pick(standard ? STANDARD_BOXES : HD_BOXES)}"`
}
