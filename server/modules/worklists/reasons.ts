import { reasonOf } from '#campaigns'

type Values = Readonly<Record<string, string | number | boolean | null>>
/** A reason as data, with the sentences made of it. */
export type Reason = ReturnType<typeof reasonOf>
/** A reason as the lake keeps it: code and values alone. */
export type BareReason = Readonly<{ code: string; values: Values }>

/** The sentences of what only planning can say; those of a decision are told by campaigns. */
const SENTENCES = {
  no_sender: {
    zh: '这户只能用短信或线上方式联系，目前没有发送通道。',
    en: 'Only messages may reach this household, and nothing sends them yet.',
  },
  no_owner: {
    zh: '{name}没有能以该方式（{touchpoints}）服务的人员，请为它配置责任人。',
    en: 'Nobody of {name} can serve through {touchpoints}; give it an owner.',
  },
  no_skill: {
    zh: '{name}没有具备“{skill}”技能、能以该方式（{touchpoints}）服务的人员。',
    en: 'Nobody who may serve {name} through {touchpoints} has the skill “{skill}”.',
  },
  nobody_works: {
    zh: '{name}能以该方式（{touchpoints}）服务的人员当日都不上班。',
    en: 'Nobody who serves {name} through {touchpoints} works that day.',
  },
  no_window: {
    zh: '当日没有可以走访的时段（农时或活动的时段要求）。',
    en: 'No visit window is open that day, because of the season or of the campaign’s own windows.',
  },
  no_capacity: {
    zh: '可服务{name}的人员当日任务已满（合计 {capacity} 件）。',
    en: 'Everybody who may serve {name} is full that day ({capacity} tasks in all).',
  },
  season: {
    zh: '正值农时（{zh}），请在所列时段走访。',
    en: 'It is {en} in the village: keep to the visit window.',
  },
  'grid-without-crew': {
    zh: '有 {units} 个网格当日没有人员上门。',
    en: '{units} grids have nobody to visit them that day.',
  },
  'home-unknown': {
    zh: '有 {candidates} 个候选用户的地址对不上任何网格，只能由分公司人员服务。',
    en: '{candidates} candidates live in no known grid; only people of the branch itself can serve them.',
  },
  'task-closed': {
    zh: '任务已有结果。',
    en: 'The task has a result.',
  },
  'task-not-open': {
    zh: '任务已收回或已撤下。',
    en: 'The task was taken back, or withdrawn with its plan.',
  },
  'task-theirs': {
    zh: '任务已在此人名下。',
    en: 'The task is theirs already.',
  },
  'household-on-list': {
    zh: '这户当日已有同一方式的任务。',
    en: 'The household has a task of that day through the same touchpoint already.',
  },
  'given-by': {
    zh: '{since} 由{name}指派',
    en: 'Given by {name} on {since}',
  },
  'lapsed-unreasoned': {
    zh: '合约 {end} 到期未续，原因还没问清：先问原因。',
    en: 'The contract ended on {end}, and nobody knows why it was not renewed: ask first.',
  },
  'lapsed-because': {
    zh: '合约 {end} 到期未续，原因：{reason}。',
    en: 'The contract ended on {end} and was not renewed: {reason}.',
  },
  'task-reassigned': {
    zh: '任务已改派给{name}，结果已保留。',
    en: 'The task was given to {name} meanwhile; the result is kept.',
  },
  'task-taken-back': {
    zh: '任务已被收回，结果已保留。',
    en: 'The task was taken back meanwhile; the result is kept.',
  },
  'task-withdrawn': {
    zh: '任务已撤下（计划被替换，或扫楼扫村已取消），结果已保留。',
    en: 'The task was withdrawn with its plan or its sweep; the result is kept.',
  },
  'task-dropped': {
    zh: '任务已在日清时终止，结果已保留。',
    en: 'The task was dropped when the day was closed; the result is kept.',
  },
  'day-closed': {
    zh: '{on} 已日清，结果已保留，列为日清后到达。',
    en: 'The day {on} is closed; the result is kept, and told beside its counts.',
  },
  'carried-over': {
    zh: '{since} 未办结，第 {times} 次顺延',
    en: 'Left open on {since}; put off for the {times}. time',
  },
  'task-closed-already': {
    zh: '任务已有结果，先登记的为准，本次结果另行保留。',
    en: 'The task has a result already, which stands; this one is kept beside it.',
  },
  'refused-meanwhile': {
    zh: '该家庭在此期间已明确拒绝，不再安排后续走访。',
    en: 'The household refused meanwhile; nobody is sent there again.',
  },
  'renewed-meanwhile': {
    zh: '该用户在此期间已续费。',
    en: 'The subscriber renewed meanwhile.',
  },
  'position-unusable': {
    zh: '定位不可用，按无定位保留。',
    en: 'The position was of no use; the result is kept without one.',
  },
  'clock-corrected': {
    zh: '设备时间不准，已按服务器时间校正（相差 {minutes} 分钟）。',
    en: 'The clock of the device was off by {minutes} minutes; the time was corrected.',
  },
  'result-unfit': {
    zh: '“{kindZh}”任务没有“{zh}”这种结果，已照原样保留。',
    en: 'A task “{kindEn}” has no result “{en}”; it is kept as it was told.',
  },
  'done-unfit': {
    zh: '“{kindZh}”任务办成的不会是“{zh}”，已照原样保留。',
    en: 'What a task “{kindEn}” gets done is not “{en}”; it is kept as it was told.',
  },
  'done-part-missing': {
    zh: '“{kindZh}”任务办成须填写“{zh}”，结果已保留，请补报给经理。',
    en: 'A task “{kindEn}” that is done needs “{en}”; the result is kept, so tell it to your manager.',
  },
  'receiver-unknown': {
    zh: '转交对象不在岗，后续任务仍归本人。',
    en: 'Whom it was handed to works here no longer; the task that follows stays with you.',
  },
  'receiver-unfit': {
    zh: '转交对象的岗位不能办理任务，后续任务仍归本人，请转交他人。',
    en: 'The post of whom it was handed to allows no work on tasks; the task that follows stays with you: hand it to somebody else.',
  },
  'assignee-off': {
    zh: '{name}在 {on} 不上班，请改派。',
    en: '{name} does not work on {on}; give the task to somebody else.',
  },
  'promised-before': {
    zh: '{since} 已约定 {on} 再访',
    en: 'Promised on {since} for {on}',
  },
  'not-met-before': {
    zh: '{since} 未遇，第 {attempt} 次上门',
    en: 'Nobody was met on {since}; attempt {attempt}',
  },
  'handed-over-by': {
    zh: '{since} 由{name}转交',
    en: 'Handed over by {name} on {since}',
  },
} as const

/** The reason with its sentences, whoever’s code it is, told of a plan of `day`. */
export const tell = ({ code, values }: BareReason, day: string): Reason =>
  reasonOf(code, values, { more: SENTENCES, day })
