import type { Progress } from '#platform/works.ts'

const phase = (zh: string, en: string): Progress => ({ phase: { zh, en }, done: 0, total: null })

/** What a plan is busy with, in the words of whoever waits for it. */
export const PHASES = {
  decide: phase('筛选与排序', 'Deciding over the whole base'),
  assign: phase('分派到人', 'Assigning to people'),
  record: phase('保存计划', 'Keeping the plan'),
  publish: phase('发布到清单', 'Publishing to the lists'),
} as const
