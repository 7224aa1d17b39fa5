import type { UnitRef } from '#people'
import type { Sheet } from '#platform/files/write-xlsx.ts'
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

const COLUMNS = [
  { title: '顺序 No.', width: 8 },
  { title: '乡镇 Town', width: 12 },
  { title: '村/社区 Place', width: 16 },
  { title: '地址 Address', width: 36 },
  { title: '姓名 Name', width: 10 },
  { title: '电话 Phone', width: 14 },
  { title: '方式 How', width: 12 },
  { title: '时段 When', width: 14 },
  { title: '期限 Due', width: 12 },
  { title: '活动 Campaign', width: 18 },
  { title: '为什么 Why', width: 36 },
  { title: '推荐 Offer', width: 24 },
  { title: '月费（元）Monthly', width: 12 },
  { title: '资费说明 Terms', width: 40 },
  { title: '话术 Script', width: 60 },
  { title: '结果 Result', width: 14 },
  { title: '备注 Note', width: 20 },
]

const HOW = {
  door: '上门',
  installer: '装维',
  hall: '营业厅',
  call_out: '外呼',
} as const satisfies Record<HandsOn, string>

/** A sheet a person, in order of staff id; one that says so where nobody has a task. */
export function* sheetsOf(tasks: readonly TaskRow[], of: SheetContext): Generator<Sheet> {
  if (tasks.length === 0)
    yield { name: '无任务', columns: COLUMNS, rows: [], titleLines: [`${of.plan.day} 没有任务`] }
  for (const [staffId, list] of listsOf(tasks)) {
    const name = of.staff.get(staffId) ?? staffId
    const unit = of.units.get(list[0]?.assigneeUnitId ?? '')?.name ?? ''
    yield {
      name: `${name} ${staffId}`,
      columns: COLUMNS,
      titleLines: [`${name}（${unit}）${of.plan.day} 走访清单，共 ${list.length} 户次`],
      rows: list.map((task) => cellsOf(task, of)),
    }
  }
}

function cellsOf(task: TaskRow, { plan }: SheetContext): (string | number | null)[] {
  const campaign = campaignOf(plan.details, task.campaign)
  const offer = campaign?.offers.find(({ id }) => id === task.offer)
  const fee = offer?.monthlyFeeFen ?? null
  return [
    task.visitOrder,
    task.townName,
    task.placeName,
    task.address,
    task.name,
    task.phone,
    HOW[task.touchpoint],
    `${clockOf(task.windowStart)}–${clockOf(task.windowEnd)}`,
    task.dueOn,
    campaign?.name.zh ?? task.campaign,
    task.reasons.map((reason) => tell(reason, plan.day).text.zh).join('；'),
    offer?.name.zh ?? task.offer,
    fee === null ? null : fee / 100,
    offer?.terms.zh ?? null,
    campaign?.script.zh ?? null,
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
