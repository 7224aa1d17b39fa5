import type { ReactNode } from 'react'
import { countText } from '../../format/count.ts'
import { dayText } from '../../format/day.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useLanguage, useSay } from '../../language.ts'
import { useMay } from '../../may.ts'
import { usePlace } from '../../place.ts'
import { NextStep } from '../../ui/Notices.tsx'
import type { Plan } from '../plan/latest.ts'
import { type Next, nextStep } from './next.ts'

const WORDS = {
  import: {
    title: { zh: '导入用户清单', en: 'Import the subscribers' },
    why: {
      zh: '没有用户数据就排不出清单。BSS 导出的文件原样上传即可。',
      en: 'Without subscribers there are no lists. Upload the extract of the BSS as it is.',
    },
    go: { zh: '去导入', en: 'Import' },
  },
  make: {
    title: { zh: '生成 {day} 的计划', en: 'Make the plan of {day}' },
    why: {
      zh: '不生成计划，当天各人就没有清单。',
      en: 'Without a plan nobody has a list on that day.',
    },
    go: { zh: '去生成', en: 'Make it' },
  },
  publish: {
    title: { zh: '核对并发布 {day} 的计划', en: 'Check and publish the plan of {day}' },
    why: {
      zh: '草稿里有 {count} 项任务，发布之前不会下发到人。',
      en: 'The draft has {count} tasks; nobody gets them before it is published.',
    },
    go: { zh: '去核对', en: 'Check it' },
  },
  look: {
    title: { zh: '看 {day} 的清单', en: 'Look at the lists of {day}' },
    why: {
      zh: '计划已发布，{count} 项任务已下发到人。',
      en: 'The plan is published; {count} tasks are on the lists.',
    },
    go: { zh: '看清单', en: 'Open lists' },
  },
  wait: {
    title: { zh: '{day} 的计划还没有发布', en: 'The plan of {day} is not published yet' },
    why: {
      zh: '发布后这里可以打开清单；有疑问请联系县分公司计划人员。',
      en: 'The lists open here once it is; ask whoever plans for the county branch.',
    },
    go: { zh: '看到期日历', en: 'Expiry calendar' },
  },
} as const

/** The one thing to do now, and what happens if it is not done. */
export function Step(of: { plans: readonly Plan[]; hasSubscribers: boolean }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { today } = usePlace()
  const mayPlan = useMay('plan:publish')
  const next = nextStep({ ...of, today, mayPlan })
  const words = WORDS[next.kind]
  const plan = 'plan' in next ? next.plan : undefined
  const day = plan?.date ?? ('day' in next ? next.day : today)
  const values = {
    day: dayText(day, language),
    count: plan ? countText(plan.counts.assigned) : '',
  }
  return (
    <NextStep title={say(words.title, values)} why={say(words.why, values)}>
      <Way next={next}>{say(words.go)}</Way>
    </NextStep>
  )
}

function Way({ next, children }: { next: Next; children: ReactNode }): ReactNode {
  switch (next.kind) {
    case 'import':
      return (
        <LinkButton look="primary" to="/base/imports/new">
          {children}
        </LinkButton>
      )
    case 'make':
      return (
        <LinkButton look="primary" to="/plan">
          {children}
        </LinkButton>
      )
    case 'publish':
      return (
        <LinkButton look="primary" to="/plan" search={{ plan: next.plan.planId }}>
          {children}
        </LinkButton>
      )
    case 'look':
      return (
        <LinkButton look="primary" to="/work" search={{ date: next.plan.date }}>
          {children}
        </LinkButton>
      )
    case 'wait':
      return <LinkButton to="/base/expiry">{children}</LinkButton>
  }
}
