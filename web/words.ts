import type { Sentence } from '#contract/language.ts'
import { LAPSE_REASONS } from '#contract/lapse-words.ts'
import type { LapseReason } from '#contract/lapsed.ts'

/** The words for codes that several pages show. */
export const TOUCHPOINTS = {
  door: { zh: '上门', en: 'Door' },
  call_out: { zh: '外呼', en: 'Call' },
  hall: { zh: '营业厅', en: 'Hall' },
  installer: { zh: '装维随销', en: 'Installer' },
  sms: { zh: '短信', en: 'SMS' },
  online: { zh: '线上', en: 'Online' },
} as const satisfies Record<string, Sentence>

/** What a campaign or a touch is for; only marketing is stopped by a refusal. */
export const PURPOSES = {
  marketing: { zh: '营销', en: 'Marketing' },
  renewal: { zh: '续约', en: 'Renewal' },
  collection: { zh: '催缴', en: 'Collection' },
  service: { zh: '服务', en: 'Service' },
  survey: { zh: '回访调查', en: 'Survey' },
  retention: { zh: '维系挽留', en: 'Retention' },
} as const satisfies Record<string, Sentence>

/** The channels of a contact. */
export const CHANNELS = {
  door: { zh: '上门', en: 'Door' },
  hall: { zh: '营业厅', en: 'Hall' },
  call_in: { zh: '呼入', en: 'Call in' },
  call_out: { zh: '外呼', en: 'Call out' },
  sms: { zh: '短信', en: 'SMS' },
  wecom: { zh: '企业微信', en: 'WeCom' },
  wechat: { zh: '微信', en: 'WeChat' },
  installer: { zh: '装维', en: 'Installer' },
  online: { zh: '线上', en: 'Online' },
} as const satisfies Record<string, Sentence>

export const UNIT_KINDS = {
  province: { zh: '省', en: 'Province' },
  city: { zh: '市', en: 'City' },
  branch: { zh: '县分公司', en: 'County branch' },
  zone: { zh: '片区', en: 'Zone' },
  hall: { zh: '营业厅', en: 'Hall' },
  grid: { zh: '网格', en: 'Grid' },
} as const satisfies Record<string, Sentence>

export const STATUSES = {
  active: { zh: '正常', en: 'Active' },
  suspended_by_user: { zh: '主动停机', en: 'Suspended by user' },
  suspended_for_arrears: { zh: '欠费停机', en: 'Suspended for arrears' },
  pending: { zh: '待装', en: 'Pending' },
  terminated: { zh: '已拆机', en: 'Terminated' },
} as const satisfies Record<string, Sentence>

export const OUTCOMES = {
  assigned: { zh: '已派', en: 'Assigned' },
  unassigned: { zh: '未派', en: 'Unassigned' },
  suppressed: { zh: '不宜接触', en: 'Suppressed' },
  'held-out': { zh: '对照组', en: 'Held out' },
  outranked: { zh: '让位于其他活动', en: 'Outranked' },
} as const satisfies Record<string, Sentence>

export { ROLE_NAMES as ROLES } from '#contract/organisation.ts'

export const IMPORT_KINDS = {
  subscribers: { zh: '用户清单', en: 'Subscribers' },
  organisation: { zh: '组织机构', en: 'Organisation' },
  places: { zh: '地点归属', en: 'Places' },
  staff: { zh: '人员', en: 'Staff' },
  contacts: { zh: '接触记录', en: 'Contacts' },
  competitors: { zh: '异网信息', en: 'Competitors' },
  resources: { zh: '网络资源', en: 'Resources' },
} as const satisfies Record<string, Sentence>

export const PLAN_STATES = {
  draft: { zh: '草稿', en: 'Draft' },
  publishing: { zh: '正在发布', en: 'Being published' },
  published: { zh: '已发布', en: 'Published' },
  superseded: { zh: '已被替换', en: 'Superseded' },
} as const satisfies Record<string, Sentence>

/** Words of every page. */
export const COMMON = {
  loading: { zh: '正在读取', en: 'Loading' },
  again: { zh: '重试', en: 'Try again' },
  previous: { zh: '上一页', en: 'Previous' },
  next: { zh: '下一页', en: 'Next' },
  pageOf: { zh: '共 {total} 条，第 {page} 页', en: '{total} in all, page {page}' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '取消', en: 'Cancel' },
  close: { zh: '关闭', en: 'Close' },
  edit: { zh: '编辑', en: 'Edit' },
  all: { zh: '全部', en: 'All' },
  none: { zh: '无', en: 'None' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  asOf: { zh: '数据截至 {day}', en: 'As of {day}' },
  warnings: { zh: '请注意', en: 'Please note' },
  unit: { zh: '单位', en: 'Unit' },
  date: { zh: '日期', en: 'Date' },
  table: { zh: '看表', en: 'Table' },
  picture: { zh: '看图', en: 'Picture' },
  savePng: { zh: '存为图片', en: 'Save PNG' },
  notAllowed: {
    zh: '您的岗位没有此权限，请联系分公司管理员。',
    en: 'Your role does not allow this; ask the administrator of the branch.',
  },
} as const satisfies Record<string, Sentence>

/** Why somebody let a contract end, or does not renew, buy or pay. */
export const REASONS: Readonly<Record<LapseReason, Sentence>> = LAPSE_REASONS
