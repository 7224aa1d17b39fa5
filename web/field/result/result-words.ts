import type { Sentence } from '#contract/language.ts'
import type { Form } from './form.ts'

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
