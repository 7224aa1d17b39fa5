import type { Sentences } from '../language.ts'

export const EVENTS_REFUSALS = {
  'event-unknown': {
    zh: '找不到这场活动 {event}，或不在您的管理范围内。',
    en: 'There is no event {event} in your scope.',
  },
  'event-not-a-hall': {
    zh: '活动按营业厅安排，{unit} 不是营业厅，请选择一个营业厅。',
    en: 'Events are planned for halls, and {unit} is none; choose a hall.',
  },
  'event-day-unfit': {
    zh: '活动须安排在今天起 {days} 天之内。',
    en: 'An event is planned for today or one of the next {days} days.',
  },
  'event-hours-unfit': {
    zh: '活动结束时间须晚于开始时间，请修改。',
    en: 'The event ends before it begins; correct the hours.',
  },
  'event-staff-unfit': {
    zh: '{staff} 的岗位不能上报活动，请换一位。',
    en: 'The post of {staff} does not allow reporting events; choose somebody else.',
  },
  'event-not-yours': {
    zh: '这场活动由其他人前往，只有前往的人能上传凭证、上报结果。',
    en: 'Others go to this event; only who goes proves it and reports its result.',
  },
  'event-called-off': {
    zh: '这场活动已取消，不能再操作。',
    en: 'This event was called off; nothing more can be done with it.',
  },
  'event-held-already': {
    zh: '这场活动已有现场凭证或结果，不能取消。',
    en: 'This event was held or reported already, so it cannot be called off.',
  },
  'event-not-yet': {
    zh: '活动日期是 {day}，当天起才能上传凭证、上报结果。',
    en: 'The event is on {day}; it can be proved and reported from that day on.',
  },
  'event-over': {
    zh: '活动已过去超过 {days} 天，不再接收现场凭证。',
    en: 'The event is more than {days} days past; proof is not taken any more.',
  },
  'event-proof-empty': {
    zh: '请至少提供一张照片或一个定位。',
    en: 'Give at least a photo or a position.',
  },
  'event-photo-unknown': {
    zh: '照片 {photo} 还没有上传，或不是前往的人上传的；请重新上传。',
    en: 'The photo {photo} has not been sent by anybody who goes; send it again.',
  },
  'event-photo-none': {
    zh: '这场活动没有编号为 {photo} 的照片，请刷新后重试。',
    en: 'The event has no photo {photo}; load it again.',
  },
  'event-reported-already': {
    zh: '这场活动已经上报（第 {version} 版），如有错误请以更正上报。',
    en: 'This event is reported already (version {version}); amend that one if it is wrong.',
  },
  'event-amends-unfit': {
    zh: '要更正的不是最新一版（现为第 {version} 版），请刷新后重新填写。',
    en: 'What you amend is not the latest version, which is {version}; load it and try again.',
  },
  'event-leads-unfit': {
    zh: '意向人数不能多于接触人数，请核对。',
    en: 'There cannot be more leads than people met; correct the numbers.',
  },
  'event-orders-twice': {
    zh: '同一种办理只填一行，请合并后重新上报。',
    en: 'Each kind of order has one line; add them up and report again.',
  },
} as const satisfies Sentences
