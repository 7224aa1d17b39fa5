import type { ReactNode } from 'react'
import { addDays } from '../../format/day.ts'
import { useSay } from '../../language.ts'
import css from '../field.module.css'
import { WAY_TO_EVENTS } from '../route.ts'
import { Way } from '../Way.tsx'
import { useOwnEvents } from './own-events.ts'

const WORDS = {
  today: { zh: '今天有 {count} 场现场活动', en: 'Events today: {count}' },
  untold: { zh: '{count} 场活动待上报', en: 'Events to report: {count}' },
} as const

/** Above the list of today: events of today, and those whose result is not told; nothing without any. */
export function EventsHint({ branchId, today }: { branchId: string; today: string }): ReactNode {
  const say = useSay()
  const { known } = useOwnEvents({ branchId, from: addDays(today, -7), to: addDays(today, 1) })
  const rows = (known?.rows ?? []).filter(({ state }) => state !== 'called-off')
  const onToday = rows.filter(({ onDay }) => onDay === today).length
  const untold = rows.filter(({ onDay, result }) => onDay < today && result === null).length
  if (onToday + untold === 0) return null
  return (
    <nav className={css.hint}>
      <Way className={css.strip} to={WAY_TO_EVENTS}>
        {onToday > 0 && <span>{say(WORDS.today, { count: onToday })}</span>}
        {untold > 0 && <b className={css.soon}>{say(WORDS.untold, { count: untold })}</b>}
      </Way>
    </nav>
  )
}
