import type { Sentences } from '../language.ts'

export const WORKLISTS_REFUSALS = {
  'plan-unknown': {
    zh: '找不到计划 {plan}。',
    en: 'There is no plan {plan}.',
  },
  'plan-not-draft': {
    zh: '计划 {plan} 不是草稿，不能发布。',
    en: 'The plan {plan} is not a draft and cannot be published.',
  },
  'plan-damaged': {
    zh: '计划 {plan} 的明细文件缺失或已损坏，请重新生成计划。',
    en: 'The files behind the plan {plan} are missing or damaged; make the plan again.',
  },
  'plan-rules-too-loose': {
    zh: '{level}已规定不得溢出到其他班组，下级不能放开。',
    en: '{level} does not let full crews hand over; nobody below can allow it.',
  },
  'rank-rules-too-loose': {
    zh: '{level}已规定名次最多显示到什么范围，下级不能放宽；请选更小的范围。',
    en: '{level} has settled how far places may be shown, and nobody below goes further; choose less.',
  },
  'task-unknown': {
    zh: '找不到任务 {task}。',
    en: 'There is no task {task}.',
  },
  'task-not-yours': {
    zh: '任务 {task} 不是派给您的，请先由管理人员改派。',
    en: 'The task {task} is not yours; have it given to you first.',
  },
  'task-not-open': {
    zh: '任务 {task} 已办结、收回或撤销，请刷新清单。',
    en: 'The task {task} is done, taken back or withdrawn; open the list again.',
  },
  'task-day-unfit': {
    zh: '任务的日期不能早于今天，且应在 {days} 天之内。',
    en: 'A task is for today or a later day, within {days} days.',
  },
  'staff-cannot-work-tasks': {
    zh: '{staff} 的岗位不能办理任务，请换一位，或先在人员管理中调整其岗位。',
    en: 'The posts of {staff} allow no work on tasks; choose somebody else, or have their post changed first.',
  },
  'split-of-one': {
    zh: '请指定一人或一个班组，二者选一。',
    en: 'Name either a person or a crew whose tasks are to be divided.',
  },
  'result-told-otherwise': {
    zh: '编号为 {result} 的结果已经登记，内容不同；原记录不变，请以新的编号另行登记。',
    en: 'The result {result} is recorded already, and otherwise; it stays. Record this one under another number.',
  },
  'result-in-future': {
    zh: '结果的时间不能晚于现在，请检查设备时间。',
    en: 'The time of the result lies in the future; check the clock of the device.',
  },
  'result-part-missing': {
    zh: '结果“{zh}”须填写“{part}”部分。',
    en: 'The result “{en}” needs its part “{part}”.',
  },
  'result-part-extra': {
    zh: '结果“{zh}”不能填写“{part}”部分，请去掉。',
    en: 'The result “{en}” has no part “{part}”; leave it out.',
  },
  'result-unfit': {
    zh: '“{kindZh}”任务没有“{zh}”这种结果，请另选一个。',
    en: 'A task “{kindEn}” has no result “{en}”; choose another one.',
  },
  'done-unfit': {
    zh: '“{kindZh}”任务办成的不会是“{zh}”，请另选一项。',
    en: 'What a task “{kindEn}” gets done is not “{en}”; choose something else.',
  },
  'done-part-missing': {
    zh: '“{kindZh}”任务办成须填写“{zh}”。',
    en: 'A task “{kindEn}” that is done needs “{en}”.',
  },
  'promise-out-of-range': {
    zh: '约定的日期应晚于当日，且在 {days} 天之内。',
    en: 'A promise is for a later day, within {days} days.',
  },
  'try-again-out-of-range': {
    zh: '再访的日期不能早于当日，且应在 {days} 天之内。',
    en: 'Another try is for the same day or a later one, within {days} days.',
  },
  'day-not-begun': {
    zh: '{date} 还没有到，不能日清。',
    en: '{date} has not begun; it cannot be closed yet.',
  },
  'day-closed-already': {
    zh: '{unit}{date} 已经日清，这次的安排没有采用，请看日清结果。',
    en: 'The day {date} of {unit} is closed already; these decisions were not taken. See how it was closed.',
  },
  'tasks-left': {
    zh: '还有 {count} 件任务没有去向，请逐件安排后再日清。',
    en: '{count} tasks are not accounted for; say what becomes of each.',
  },
  'decision-twice': {
    zh: '任务 {task} 安排了两次，请保留一次。',
    en: 'The task {task} is decided on twice; keep one of them.',
  },
  'no-campaign': {
    zh: '{date} 没有生效的活动，请先启用活动。',
    en: 'No campaign is in force on {date}; enable one first.',
  },
} as const satisfies Sentences
