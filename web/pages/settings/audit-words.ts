import type { Sentence } from '#contract/language.ts'
import { ROLE_NAMES } from '#contract/organisation.ts'
import { IMPORT_KINDS, UNIT_KINDS } from '../../words.ts'

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
  import: { zh: '导入', en: 'Import' },
  profile: { zh: '列映射方案', en: 'Profile' },
  campaign: { zh: '活动', en: 'Campaign' },
  plan: { zh: '计划', en: 'Plan' },
  export: { zh: '导出', en: 'Export' },
  backup: { zh: '备份', en: 'Backup' },
}

/** What is noted with entries; a name that is missing here is shown as it was recorded. */
const NAMES: Readonly<Record<string, Sentence>> = {
  about: { zh: '对象', en: 'about' },
  actions: { zh: '权限', en: 'may' },
  action: { zh: '事项', en: 'what' },
  actor: { zh: '操作人', en: 'who' },
  address: { zh: '来源地址', en: 'from address' },
  agency: { zh: '代理机构', en: 'agency' },
  because: { zh: '原因', en: 'because' },
  code: { zh: '原因', en: 'reason' },
  correction: { zh: '更正编号', en: 'correction' },
  count: { zh: '数量', en: 'count' },
  date: { zh: '账期', en: 'data date' },
  day: { zh: '日期', en: 'day' },
  fault: { zh: '认证平台的答复', en: 'answer of the provider' },
  field: { zh: '字段', en: 'field' },
  fields: { zh: '字段', en: 'fields' },
  file: { zh: '文件', en: 'file' },
  forced: { zh: '强制理由', en: 'forced because' },
  from: { zh: '从', en: 'from' },
  kind: { zh: '类别', en: 'kind' },
  lastDay: { zh: '最后有效日', en: 'last day' },
  moves: { zh: '调整数', en: 'moves' },
  name: { zh: '名称', en: 'name' },
  parentId: { zh: '上级', en: 'parent' },
  person: { zh: '人员', en: 'person' },
  postNo: { zh: '兼任序号', en: 'post' },
  purpose: { zh: '用途', en: 'purpose' },
  reason: { zh: '理由', en: 'reason' },
  replacedBy: { zh: '替换为', en: 'replaced by' },
  roles: { zh: '岗位', en: 'roles' },
  sessions: { zh: '会话数', en: 'sessions' },
  sha256: { zh: '文件指纹', en: 'fingerprint' },
  state: { zh: '状态', en: 'state' },
  subject: { zh: '主帐号', en: 'main account' },
  to: { zh: '到', en: 'to' },
  unit: { zh: '单位', en: 'unit' },
  unitId: { zh: '单位', en: 'unit' },
  validFrom: { zh: '生效', en: 'holds from' },
  validTo: { zh: '失效', en: 'until' },
  version: { zh: '版本', en: 'version' },
  way: { zh: '方式', en: 'way' },
  which: { zh: '哪一份', en: 'which' },
}

type Value = string | number | boolean | null
const same = (text: string): Sentence => ({ zh: text, en: text })

/** Kind and id of what an entry is about; a dash for nothing in particular. */
export function aboutText(about: Readonly<{ kind: string; id: string }> | null): Sentence {
  if (about === null) return same('–')
  const kind = KINDS[about.kind] ?? same(about.kind)
  return { zh: `${kind.zh} ${about.id}`, en: `${kind.en} ${about.id}` }
}

/** The values of an entry in words, without those that were left empty. */
export function valueLines(
  values: Readonly<Record<string, Value>>,
): Readonly<{ name: Sentence; value: Sentence }>[] {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => ({ name: NAMES[key] ?? same(key), value: inWords(key, value) }))
}

function inWords(key: string, value: Value): Sentence {
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  const text = String(value)
  if (key === 'roles') return joined(text.split(' ').map((role) => CODES[role] ?? same(role)))
  return key === 'kind' ? (CODES[text] ?? same(text)) : same(text)
}

const CODES: Readonly<Record<string, Sentence>> = { ...ROLE_NAMES, ...IMPORT_KINDS, ...UNIT_KINDS }

const joined = (parts: readonly Sentence[]): Sentence => ({
  zh: parts.map(({ zh }) => zh).join('、'),
  en: parts.map(({ en }) => en).join(', '),
})
