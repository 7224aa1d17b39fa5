import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { explainSubscriber } from '#contract/plans.ts'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { dayText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { Mark } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { OUTCOMES } from '../../words.ts'
import css from './portrait.module.css'

const WORDS = {
  title: { zh: '为什么在（或不在）清单上', en: 'Why on the list, or not' },
  plan: { zh: '{day} 的计划', en: 'plan of {day}' },
  until: { zh: '到 {day} 为止', en: 'until {day}' },
  factors: {
    zh: '优先级 {priority} = 成功率 {p} × 情境 {c} × 价值 {v} × 杠杆 {l}',
    en: 'Priority {priority} = propensity {p} × context {c} × value {v} × lever {l}',
  },
  task: { zh: '由 {name} 负责', en: 'with {name}' },
  notSelected: { zh: '没有选中的活动', en: 'Campaigns that did not select' },
} as const

type Known = Answer<typeof explainSubscriber>

/** Why this subscriber is, or is not, on somebody’s list: every decision with its reasons. */
export function Explanation(of: { branchId: string; subscriberId: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const explained = useAnswer(explainSubscriber, { params: of, query: {} }, { keep: false })
  const date = explained.data?.date
  return (
    <Part title={say(WORDS.title)} note={date && say(WORDS.plan, { day: dayText(date, language) })}>
      <Asked of={explained} lines={3}>
        {(known) => (
          <>
            <p className={css.summary}>{say(known.summary)}</p>
            {known.decisions.map((decision) => (
              <Decision key={decision.campaign} decision={decision} />
            ))}
            {known.notSelected.length > 0 && (
              <details>
                <summary>{say(WORDS.notSelected)}</summary>
                {known.notSelected.map(({ campaign, campaignName, because }) => (
                  <p key={campaign}>
                    <strong>{say(campaignName)}</strong> {say(because)}
                  </p>
                ))}
              </details>
            )}
          </>
        )}
      </Asked>
    </Part>
  )
}

function Decision({ decision }: { decision: Known['decisions'][number] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { factors, task } = decision
  return (
    <section className={css.decision}>
      <header>
        <strong>{say(decision.campaignName)}</strong>
        <Mark tone={decision.outcome === 'assigned' ? 'good' : 'plain'}>
          {say(OUTCOMES[decision.outcome])}
        </Mark>
        {task && (
          <Link
            to="/work/people/$staffId"
            params={{ staffId: task.assigneeId }}
            search={{ date: undefined }}
          >
            {say(WORDS.task, { name: task.assigneeName })}
          </Link>
        )}
        {decision.until && (
          <span>{say(WORDS.until, { day: dayText(decision.until, language) })}</span>
        )}
      </header>
      <ul>
        {decision.reasons.map(({ code, text }) => (
          <li key={code}>{say(text)}</li>
        ))}
      </ul>
      {factors && (
        <p className={css.factors}>
          {say(WORDS.factors, {
            priority: factors.priority.toFixed(2),
            p: factors.p.toFixed(3),
            c: factors.c.toFixed(2),
            v: factors.v.toFixed(0),
            l: factors.l.toFixed(2),
          })}
        </p>
      )}
    </section>
  )
}
