import type { Sentence } from '#contract/language.ts'
import { CODES, LISTS } from './audit-codes.ts'
import { RULE_NAMES } from './rule-names.ts'

/** What entries are about. */
const KINDS: Readonly<Record<string, Sentence>> = {
  account: { zh: '帐号', en: 'Account' },
  address: { zh: '网络地址', en: 'Address' },
  staff: { zh: '人员', en: 'Person' },
  identity: { zh: '统一认证身份', en: 'Identity' },
  token: { zh: '服务令牌', en: 'Service token' },
  unit: { zh: '单位', en: 'Unit' },
  place: { zh: '地点', en: 'Place' },
  rezoning: { zh: '片区调整', en: 'Re-zoning' },
  calendar: { zh: '日历', en: 'Calendar' },
  settings: { zh: '规则', en: 'Rule' },
  subscriber: { zh: '用户', en: 'Subscriber' },
  snapshot: { zh: '快照', en: 'Snapshot' },
  import: { zh: '导入', en: 'Import' },
  profile: { zh: '列映射方案', en: 'Profile' },
  campaign: { zh: '活动', en: 'Campaign' },
  plan: { zh: '计划', en: 'Plan' },
  task: { zh: '任务', en: 'Task' },
  sweep: { zh: '扫楼扫村', en: 'Sweep' },
  event: { zh: '现场活动', en: 'On-site event' },
  export: { zh: '导出', en: 'Export' },
  erasure: { zh: '删除申请', en: 'Erasure' },
  webhook: { zh: '事件推送', en: 'Webhook' },
  job: { zh: '后台任务', en: 'Job' },
  backup: { zh: '备份', en: 'Backup' },
  device: { zh: '手机', en: 'Phone' },
}

/** What is noted with entries; a name that is missing here is shown as it was recorded. */
const NAMES: Readonly<Record<string, Sentence>> = {
  ...RULE_NAMES,
  about: { zh: '对象', en: 'about' },
  account: { zh: '帐号', en: 'account' },
  accountBefore: { zh: '原帐号', en: 'account before' },
  accepted: { zh: '接收行', en: 'accepted' },
  action: { zh: '事项', en: 'what' },
  actions: { zh: '权限', en: 'may' },
  actor: { zh: '操作人', en: 'who' },
  address: { zh: '来源地址', en: 'from address' },
  again: { zh: '重复上传', en: 'delivered before' },
  after: { zh: '新密钥', en: 'new key' },
  agency: { zh: '代理机构', en: 'agency' },
  against: { zh: '不合规则', en: 'against' },
  answer: { zh: '答复', en: 'answer' },
  because: { zh: '原因', en: 'because' },
  before: { zh: '旧密钥', en: 'key before' },
  callId: { zh: '呼叫编号', en: 'call' },
  channel: { zh: '渠道', en: 'channel' },
  code: { zh: '原因', en: 'reason' },
  conflicts: { zh: '期间变化', en: 'meanwhile' },
  consentId: { zh: '登记编号', en: 'record' },
  correction: { zh: '更正编号', en: 'correction' },
  count: { zh: '数量', en: 'count' },
  date: { zh: '账期', en: 'data date' },
  carriedOver: { zh: '顺延', en: 'carried over' },
  day: { zh: '日期', en: 'day' },
  dropped: { zh: '终止', en: 'dropped' },
  duplicates: { zh: '重复行', en: 'duplicates' },
  erasure: { zh: '删除申请', en: 'erasure' },
  evidenceId: { zh: '照片编号', en: 'photo no.' },
  fault: { zh: '认证平台的答复', en: 'answer of the provider' },
  field: { zh: '字段', en: 'field' },
  fields: { zh: '字段', en: 'fields' },
  file: { zh: '文件', en: 'file' },
  forced: { zh: '强制理由', en: 'forced because' },
  found: { zh: '有结果', en: 'found' },
  from: { zh: '从', en: 'from' },
  ground: { zh: '依据', en: 'ground' },
  host: { zh: '接收地址', en: 'address' },
  job: { zh: '后台任务', en: 'job' },
  kept: { zh: '并列保存', en: 'kept beside' },
  keptDays: { zh: '保存天数', en: 'days kept' },
  kind: { zh: '类别', en: 'kind' },
  kinds: { zh: '事件', en: 'events' },
  leads: { zh: '意向人数', en: 'leads' },
  lastDay: { zh: '最后有效日', en: 'last day' },
  met: { zh: '接触人数', en: 'people met' },
  moves: { zh: '调整数', en: 'moves' },
  later: { zh: '稍后重传', en: 'to be sent again' },
  name: { zh: '名称', en: 'name' },
  neighbours: { zh: '勿扰户', en: 'doors to leave alone' },
  number: { zh: '编号', en: 'number' },
  'of-another': { zh: '他人结果', en: 'of somebody else' },
  orderedBy: { zh: '发起人', en: 'ordered by' },
  ownTask: { zh: '本人任务', en: 'own task' },
  parentId: { zh: '上级', en: 'parent' },
  perChannelDays: { zh: '同一渠道计算天数', en: 'days of one channel' },
  person: { zh: '人员', en: 'person' },
  photos: { zh: '照片数', en: 'photos' },
  positioned: { zh: '有定位', en: 'with a position' },
  postNo: { zh: '兼任序号', en: 'post' },
  purpose: { zh: '用途', en: 'purpose' },
  touchPurpose: { zh: '联系目的', en: 'contacted for' },
  reason: { zh: '理由', en: 'reason' },
  recorded: { zh: '已登记', en: 'recorded' },
  refused: { zh: '被退回', en: 'refused' },
  rejected: { zh: '退回行', en: 'rejected' },
  replacedBy: { zh: '替换为', en: 'replaced by' },
  result: { zh: '结果', en: 'result' },
  resultId: { zh: '结果编号', en: 'result no.' },
  roles: { zh: '岗位', en: 'roles' },
  rows: { zh: '行数', en: 'rows' },
  secondFactorFor: { zh: '须二次验证的岗位', en: 'second factor for' },
  sessions: { zh: '会话数', en: 'sessions' },
  sha256: { zh: '文件指纹', en: 'fingerprint' },
  staff: { zh: '人员', en: 'person' },
  standing: { zh: '采用', en: 'standing' },
  state: { zh: '状态', en: 'state' },
  subject: { zh: '主帐号', en: 'main account' },
  takenBack: { zh: '收回', en: 'taken back' },
  tasks: { zh: '任务数', en: 'tasks' },
  to: { zh: '到', en: 'to' },
  totalDays: { zh: '全部渠道计算天数', en: 'days of all channels' },
  tries: { zh: '已执行次数', en: 'tries before' },
  unit: { zh: '单位', en: 'unit' },
  unitId: { zh: '单位', en: 'unit' },
  validFrom: { zh: '生效', en: 'holds from' },
  validTo: { zh: '失效', en: 'until' },
  verdict: { zh: '核实意见', en: 'verdict' },
  version: { zh: '版本', en: 'version' },
  way: { zh: '方式', en: 'way' },
  what: { zh: '内容', en: 'what' },
  which: { zh: '哪一份', en: 'which' },
  year: { zh: '年份', en: 'year' },
}

type Value = string | number | boolean | null
const same = (text: string): Sentence => ({ zh: text, en: text })

/** Kind and id of what an entry is about; a dash for nothing in particular. */
export function aboutText(about: Readonly<{ kind: string; id: string }> | null): Sentence {
  if (about === null) return same('–')
  const kind = KINDS[about.kind] ?? same(about.kind)
  return { zh: `${kind.zh} ${about.id}`, en: `${kind.en} ${about.id}` }
}

/** The same name of another thing, by what was done. */
const NAMES_OF: Readonly<Record<string, Readonly<Record<string, Sentence>>>> = {
  'consent.recorded': { subject: { zh: '事项', en: 'about' } },
}

/** The values of an entry in words, without those that were left empty. */
export function valueLines(
  action: string,
  values: Readonly<Record<string, Value>>,
): Readonly<{ name: Sentence; value: Sentence }>[] {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => ({
      name: NAMES_OF[action]?.[key] ?? NAMES[key] ?? same(key),
      value: inWords(key, value),
    }))
}

function inWords(key: string, value: Value): Sentence {
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  const text = String(value)
  const codes = CODES[key]
  if (!codes) return same(text)
  return joined(
    (LISTS.has(key) ? text.split(' ') : [text]).map((code) => codes[code] ?? same(code)),
  )
}

const joined = (parts: readonly Sentence[]): Sentence => ({
  zh: parts.map(({ zh }) => zh).join('、'),
  en: parts.map(({ en }) => en).join(', '),
})
