import type { ReactNode } from 'react'
import type { z } from 'zod'
import { type CalendarDay, readCalendar, type Season } from '#contract/calendar.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { addDays, dayText } from '../../format/day.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useLanguage, useSay } from '../../language.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Warnings } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import { ADVICE, DAY_KINDS } from '../settings/calendar-words.ts'

const WORDS = {
  title: { zh: '未来一周', en: 'The week ahead' },
  day: { zh: '日期', en: 'Day' },
  kind: { zh: '日类', en: 'Kind' },
  term: { zh: '节日 · 节气', en: 'Festival · solar term' },
  season: { zh: '农时与走访', en: 'Season and visits' },
  calendar: { zh: '打开日历', en: 'Open calendar' },
} as const

/** Holidays and farming seasons of the next seven days, which decide when people are at home. */
export function CalendarHint(of: { branchId: string; today: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const days = Array.from({ length: 7 }, (_, ahead) => addDays(of.today, ahead))
  const year = Number(of.today.slice(0, 4))
  const last = Number(days.at(-1)?.slice(0, 4))
  const ask = (asked: number) => ({ params: { branchId: of.branchId, year: asked } })
  const calendar = useAnswer(readCalendar, ask(year))
  const next = useAnswer(readCalendar, ask(last), { when: last !== year })
  return (
    <Part
      title={say(WORDS.title)}
      actions={
        <LinkButton size="small" look="text" to="/settings/calendar">
          {say(WORDS.calendar)}
        </LinkButton>
      }
    >
      <Asked of={calendar} lines={6}>
        {(known) => (
          <>
            <Warnings
              name={say(COMMON.warnings)}
              lines={known.warnings.map(({ text }) => say(text))}
            />
            <DataTable
              name={say(WORDS.title)}
              dense
              rows={weekOf(days, [
                ...known.days,
                ...(last === year ? [] : (next.data?.days ?? [])),
              ])}
              keyOf={({ day }) => day}
              empty={null}
              columns={[
                { id: 'day', title: say(WORDS.day), render: ({ day }) => dayText(day, language) },
                { id: 'kind', title: say(WORDS.kind), render: ({ kind }) => say(DAY_KINDS[kind]) },
                {
                  id: 'term',
                  title: say(WORDS.term),
                  render: ({ name, solarTerm }) =>
                    [name, solarTerm].flatMap((word) => (word ? [say(word)] : [])).join(' · '),
                },
                {
                  id: 'season',
                  title: say(WORDS.season),
                  render: ({ seasons }) => seasonText(seasons, known.seasons, say),
                },
              ]}
            />
          </>
        )}
      </Asked>
    </Part>
  )
}

type Day = z.output<typeof CalendarDay>

function weekOf(days: readonly string[], known: readonly Day[]): readonly Day[] {
  return known.filter(({ day }) => days.includes(day))
}

function seasonText(
  ids: readonly string[],
  seasons: readonly z.output<typeof Season>[],
  say: ReturnType<typeof useSay>,
): string {
  return seasons
    .filter(({ seasonId }) => ids.includes(seasonId))
    .map(({ name, advice }) => `${say(name)}：${say(ADVICE[advice])}`)
    .join('；')
}
