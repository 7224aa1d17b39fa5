import type { ReactNode } from 'react'
import { countText } from '../../../format/count.ts'
import { dayText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/Notices.tsx'
import { Part } from '../../../ui/PageTitle.tsx'
import { COMMON } from '../../../words.ts'
import css from './calendar.module.css'
import { type Day, spansOf, termsOf } from './year-grid.ts'

const WORDS = {
  holidays: { zh: '放假安排', en: 'Holidays' },
  name: { zh: '假日', en: 'Holiday' },
  from: { zh: '放假', en: 'Free' },
  days: { zh: '天数', en: 'Days' },
  worked: { zh: '调休上班', en: 'Worked instead' },
  none: { zh: '这一年还没有放假安排', en: 'No holidays are known for this year' },
  noneStep: {
    zh: '公布后，在年历上点日期逐日修改。',
    en: 'When they are published, choose each day in the calendar and change it.',
  },
  terms: { zh: '二十四节气', en: 'Solar terms' },
} as const

/** The free days of a year in a row, and the weekends worked for them. */
export function Holidays({ days }: { days: readonly Day[] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <Part title={say(WORDS.holidays)}>
      <DataTable
        name={say(WORDS.holidays)}
        dense
        rows={spansOf(days)}
        keyOf={({ from }) => from}
        empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
        columns={[
          { id: 'name', title: say(WORDS.name), render: ({ name }) => say(name) },
          {
            id: 'from',
            title: say(WORDS.from),
            render: ({ from, to }) =>
              from === to
                ? dayText(from, language)
                : `${dayText(from, language)} – ${dayText(to, language)}`,
          },
          {
            id: 'days',
            title: say(WORDS.days),
            numeric: true,
            render: (span) => countText(span.days),
          },
          {
            id: 'worked',
            title: say(WORDS.worked),
            render: ({ worked }) =>
              worked.map((day) => dayText(day, language)).join(' · ') || say(COMMON.none),
          },
        ]}
      />
    </Part>
  )
}

/** When each solar term begins; a click shows the day. */
export function SolarTerms(of: { days: readonly Day[]; choose: (day: string) => void }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <Part title={say(WORDS.terms)}>
      <ul className={css.terms}>
        {termsOf(of.days).map(({ day, name }) => (
          <li key={day}>
            <button type="button" onClick={() => of.choose(day)}>
              {say(name)} <small>{dayText(day, language)}</small>
            </button>
          </li>
        ))}
      </ul>
    </Part>
  )
}
