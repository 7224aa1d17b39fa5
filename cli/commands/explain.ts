import type { z } from 'zod'
import type { explainSubscriber } from '#contract/plans.ts'
import type { CliCommand } from '../call.ts'
import { order } from '../reach.ts'

export const explain: CliCommand = {
  summary: { zh: '为什么在（或不在）清单上', en: 'Why a subscriber is, or is not, on a list' },
  usage: '--branch B --subscriber ID [--date D]',
  options: {
    branch: { type: 'string' },
    subscriber: { type: 'string' },
    date: { type: 'string' },
  },
  help: {
    branch: { zh: '县分公司编码', en: 'the county branch' },
    subscriber: { zh: '用户编号', en: 'the subscriber' },
    date: { zh: '计划日（默认最近的计划）', en: 'the day of the plan (default: the latest)' },
  },
  run: async (call) => {
    const result = (await order(call, 'explain', {
      branch: call.required('branch'),
      subscriber: call.required('subscriber'),
      date: call.option('date') ?? null,
    })) as z.infer<typeof explainSubscriber.response>
    call.say(result.summary)
    for (const decision of result.decisions) {
      call.say({
        zh: `· ${decision.campaignName.zh}：${decision.outcome}`,
        en: `· ${decision.campaignName.en}: ${decision.outcome}`,
      })
      for (const { text } of decision.reasons)
        call.say({ zh: `    ${text.zh}`, en: `    ${text.en}` })
    }
    for (const { campaignName, because } of result.notSelected)
      call.say({
        zh: `· ${campaignName.zh}：未选中，${because.zh}`,
        en: `· ${campaignName.en}: not selected, ${because.en}`,
      })
    return result
  },
}
