/** The words of touches, by their codes. */
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

/** What stood against a touch, shortly; the gate tells it with days. */
export const AGAINST = {
  terminated: { zh: '已离网', en: 'has left' },
  'port-out-request': { zh: '已申请携出', en: 'asked to port out' },
  refused: { zh: '已拒绝', en: 'refused' },
  'opted-out': { zh: '已退订或未同意', en: 'opted out or never agreed' },
  capped: { zh: '接触次数已满', en: 'touched too often' },
  'quiet-hours': { zh: '免打扰时段', en: 'quiet hours' },
  held: { zh: '同事正在联系', en: 'somebody else was there' },
  'extract-unknown': { zh: '数据文件不可用', en: 'no extract to go by' },
} as const
