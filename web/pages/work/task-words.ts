import type { Sentence } from '#contract/language.ts'
import type { TaskState } from '#contract/tasks.ts'

/** How a task stands while nothing came of it; a result says more. */
export const TASK_STATES: Readonly<Record<TaskState, Sentence>> = {
  open: { zh: '未办', en: 'Open' },
  done: { zh: '办成', en: 'Done' },
  promised: { zh: '约定再办', en: 'Promised' },
  refused: { zh: '拒绝', en: 'Refused' },
  ended: { zh: '已结束', en: 'Ended' },
  taken_back: { zh: '已收回', en: 'Taken back' },
  withdrawn: { zh: '已撤下', en: 'Withdrawn' },
}

/** What happened meanwhile when a result was told, shortly; the answer tells it in whole. */
export const CONFLICTS: Readonly<Record<string, Sentence>> = {
  'task-reassigned': { zh: '任务已改派', en: 'task given to somebody else' },
  'task-taken-back': { zh: '任务已收回', en: 'task taken back' },
  'task-withdrawn': { zh: '任务已撤下', en: 'task withdrawn' },
  'task-dropped': { zh: '任务日清时已终止', en: 'task dropped at the close' },
  'day-closed': { zh: '日清后到达', en: 'arrived after the close' },
  'task-closed-already': { zh: '任务已有结果', en: 'task had a result' },
  'refused-meanwhile': { zh: '家庭已拒绝', en: 'household refused' },
  'renewed-meanwhile': { zh: '用户已续费', en: 'subscriber renewed' },
  'position-unusable': { zh: '定位不可用', en: 'position of no use' },
  'clock-corrected': { zh: '设备时间已校正', en: 'clock corrected' },
  'receiver-unknown': { zh: '转交对象不在岗', en: 'receiver has left' },
  'receiver-unfit': { zh: '转交对象不能办理任务', en: 'receiver cannot work tasks' },
  'assignee-off': { zh: '当日不上班', en: 'off on that day' },
}
