import { BILL } from './bill.ts'
import type { Column, Group, Sentence } from './column.ts'
import { IDENTITY } from './identity.ts'
import { LIFE } from './life.ts'
import { MARKETING } from './marketing.ts'
import { PRODUCT } from './product.ts'
import { USAGE } from './usage.ts'

/** What an extract can say about one subscriber, in groups A to H. */
export const CANONICAL_COLUMNS: readonly Column[] = [
  ...IDENTITY,
  ...LIFE,
  ...PRODUCT,
  ...BILL,
  ...USAGE,
  ...MARKETING,
]

export const GROUPS: Readonly<Record<Group, Sentence>> = {
  A: { zh: '身份与地址', en: 'Identity and place' },
  B: { zh: '生命周期', en: 'Life cycle' },
  C: { zh: '产品、合约与续费', en: 'Product, contract, renewal' },
  D: { zh: '账单与缴费', en: 'Billing' },
  E: { zh: '使用情况', en: 'Usage' },
  F: { zh: '服务情况', en: 'Service' },
  G: { zh: '归属与渠道', en: 'Owner and channel' },
  H: { zh: '维系与营销', en: 'Retention and marketing' },
}

const byId = new Map(CANONICAL_COLUMNS.map((column) => [column.id, column]))

export function columnOf(id: string): Column | undefined {
  return byId.get(id)
}
