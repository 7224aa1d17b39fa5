import { staffNames, type UnitRef, unitNames } from '#people'
import type { Sheet } from '#platform/files/write-xlsx.ts'
import { sayDay } from '#platform/say-day.ts'
import type { Unit } from '#platform/unit.ts'
import type { HandsOn } from './crews.ts'
import { campaignOf, type PlanRecord } from './details.ts'
import { listsOf } from './planned-tasks.ts'
import { tell } from './reasons.ts'
import type { TaskRow } from './task.ts'

/** What the sheets of a plan need besides its tasks: the plan itself, and what things are called. */
export type SheetContext = Readonly<{
  plan: PlanRecord
  staff: ReadonlyMap<string, string>
  units: ReadonlyMap<string, UnitRef>
}>

export async function readSheetContext(unit: Unit, plan: PlanRecord): Promise<SheetContext> {
  return {
    plan,
    staff: await staffNames(unit, plan.branchId),
    units: await unitNames(unit, plan.branchId),
  }
}

type Language = 'zh' | 'en'

const COLUMNS = [
  { zh: '顺序', en: 'No.', width: 8 },
  { zh: '乡镇', en: 'Town', width: 12 },
  { zh: '村/社区', en: 'Place', width: 16 },
  { zh: '地址', en: 'Address', width: 36 },
  { zh: '姓名', en: 'Name', width: 10 },
  { zh: '电话', en: 'Phone', width: 14 },
  { zh: '方式', en: 'How', width: 12 },
  { zh: '时段', en: 'When', width: 14 },
  { zh: '期限', en: 'Due', width: 12 },
  { zh: '活动', en: 'Campaign', width: 18 },
  { zh: '为什么', en: 'Why', width: 36 },
  { zh: '推荐', en: 'Offer', width: 24 },
  { zh: '月费（元）', en: 'Monthly fee (¥)', width: 12 },
  { zh: '资费说明', en: 'Terms', width: 40 },
  { zh: '话术', en: 'Script', width: 60 },
  { zh: '结果', en: 'Result', width: 14 },
  { zh: '备注', en: 'Note', width: 20 },
]

const HOW = {
  door: { zh: '上门', en: 'Visit' },
  installer: { zh: '装维', en: 'Installer' },
  hall: { zh: '营业厅', en: 'Hall' },
  call_out: { zh: '外呼', en: 'Call' },
} as const satisfies Record<HandsOn, Record<Language, string>>

const EMPTY = {
  zh: { name: '无任务', line: (on: string) => `${on}没有任务` },
  en: { name: 'No task', line: (on: string) => `There is no task on ${on}` },
} as const

/**
 * A sheet a person, in order of staff id; one that says so where nobody has a task. Everything
 * that has a name in both languages stands in `language`.
 */
export function* sheetsOf(
  tasks: readonly TaskRow[],
  of: SheetContext,
  language: Language,
): Generator<Sheet> {
  const columns = COLUMNS.map(({ width, ...title }) => ({ title: title[language], width }))
  const on = sayDay(of.plan.day, language)
  const { name, line } = EMPTY[language]
  if (tasks.length === 0) yield { name, columns, rows: [], titleLines: [line(on)] }
  for (const [staffId, list] of listsOf(tasks)) {
    const name = of.staff.get(staffId) ?? staffId
    const unit = of.units.get(list[0]?.assigneeUnitId ?? '')?.name ?? ''
    const title = {
      zh: `${name}（${unit}）${on} 走访清单，共 ${list.length} 户次`,
      en: `${name} (${unit}), list of ${on}: ${list.length} tasks`,
    }
    yield {
      name: `${name} ${staffId}`,
      columns,
      titleLines: [title[language]],
      rows: list.map((task) => cellsOf(task, of, language)),
    }
  }
}

function cellsOf(
  task: TaskRow,
  { plan }: SheetContext,
  language: Language,
): (string | number | null)[] {
  const campaign = campaignOf(plan.details, task.campaign)
  const offer = campaign?.offers.find(({ id }) => id === task.offer)
  const fee = offer?.monthlyFeeFen ?? null
  const reasons = task.reasons.map((reason) => tell(reason, plan.day).text[language])
  return [
    task.visitOrder,
    task.townName,
    task.placeName,
    task.address,
    task.name,
    task.phone,
    HOW[task.touchpoint][language],
    `${clockOf(task.windowStart)}–${clockOf(task.windowEnd)}`,
    task.dueOn,
    campaign?.name[language] ?? task.campaign,
    reasons.join(language === 'zh' ? '；' : '; '),
    offer?.name[language] ?? task.offer,
    fee === null ? null : fee / 100,
    offer?.terms[language] ?? null,
    campaign?.script[language] ?? null,
    null,
    null,
  ]
}

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
})
const clockOf = (instant: Date | string) => CLOCK.format(new Date(instant))
