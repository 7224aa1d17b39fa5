import type { ReactNode } from 'react'
import type { readPortrait } from '#contract/subscribers.ts'
import type { Answer } from '../../api.ts'
import { dateText, daysBetween, distanceText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { EmptyState, Mark } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import css from './portrait.module.css'

const WORDS = {
  title: { zh: '合约日历', en: 'Contract calendar' },
  end: { zh: '合约到期日', en: 'Contract end' },
  none: { zh: '没有提供到期日', en: 'No end was delivered' },
  step: {
    zh: '提供协议、合约、宽带或电视盒到期时间后显示。',
    en: 'It appears once offer, contract, broadband or TV ends are delivered.',
  },
} as const

type Ends = Answer<typeof readPortrait>['contractCalendar']

/** When offers, contracts and services begin and end, in order of time; what comes next stands out. */
export function ContractCalendar({ ends }: { ends: Ends }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { today } = usePlace()
  const inOrder = ends
    .map((end) => ({ ...end, daysLeft: daysBetween(today, end.on) }))
    .sort((a, b) => a.on.localeCompare(b.on) || a.column.localeCompare(b.column))
  return (
    <Part title={say(WORDS.title)}>
      {ends.length === 0 ? (
        <EmptyState title={say(WORDS.none)} step={say(WORDS.step)} />
      ) : (
        <ol className={css.time}>
          {inOrder.map(({ what, column, on, daysLeft, isContractEnd }) => (
            <li key={column} data-end={isContractEnd} data-when={whenOf(daysLeft, isContractEnd)}>
              {dateText(on, language)} · {say(what)}
              <span>{distanceText(daysLeft, language)}</span>
              {isContractEnd && (
                <>
                  {' '}
                  <Mark tone={daysLeft < 0 ? 'late' : daysLeft <= 30 ? 'soon' : 'plain'}>
                    {say(WORDS.end)}
                  </Mark>
                </>
              )}
            </li>
          ))}
        </ol>
      )}
    </Part>
  )
}

function whenOf(daysLeft: number, isContractEnd: boolean): 'past' | 'soon' | 'later' {
  if (!isContractEnd) return 'later'
  if (daysLeft < 0) return 'past'
  return daysLeft <= 30 ? 'soon' : 'later'
}
