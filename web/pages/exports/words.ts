import type { ExportColumn, ExportOrder, ExportState } from '#contract/exports.ts'
import type { Sentence } from '#contract/language.ts'
import type { Tone } from '../../ui/Notices.tsx'

export const KINDS = {
  subscribers: { zh: '用户明细', en: 'Subscribers' },
  worklists: { zh: '清单（明文）', en: 'Lists in clear text' },
  rejects: { zh: '导入退回行', en: 'Rejected rows of an import' },
  duplicates: { zh: '导入重复行', en: 'Duplicate rows of an import' },
} as const satisfies Record<ExportOrder['what'], Sentence>

export const STATES = {
  requested: { zh: '待审批', en: 'Waiting' },
  approved: { zh: '生成中', en: 'Being made' },
  ready: { zh: '可下载', en: 'Ready' },
  ended: { zh: '已删除', en: 'Deleted' },
  declined: { zh: '已驳回', en: 'Declined' },
  lapsed: { zh: '超时未批', en: 'Lapsed' },
} as const satisfies Record<ExportState, Sentence>

export const STATE_TONES: Record<ExportState, Tone> = {
  requested: 'soon',
  approved: 'plain',
  ready: 'good',
  ended: 'plain',
  declined: 'late',
  lapsed: 'plain',
}

export const COLUMNS = {
  subscriberId: { zh: '用户编号', en: 'Subscriber' },
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '号码', en: 'Number' },
  address: { zh: '地址', en: 'Address' },
  unitName: { zh: '网格', en: 'Grid' },
  status: { zh: '状态', en: 'Status' },
  product: { zh: '产品', en: 'Product' },
  plan: { zh: '套餐', en: 'Plan' },
  monthlyFeeFen: { zh: '月费', en: 'Monthly fee' },
  contractEnd: { zh: '合约到期', en: 'Contract end' },
  arrearsFen: { zh: '欠费', en: 'Arrears' },
  tenureMonths: { zh: '在网月数', en: 'Tenure' },
} as const satisfies Record<ExportColumn, Sentence>
