import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Sentence } from '#contract/language.ts'
import { RESULT_NAMES } from '#contract/tasks.ts'
import { sharedLead, shortAddress, whereTo } from '../../format/address.ts'
import { dateText, dayText, instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { RESULTS as TOUCH_RESULTS } from '../../pages/base/touch-words.ts'
import { CHANNELS } from '../../words.ts'
import { Card } from '../Card.tsx'
import css from '../field.module.css'
import { Message } from '../Message.tsx'
import type { FieldTask } from '../result/form.ts'
import { WAY_TO_DAY } from '../route.ts'
import type { ReadPack } from '../vault/pack.ts'
import { Way } from '../Way.tsx'
import { closedNow } from './closed-now.ts'
import { type DayStop, type DayTask, dayTasks, figuresOf, stopsOf } from './day-of.ts'
import { STATES, wordFor } from './day-words.ts'
import { phone, usePhone } from './store.ts'
import { Unread } from './Unread.tsx'

const ResultSheet = lazy(() =>
  import('../result/ResultSheet.tsx').then(({ ResultSheet: sheet }) => ({ default: sheet })),
)

const Opening = lazy(() => import('./Opening.tsx').then(({ Opening: part }) => ({ default: part })))

const TaskSheet = lazy(() =>
  import('../TaskSheet.tsx').then(({ TaskSheet: part }) => ({ default: part })),
)

const WORDS = {
  strip: {
    zh: '办成 {done} · 约定 {promised} · 还剩 {left}',
    en: 'Done {done} · promised {promised} · left {left}',
  },
  order: { zh: '今日已有单', en: 'Order today' },
  noOrder: { zh: '今日还没有单', en: 'No order yet today' },
  left: { zh: '没办的 {count}', en: 'Left {count}' },
  all: { zh: '全部 {count}', en: 'All {count}' },
  which: { zh: '显示哪些', en: 'Which to show' },
  elsewhere: { zh: '地点不详', en: 'Place unknown' },
  count: { zh: '{count} 户', en: '{count}' },
  result: { zh: '结果', en: 'Result' },
  again: { zh: '改结果', en: 'Tell again' },
  notNow: { zh: '现在不宜上门：{why}', en: 'Not now: {why}' },
  opens: { zh: '{at} 以后可以。', en: 'From {at}.' },
  last: { zh: '上次 {at} {channel} · {result}', en: 'Last {at} {channel} · {result}' },
  alone: { zh: '附近勿扰 {count} 户', en: 'Leave alone near by: {count}' },
  until: { zh: '{address} · {day}以前勿扰', en: '{address} · not before {day}' },
  more: { zh: '附近还有更多勿扰户，没有全部列出。', en: 'There are more near by than are listed.' },
  saved: { zh: '已记下：{result}', en: 'Recorded: {result}' },
  none: { zh: '今天没有任务', en: 'No task today' },
  noneStep: {
    zh: '可能当天休息，或计划还没有发布。联网后会自动更新。',
    en: 'A day off, or the plan is not published yet. The list is renewed when there is a network.',
  },
  over: { zh: '今天的都办完了', en: 'All of today is done' },
  overStep: { zh: '在“我的一天”看结果。', en: 'See what came of it in “My day”.' },
} as const

/** The list in the hand: what is left of the day as a route, and what was recorded of it. */
export function DayPage({ pack, canCall }: { pack: ReadPack; canCall: boolean }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const known = usePhone()
  const [shows, setShows] = useState<'left' | 'all'>('left')
  const [open, setOpen] = useState<FieldTask>()
  const [telling, setTelling] = useState<FieldTask>()
  const [told, setTold] = useState<Sentence>()
  const tasks = dayTasks(pack, known.journal, known.items)
  const figures = figuresOf(pack, known)
  const left = tasks.filter(({ result }) => result === null)
  const shown = shows === 'all' ? tasks : left
  const lead = sharedLead(tasks.map(({ task }) => whereTo(task)))
  if (tasks.length === 0 && pack.unread.tasks === 0)
    return <Message title={say(WORDS.none)} step={say(WORDS.noneStep)} />
  return (
    <main className={css.page}>
      <header className={css.day}>
        <h1>{dayText(pack.day, language)}</h1>
        <Way className={css.strip} to={WAY_TO_DAY}>
          {say(WORDS.strip, { done: figures.done, promised: figures.promised, left: figures.left })}
          <b className={figures.hasOrder ? css.good : css.soon}>
            {say(figures.hasOrder ? WORDS.order : WORDS.noOrder)}
          </b>
        </Way>
        <fieldset className={css.which} aria-label={say(WORDS.which)}>
          {(['left', 'all'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={shows === each}
              onClick={() => setShows(each)}
            >
              {say(WORDS[each], { count: each === 'left' ? left.length : tasks.length })}
            </button>
          ))}
        </fieldset>
        {lead !== '' && <p className={css.small}>{lead}</p>}
      </header>
      {told && (
        <p className={css.toldResult} role="status">
          {say(WORDS.saved, { result: say(told) })}
        </p>
      )}
      <Unread counts={pack.unread} />
      {shown.length === 0 && pack.unread.tasks === 0 && (
        <Message title={say(WORDS.over)} step={say(WORDS.overStep)} />
      )}
      {stopsOf(pack, shown).map((stop) => (
        <Stop key={stop.key} {...{ stop, lead, setOpen }} tell={setTelling} />
      ))}
      {pack.moreNeighbours && <p className={css.small}>{say(WORDS.more)}</p>}
      {open && (
        <Suspense>
          <TaskSheet
            {...{ branchId: pack.branchId, task: open, own: true, canCall }}
            opening={<Opening task={open} branchId={pack.branchId} />}
            close={() => setOpen(undefined)}
          />
        </Suspense>
      )}
      {telling && (
        <Suspense>
          <ResultSheet
            task={telling}
            today={pack.day}
            colleagues={pack.colleagues}
            onSaved={(result) => {
              setTold(RESULT_NAMES[result])
              setTelling(undefined)
            }}
            close={() => setTelling(undefined)}
          />
        </Suspense>
      )}
    </main>
  )
}

function Stop(of: {
  stop: DayStop
  lead: string
  setOpen: (task: FieldTask) => void
  tell: (task: FieldTask) => void
}): ReactNode {
  const { stop, lead, setOpen, tell } = of
  const say = useSay()
  const language = useLanguage()
  const name = [stop.town, stop.place].filter(Boolean).join(' · ') || say(WORDS.elsewhere)
  return (
    <section aria-label={name}>
      <h2 className={css.stop}>
        {name}
        <span>{say(WORDS.count, { count: stop.tasks.length })}</span>
      </h2>
      {stop.leaveAlone.length > 0 && (
        <details className={css.alone}>
          <summary>{say(WORDS.alone, { count: stop.leaveAlone.length })}</summary>
          <ul>
            {stop.leaveAlone.map(({ address, until }) => (
              <li key={address}>
                {say(WORDS.until, {
                  address: shortAddress(address, lead),
                  day: dateText(until, language),
                })}
              </li>
            ))}
          </ul>
        </details>
      )}
      <ol className={css.cards}>
        {stop.tasks.map((each) => (
          <Card
            key={each.task.taskId}
            task={each.task}
            lead={lead}
            open={() => setOpen(each.task)}
            about={<About of={each} />}
            isOver={each.result !== null}
            hand={
              <button type="button" className={css.result} onClick={() => tell(each.task)}>
                {say(each.result === null ? WORDS.result : WORDS.again)}
              </button>
            }
          />
        ))}
      </ol>
    </section>
  )
}

/** What is known of a household beyond its task: what was said last, and what stands against it. */
function About({ of: { task, result, item } }: { of: DayTask }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { lastTouch } = task
  const state = item && say(STATES[item.state])
  return (
    <>
      {lastTouch && (
        <span className={css.small}>
          {say(WORDS.last, {
            at: instantText(lastTouch.at, language),
            channel: say(wordFor(CHANNELS, lastTouch.channel)),
            result: say(wordFor(TOUCH_RESULTS, lastTouch.result)),
          })}
        </span>
      )}
      {result === null && <Closed task={task} />}
      {result !== null && (
        <span className={css.mark}>
          {[say(RESULT_NAMES[result]), state].filter(Boolean).join(' · ')}
        </span>
      )}
    </>
  )
}

function Closed({ task }: { task: FieldTask }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const closed = closedNow(task, phone.now())
  if (!closed) return null
  const why = closed.because.map((each) => say(each)).join(' ')
  const opens = closed.opens && say(WORDS.opens, { at: instantText(closed.opens, language) })
  return (
    <span className={css.closed}>
      {say(WORDS.notNow, { why })} {opens}
    </span>
  )
}
