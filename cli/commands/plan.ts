import { resolve } from 'node:path'
import { type CliCommand, UsageError } from '../call.ts'
import { order } from '../reach.ts'

export const plan: CliCommand = {
  summary: { zh: '生成某日计划', en: 'Make the plan of a day' },
  usage: '--branch B --date D [--publish] [--out DIR] [--lang zh|en]',
  options: {
    branch: { type: 'string' },
    date: { type: 'string' },
    publish: { type: 'boolean' },
    out: { type: 'string' },
    lang: { type: 'string' },
  },
  help: {
    branch: { zh: '县分公司编码', en: 'the county branch' },
    date: { zh: '计划日 YYYY-MM-DD', en: 'the day that is planned, YYYY-MM-DD' },
    publish: { zh: '同时发布到每个人的清单', en: 'publish it to everybody’s list as well' },
    out: {
      zh: '写出 worklists.xlsx、tasks.csv、decisions.csv、plan.json 的目录',
      en: 'the folder for worklists.xlsx, tasks.csv, decisions.csv, plan.json',
    },
    lang: {
      zh: 'worklists.xlsx 的语言：zh（默认）或 en',
      en: 'the language of worklists.xlsx: zh (default) or en',
    },
  },
  run: async (call) => {
    const out = call.option('out')
    const lang = call.option('lang') ?? 'zh'
    if (lang !== 'zh' && lang !== 'en') throw new UsageError(NO_LANGUAGE)
    const result = await order(call, 'plan', {
      branch: call.required('branch'),
      date: call.required('date'),
      publish: call.flag('publish'),
      out: out ? resolve(out) : null,
      lang,
    })
    const counted = (losses: unknown) =>
      Object.entries(losses as Record<string, number>)
        .map(([reason, count]) => `${reason} ${count}`)
        .join(', ') || '0'
    const { suppressed, unassigned } = result
    call.say({
      zh: `计划 ${result.plan}：在册 ${result.base}，候选 ${result.candidates} = 抑制（${counted(suppressed)}）+ 对照组 ${result.held_out} + 让位 ${result.outranked} + 已派 ${result.assigned} + 未派（${counted(unassigned)}）`,
      en: `Plan ${result.plan}: base ${result.base}, candidates ${result.candidates} = suppressed (${counted(suppressed)}) + held out ${result.held_out} + outranked ${result.outranked} + assigned ${result.assigned} + unassigned (${counted(unassigned)})`,
    })
    return result
  },
}

const NO_LANGUAGE = { zh: '--lang 只能是 zh 或 en。', en: '--lang is zh or en.' } as const
