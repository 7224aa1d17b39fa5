import { type ReactNode, useState } from 'react'
import { RESULT_NAMES } from '#contract/tasks.ts'
import { readPersonVisitFlags, VISIT_DAYS } from '#contract/visits.ts'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { addDays, instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { FLAGS, STANDINGS } from '../../pages/work/visit-words.ts'
import { wordFor } from '../day/day-words.ts'
import css from '../field.module.css'
import { Message } from '../Message.tsx'

const WORDS = {
  title: { zh: '我的走访核实', en: 'My visits to look at' },
  figure: {
    zh: '近 {days} 天 {visits} 次上门，{flagged} 次值得看一眼',
    en: '{flagged} of {visits} visits of the last {days} days to look at',
  },
  about: {
    zh: '这里列的是事实，只供了解情况，不自动作为处罚依据。有出入时，请向您的经理说明。',
    en: 'These are facts, to find out what happened; no penalty follows from them by itself. Where they are not right, tell your manager how it was.',
  },
  none: { zh: '没有需要看的走访', en: 'Nothing to look at' },
  noneStep: {
    zh: '近 {days} 天您登记的上门都没有异常。',
    en: 'No visit of yours in the last {days} days stands out.',
  },
  loading: { zh: '正在读取走访', en: 'Loading the visits' },
  unseen: { zh: '还没有人看过。', en: 'Nobody has looked at it yet.' },
  by: { zh: '{name}，{at}', en: '{name}, {at}' },
  earlier: { zh: '更早的', en: 'Earlier ones' },
  latest: { zh: '回到最近的', en: 'Back to the latest' },
} as const

type Visit = Answer<typeof readPersonVisitFlags>['rows'][number]

/** The own visits that are worth a look, as the server tells its owner: the facts, and what was said. */
export function VisitsPage(of: { branchId: string; staffId: string; today: string }): ReactNode {
  const { branchId, staffId, today } = of
  const say = useSay()
  const [cursor, setCursor] = useState<string>()
  const list = useAnswer(readPersonVisitFlags, {
    params: { branchId, staffId },
    query: { from: addDays(today, 1 - VISIT_DAYS), to: today, cursor },
  })
  if (list.error)
    return <Message title={list.error.message} step="" again={() => void list.refetch()} />
  if (!list.data)
    return (
      <main className={css.page} role="status" aria-label={say(WORDS.loading)}>
        <div className={css.bone} />
        <div className={css.bone} />
      </main>
    )
  const { rows, next, visits, people } = list.data
  const flagged = people.reduce((sum, person) => sum + person.flagged, 0)
  return (
    <main className={css.page}>
      <header className={css.head}>
        <div>
          <h1>{say(WORDS.title)}</h1>
          <p>{say(WORDS.figure, { days: VISIT_DAYS, visits, flagged })}</p>
          <p>{say(WORDS.about)}</p>
        </div>
      </header>
      {rows.length === 0 && (
        <Message title={say(WORDS.none)} step={say(WORDS.noneStep, { days: VISIT_DAYS })} />
      )}
      <ol className={css.cards}>
        {rows.map((visit) => (
          <VisitCard key={visit.resultId} visit={visit} />
        ))}
      </ol>
      {cursor !== undefined && (
        <button type="button" className={css.plain} onClick={() => setCursor(undefined)}>
          {say(WORDS.latest)}
        </button>
      )}
      {next !== null && (
        <button type="button" className={css.plain} onClick={() => setCursor(next)}>
          {say(WORDS.earlier)}
        </button>
      )}
    </main>
  )
}

function VisitCard({ visit }: { visit: Visit }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { at, town, place, result, flags, reviews } = visit
  return (
    <li className={css.card}>
      <div className={css.visit}>
        <span className={css.who}>
          <strong>{[town, place].filter(Boolean).join(' · ') || '–'}</strong>
          <span>{say(RESULT_NAMES[result])}</span>
        </span>
        <span className={css.small}>{instantText(at, language)}</span>
        {flags.map(({ code, text }) => (
          <p key={code}>
            <b>{say(wordFor(FLAGS, code))}</b> {say(text)}
          </p>
        ))}
        {reviews.length === 0 && <p className={css.small}>{say(WORDS.unseen)}</p>}
        <ul>
          {reviews.map(({ at: saidAt, reviewedByName, verdict, note }) => (
            <li key={`${saidAt} ${verdict}`}>
              <b className={css.mark}>{say(STANDINGS[verdict])}</b> {note}
              <p className={css.small}>
                {say(WORDS.by, {
                  name: say(reviewedByName),
                  at: instantText(saidAt, language),
                })}
              </p>
            </li>
          ))}
        </ul>
      </div>
    </li>
  )
}
