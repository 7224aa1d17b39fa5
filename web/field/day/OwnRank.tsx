import type { ReactNode } from 'react'
import { clockText } from '../../format/day.ts'
import { useSay } from '../../language.ts'
import css from '../field.module.css'
import { useOnline } from './Band.tsx'
import type { DayFigures } from './day-of.ts'

const WORDS = {
  title: { zh: '今日名次', en: 'Place today' },
  crew: { zh: '班组里第 {place} 名，共 {of} 人', en: 'Place {place} of {of} in the crew' },
  hall: { zh: '营业厅里第 {place} 名，共 {of} 人', en: 'Place {place} of {of} in the hall' },
  about: {
    zh: '截至 {at}。先比有单数，再比办成数，相同并列；只显示给您本人。',
    en: 'As of {at}. By orders, then by what was done; who is even shares a place. Shown to you alone.',
  },
} as const

/** The own place of the day as the server just told it; nothing without a network, or where it is not shown. */
export function OwnRank({ rank, asOf }: Pick<DayFigures, 'rank' | 'asOf'>): ReactNode {
  const say = useSay()
  const online = useOnline()
  if (!rank || !asOf || !online) return null
  const { place, of, within } = rank
  return (
    <section className={css.order} aria-label={say(WORDS.title)}>
      <h2>{say(WORDS.title)}</h2>
      <p>{say(WORDS[within], { place, of })}</p>
      <p className={css.small}>{say(WORDS.about, { at: clockText(asOf) })}</p>
    </section>
  )
}
