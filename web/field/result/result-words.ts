import type { Sentence } from '#contract/language.ts'
import { RESULT_NAMES, type ResultCode } from '#contract/tasks.ts'
import type { Form } from './form.ts'

/** The five commonest results first. */
export const COMMON_RESULTS = [
  'done',
  'promised',
  'not_at_home',
  'refused',
  'competitor',
] as const satisfies readonly ResultCode[]
export const RARE_RESULTS = ['moved', 'wrong_data'] as const satisfies readonly ResultCode[]

export const WHAT = {
  renewal: { zh: '续费', en: 'Renewal' },
  new: { zh: '新装', en: 'New service' },
  box: { zh: '收旧盒', en: 'Old box' },
  third_party: { zh: '三产', en: 'Third-party' },
  payment: { zh: '缴费', en: 'Payment' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<Form['what'], Sentence>

export const SCOPES = {
  offer: { zh: '只是这个产品', en: 'This offer only' },
  channel: { zh: '不要再上门', en: 'No more visits' },
  all: { zh: '什么都不要推荐', en: 'No offers at all' },
} as const satisfies Record<Form['scope'], Sentence>

export const WRONG = {
  phone: { zh: '电话', en: 'Phone' },
  address: { zh: '地址', en: 'Address' },
  name: { zh: '姓名', en: 'Name' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<Form['wrong'], Sentence>

export const nameOfResult = (result: ResultCode): Sentence => RESULT_NAMES[result]
