import { type KeyboardEvent, type ReactNode, useMemo, useRef } from 'react'
import type { Sentence } from '#contract/language.ts'
import { dayText, monthText } from '../../../format/day.ts'
import { type Say, useLanguage, useSay } from '../../../language.ts'
import { DAY_KINDS } from '../calendar-words.ts'
import css from './calendar.module.css'
import type { Season } from './visit-times.ts'
import { type Day, monthsOf, stepFrom } from './year-grid.ts'

const WORDS = {
  season: { zh: '农时：少去或改时间', en: 'Season: go less, or at other hours' },
  good: { zh: '农时：适宜走访', en: 'Season: good for visits' },
  edited: { zh: '本单位改过', en: 'Changed here' },
  today: { zh: '今天', en: 'today' },
  free: { zh: '休', en: 'off' },
  worked: { zh: '班', en: 'on' },
  name: { zh: '{year} 年日历', en: 'Calendar of {year}' },
} as const

const WEEKDAYS: readonly Sentence[] = [
  { zh: '一', en: 'M' },
  { zh: '二', en: 'T' },
  { zh: '三', en: 'W' },
  { zh: '四', en: 'T' },
  { zh: '五', en: 'F' },
  { zh: '六', en: 'S' },
  { zh: '日', en: 'S' },
]

/** What the colours and lines of the grid mean, in words. */
export function Legend(): ReactNode {
  const say = useSay()
  return (
    <ul className={css.legend}>
      {(['workday', 'weekend', 'holiday', 'makeup'] as const).map((kind) => (
        <li key={kind}>
          <i data-kind={kind} />
          {say(DAY_KINDS[kind])}
        </li>
      ))}
      <li>
        <i>
          <span className={css.season} />
        </i>
        {say(WORDS.season)}
      </li>
      <li>
        <i>
          <span className={css.season} data-good="true" />
        </i>
        {say(WORDS.good)}
      </li>
      <li>
        <i data-edited="true" />
        {say(WORDS.edited)}
      </li>
    </ul>
  )
}

/** Twelve months: kinds of days, festivals, solar terms and seasons; arrow keys go from day to day. */
export function YearGrid(of: {
  year: number
  days: readonly Day[]
  seasons: readonly Season[]
  today: string
  chosen: string
  choose: (day: string) => void
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const place = useRef<HTMLElement>(null)
  const known = useMemo(() => new Map(of.days.map((day) => [day.day, day])), [of.days])
  const months = useMemo(() => monthsOf(of.year), [of.year])
  const disturbing = new Set(
    of.seasons.filter(({ advice }) => advice !== 'favourable').map(({ seasonId }) => seasonId),
  )
  function step(event: KeyboardEvent): void {
    const from = event.target instanceof HTMLElement ? event.target.dataset.day : undefined
    const to = from && stepFrom(from, event.key)
    if (!to) return
    event.preventDefault()
    place.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus()
  }
  const tabbed = known.has(of.chosen) ? of.chosen : `${of.year}-01-01`
  return (
    <section
      ref={place}
      className={css.year}
      aria-label={say(WORDS.name, { year: of.year })}
      onKeyDown={step}
    >
      {months.map(({ month, weeks }) => (
        <div key={month} className={css.month}>
          <table>
            <caption>{monthText(month, language)}</caption>
            <thead>
              <tr>
                {WEEKDAYS.map((weekday, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the seven weekdays never move
                  <th key={column} scope="col">
                    {say(weekday)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((week) => (
                <tr key={week.find((day) => day !== null)}>
                  {week.map((on, column) => {
                    const day = on === null ? undefined : known.get(on)
                    return (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the seven weekdays never move
                      <td key={column}>
                        {day && (
                          <OneDay
                            day={day}
                            isToday={day.day === of.today}
                            chosen={day.day === of.chosen}
                            tabbed={day.day === tabbed}
                            disturbing={disturbing}
                            choose={of.choose}
                          />
                        )}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </section>
  )
}

function OneDay(of: {
  day: Day
  isToday: boolean
  chosen: boolean
  tabbed: boolean
  disturbing: ReadonlySet<string>
  choose: (day: string) => void
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { day } = of
  return (
    <button
      type="button"
      className={css.day}
      data-day={day.day}
      data-kind={day.kind}
      data-edited={day.source === 'edited'}
      data-today={of.isToday}
      aria-pressed={of.chosen}
      aria-label={[
        dayText(day.day, language),
        ...(of.isToday ? [say(WORDS.today)] : []),
        say(DAY_KINDS[day.kind]),
        ...[day.name, day.solarTerm].flatMap((name) => (name ? [say(name)] : [])),
      ].join(' · ')}
      title={namesOf(day, say)}
      tabIndex={of.tabbed ? 0 : -1}
      onClick={() => of.choose(day.day)}
    >
      <b>{Number(day.day.slice(8))}</b>
      <small>{markOf(day, say, language)}</small>
      {day.seasons.length > 0 && (
        <span
          className={css.season}
          data-good={!day.seasons.some((season) => of.disturbing.has(season))}
        />
      )}
    </button>
  )
}

function namesOf({ name, solarTerm }: Day, say: Say): string {
  return [name, solarTerm].flatMap((one) => (one ? [say(one)] : [])).join(' · ')
}

/** What fits under a number: 休 or 班, else the solar term, which is too long in English. */
function markOf(day: Day, say: Say, language: 'zh' | 'en'): string {
  if (day.kind === 'holiday') return say(WORDS.free)
  if (day.kind === 'makeup') return say(WORDS.worked)
  if (!day.solarTerm) return ''
  return language === 'zh' ? day.solarTerm.zh : '•'
}
