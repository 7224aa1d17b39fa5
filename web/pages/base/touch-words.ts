/** The words of touches, by their codes. */
export const PURPOSES = {
  marketing: { zh: '营销', en: 'Marketing' },
  renewal: { zh: '续约', en: 'Renewal' },
  collection: { zh: '催缴', en: 'Collection' },
  service: { zh: '服务', en: 'Service' },
  survey: { zh: '调查', en: 'Survey' },
  retention: { zh: '挽留', en: 'Retention' },
} as const

export const RESULTS = {
  done: { zh: '办成', en: 'Done' },
  promised: { zh: '答应办理', en: 'Promised' },
  refused: { zh: '拒绝', en: 'Refused' },
  not_reached: { zh: '没见到人', en: 'Not reached' },
  moved: { zh: '已搬走', en: 'Moved' },
  competitor: { zh: '用了异网', en: 'With a rival' },
  wrong_data: { zh: '资料有误', en: 'Wrong data' },
  no_answer: { zh: '无人接听', en: 'No answer' },
  delivered: { zh: '已送达', en: 'Delivered' },
} as const

/** What a refusal closes. */
export const REFUSED = {
  all: { zh: '一切营销', en: 'all marketing' },
  channel: { zh: '这种方式', en: 'this channel' },
  offer: { zh: '这一优惠', en: 'this offer' },
} as const

export const TOUCHPOINTS = {
  door: { zh: '上门', en: 'Visit' },
  call_out: { zh: '外呼', en: 'Call' },
  hall: { zh: '营业厅', en: 'Hall' },
  installer: { zh: '装维', en: 'Installer' },
  sms: { zh: '短信', en: 'SMS' },
  online: { zh: '线上', en: 'Online' },
} as const
