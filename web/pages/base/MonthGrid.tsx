import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Sentence } from '#contract/language.ts'
import { countText } from '../../format/count.ts'
import { addDays, dayText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import css from './month.module.css'
import { type Field, warmth, weeksOf } from './month.ts'

const WEEKDAYS: readonly Sentence[] = [
  { zh: '一', en: 'Mon' },
  { zh: '二', en: 'Tue' },
  { zh: '三', en: 'Wed' },
  { zh: '四', en: 'Thu' },
  { zh: '五', en: 'Fri' },
  { zh: '六', en: 'Sat' },
  { zh: '日', en: 'Sun' },
]
const WORDS = {
  name: { zh: '每天到期的用户数', en: 'Contracts that end, by day' },
  field: { zh: '{day}到期 {count} 户', en: '{day}: {count} end' },
} as const

type Day = Readonly<{ day: string; ending: number }>

/** A month as a grid: the more contracts end on a day, the deeper its field. */
export function MonthGrid(of: {
  from: string
  to: string
  today: string
  days: readonly Day[]
}): ReactNode {
  const say = useSay()
  const counts = new Map(of.days.map(({ day, ending }) => [day, ending]))
  const fullest = Math.max(0, ...counts.values())
  return (
    <table className={css.month} aria-label={say(WORDS.name)}>
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday.en} scope="col">
              {say(weekday)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(of.from, of.to).map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, place) => (
              <OneDay
                key={WEEKDAYS[place]?.en}
                day={day}
                count={counts.get(day ?? '') ?? 0}
                fullest={fullest}
                isToday={day === of.today}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function OneDay(of: { day: Field; count: number; fullest: number; isToday: boolean }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  if (of.day === null) return <td />
  const number = <small>{Number(of.day.slice(8))}</small>
  return (
    <td data-warmth={warmth(of.count, of.fullest)} data-today={of.isToday}>
      {of.count === 0 ? (
        <span>{number}</span>
      ) : (
        <Link
          to="/base"
          search={{ endsFrom: of.day, endsTo: addDays(of.day, 1) }}
          aria-label={say(WORDS.field, {
            day: dayText(of.day, language),
            count: countText(of.count),
          })}
        >
          {number}
          <b>{countText(of.count)}</b>
        </Link>
      )}
    </td>
  )
}
