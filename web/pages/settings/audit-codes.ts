import { AUDIT_ACTIONS } from '#contract/audit.ts'
import type { Sentence } from '#contract/language.ts'
import { ROLE_NAMES } from '#contract/organisation.ts'
import { ACTIONS } from '#contract/permissions.ts'
import { RESULT_NAMES } from '#contract/tasks.ts'
import { WEBHOOK_EVENTS } from '#contract/webhooks.ts'
import { CHANNELS, IMPORT_KINDS, PURPOSES, UNIT_KINDS } from '../../words.ts'
import { ANSWERS, SCOPES, SUBJECTS } from '../base/consent-words.ts'
import { AGAINST, RESULTS } from '../base/touch-words.ts'
import { FIELDS, PURPOSES as UNMASK_PURPOSES } from '../base/unmask-words.ts'
import { KINDS as EXPORT_KINDS } from '../exports/words.ts'
import { GROUNDS } from '../subjects/words.ts'
import { CONFLICTS } from '../work/task-words.ts'
import { STANDINGS } from '../work/visit-words.ts'
import { KINDS as JOB_KINDS } from './jobs/words.ts'

type Codes = Readonly<Record<string, Sentence>>

/** Values of the trail that are several codes in one text. */
export const LISTS: ReadonlySet<string> = new Set([
  'actions',
  'against',
  'conflicts',
  'fields',
  'kinds',
  'roles',
  'secondFactorFor',
])

/** What codes in the trail mean, by the name under which they stand. */
export const CODES: Readonly<Record<string, Codes>> = {
  action: AUDIT_ACTIONS,
  actions: namesOf(ACTIONS),
  answer: ANSWERS.marketing,
  against: AGAINST,
  conflicts: CONFLICTS,
  channel: { ...CHANNELS, ...SCOPES },
  field: FIELDS,
  fields: FIELDS,
  ground: GROUNDS,
  job: JOB_KINDS,
  kind: { ...IMPORT_KINDS, ...UNIT_KINDS },
  kinds: namesOf(WEBHOOK_EVENTS),
  purpose: { ...PURPOSES, ...UNMASK_PURPOSES },
  reason: {
    'unusual-count': { zh: '清单外查看明文过多', en: 'unusually many seen in clear' },
    'outside-hours': { zh: '不打扰时段查看明文', en: 'seen in clear in the quiet hours' },
    'outside-tasks': { zh: '查看清单外明文', en: 'seen in clear outside the own list' },
    'limit-reached': { zh: '用完每日明文上限', en: 'the limit of a day reached' },
  },
  result: { ...RESULTS, ...RESULT_NAMES },
  roles: ROLE_NAMES,
  secondFactorFor: ROLE_NAMES,
  standing: {
    first: { zh: '以此为准', en: 'closed the task' },
    beside: { zh: '另行保留', en: 'kept beside' },
  },
  subject: SUBJECTS,
  touchPurpose: PURPOSES,
  verdict: STANDINGS,
  way: {
    import: { zh: '导入', en: 'import' },
    'by-hand': { zh: '人工', en: 'by hand' },
    'single-sign-on': { zh: '单点登录', en: 'single sign-on' },
    'back-channel': { zh: '认证平台通知', en: 'told by the provider' },
    asked: { zh: '向认证平台核对', en: 'asked of the provider' },
  },
  what: EXPORT_KINDS,
  which: EXPORT_KINDS,
}

function namesOf(of: Readonly<Record<string, Readonly<{ name: Sentence }>>>): Codes {
  return Object.fromEntries(Object.entries(of).map(([code, { name }]) => [code, name]))
}
