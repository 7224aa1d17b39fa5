import type { ReactNode } from 'react'
import type { Sentence } from '#contract/language.ts'
import { countText } from '../../format/count.ts'
import { addDays, dayText } from '../../format/day.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { NextStep } from '../../ui/Notices.tsx'
import { type Plan, planFor } from '../plan/latest.ts'

const WORDS = {
  import: { zh: '导入用户清单', en: 'Import the subscribers' },
  importGo: { zh: '去导入', en: 'Import' },
  importWhy: {
    zh: '没有用户数据就排不出清单。BSS 导出的文件原样上传即可。',
    en: 'Without subscribers there are no lists. Upload the extract of the BSS as it is.',
  },
  make: { zh: '生成明天（{day}）的计划', en: 'Make the plan of tomorrow ({day})' },
  makeGo: { zh: '去生成', en: 'Make it' },
  makeWhy: {
    zh: '今晚不生成，明早各人就没有清单。',
    en: 'Without it nobody has a list tomorrow morning.',
  },
  publish: { zh: '核对并发布 {day} 的计划', en: 'Check and publish the plan of {day}' },
  publishGo: { zh: '去核对', en: 'Check it' },
  publishWhy: {
    zh: '草稿里有 {count} 项任务，发布之前不会下发到人。',
    en: 'The draft has {count} tasks; nobody gets them before it is published.',
  },
  look: { zh: '看 {day} 的清单', en: 'Look at the lists of {day}' },
  lookGo: { zh: '看清单', en: 'Open lists' },
  lookWhy: {
    zh: '计划已发布，{count} 项任务已下发到人。',
    en: 'The plan is published; {count} tasks are on the lists.',
  },
} as const

type Next = Readonly<{
  title: Sentence
  why: Sentence
  values: Record<string, string>
  way: ReactNode
}>

/** The one thing to do now, and what happens if it is not done. */
export function Step(of: { plans: readonly Plan[]; hasSubscribers: boolean }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { today } = usePlace()
  const step = nextOf(of, today, (day) => dayText(day, language), say)
  return (
    <NextStep title={say(step.title, step.values)} why={say(step.why, step.values)}>
      {step.way}
    </NextStep>
  )
}

function nextOf(
  of: { plans: readonly Plan[]; hasSubscribers: boolean },
  today: string,
  sayDay: (day: string) => string,
  say: Say,
): Next {
  const tomorrow = addDays(today, 1)
  const todays = planFor(of.plans, today)
  const plan = todays?.state === 'draft' ? todays : (planFor(of.plans, tomorrow) ?? undefined)
  if (!of.hasSubscribers)
    return {
      title: WORDS.import,
      why: WORDS.importWhy,
      values: {},
      way: (
        <LinkButton look="primary" to="/base/imports/new">
          {say(WORDS.importGo)}
        </LinkButton>
      ),
    }
  if (!plan)
    return {
      title: WORDS.make,
      why: WORDS.makeWhy,
      values: { day: sayDay(tomorrow) },
      way: (
        <LinkButton look="primary" to="/plan">
          {say(WORDS.makeGo)}
        </LinkButton>
      ),
    }
  const values = { day: sayDay(plan.date), count: countText(plan.counts.assigned) }
  if (plan.state === 'draft')
    return {
      title: WORDS.publish,
      why: WORDS.publishWhy,
      values,
      way: (
        <LinkButton look="primary" to="/plan" search={{ plan: plan.planId }}>
          {say(WORDS.publishGo)}
        </LinkButton>
      ),
    }
  return {
    title: WORDS.look,
    why: WORDS.lookWhy,
    values,
    way: (
      <LinkButton look="primary" to="/work" search={{ date: plan.date }}>
        {say(WORDS.lookGo)}
      </LinkButton>
    ),
  }
}
