import type { Sentence } from '#contract/language.ts'
import type { PersonalField, UnmaskPurpose } from '#contract/personal.ts'

/** What clear text is seen for. */
export const PURPOSES = {
  'own-task': { zh: '今天清单上的任务', en: 'A task of my list of today' },
  'customer-present': { zh: '客户在场或在线', en: 'The customer is here or on the line' },
  complaint: { zh: '处理投诉', en: 'A complaint' },
  correction: { zh: '更正资料', en: 'A correction' },
  'legal-request': { zh: '司法或监管要求', en: 'A request by law' },
} as const satisfies Record<UnmaskPurpose, Sentence>

/** What is seen. */
export const FIELDS = {
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '号码', en: 'Number' },
  address: { zh: '地址', en: 'Address' },
  idNumber: { zh: '身份证号', en: 'Identity number' },
} as const satisfies Record<PersonalField, Sentence>
