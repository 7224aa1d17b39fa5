import type { FailedJob } from '#contract/jobs.ts'
import type { Sentence } from '#contract/language.ts'

/** What the kinds of jobs do. */
export const KINDS = {
  import: { zh: '导入文件', en: 'Import of a file' },
  withdraw: { zh: '撤回导入', en: 'Withdrawal of an import' },
  plan: { zh: '制定计划', en: 'Making of a plan' },
  publish: { zh: '发布计划', en: 'Publication of a plan' },
  export: { zh: '生成导出文件', en: 'File of an export' },
  erase: { zh: '删除个人信息', en: 'Erasure of personal data' },
} as const satisfies Record<FailedJob['kind'], Sentence>
