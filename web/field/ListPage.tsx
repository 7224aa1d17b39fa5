import { lazy, type ReactNode, Suspense, useState } from 'react'
import { readPersonList } from '#contract/plans.ts'
import type { Answer } from '../api.ts'
import { useAnswer } from '../ask.ts'
import { sharedLead, whereTo } from '../format/address.ts'
import { addDays, dayText } from '../format/day.ts'
import { useLanguage, useSay } from '../language.ts'
import { Card } from './Card.tsx'
import css from './field.module.css'
import { Message } from './Message.tsx'
import { wayToList } from './route.ts'
import { Way } from './Way.tsx'

const TaskSheet = lazy(() =>
  import('./TaskSheet.tsx').then(({ TaskSheet: part }) => ({ default: part })),
)

const WORDS = {
  total: { zh: '{total} 户 · {places} 个村居', en: '{total} visits · {places} places' },
  of: { zh: '{name}的清单', en: 'List of {name}' },
  before: { zh: '前一天', en: 'Day before' },
  after: { zh: '后一天', en: 'Day after' },
  elsewhere: { zh: '地点不详', en: 'Place unknown' },
  count: { zh: '{count} 户', en: '{count}' },
  loading: { zh: '正在读取清单', en: 'Loading the list' },
  none: { zh: '这一天没有任务', en: 'No task on this day' },
  noneStep: {
    zh: '可能当天休息，或计划还没有发布。看看前后一天，或问片区经理。',
    en: 'A day off, or the plan is not published yet. Look at the days beside it, or ask the zone manager.',
  },
} as const

type List = Answer<typeof readPersonList>
export type Task = List['stops'][number]['tasks'][number]

/** The list of a person and a day as a route: places as headings, households as cards. */
export function ListPage(of: {
  branchId: string
  staffId: string
  own: boolean
  date: string | undefined
  canCall: boolean
}): ReactNode {
  const { branchId, staffId, date, own, canCall } = of
  const [open, setOpen] = useState<Task>()
  const list = useAnswer(readPersonList, { params: { branchId, staffId }, query: { date } })
  if (list.error)
    return <Message title={list.error.message} step="" again={() => void list.refetch()} />
  if (!list.data) return <Bones />
  const { stops } = list.data
  const lead = sharedLead(stops.flatMap(({ tasks }) => tasks.map(whereTo)))
  return (
    <main className={css.page}>
      <Head list={list.data} staffId={own ? undefined : staffId} lead={lead} />
      {list.data.total === 0 ? <NoTask /> : <Stops list={list.data} lead={lead} open={setOpen} />}
      {open && (
        <Suspense>
          <TaskSheet {...{ branchId, own, canCall }} task={open} close={() => setOpen(undefined)} />
        </Suspense>
      )}
    </main>
  )
}

function Head(of: { list: List; staffId: string | undefined; lead: string }): ReactNode {
  const { list, staffId, lead } = of
  const say = useSay()
  const language = useLanguage()
  return (
    <header className={css.head}>
      <div>
        <h1>{dayText(list.date, language)}</h1>
        <p>
          {staffId !== undefined && `${say(WORDS.of, { name: list.person.name })} · `}
          {say(WORDS.total, { total: list.total, places: list.stops.length })}
          {lead !== '' && <> · {lead}</>}
        </p>
      </div>
      <Way className={css.step} to={wayToList(staffId, addDays(list.date, -1))}>
        {say(WORDS.before)}
      </Way>
      <Way className={css.step} to={wayToList(staffId, addDays(list.date, 1))}>
        {say(WORDS.after)}
      </Way>
    </header>
  )
}

function Stops(of: { list: List; lead: string; open: (task: Task) => void }): ReactNode {
  const say = useSay()
  const { list, lead, open } = of
  return list.stops.map(({ town, place, tasks }) => {
    const name = [town, place].filter(Boolean).join(' · ') || say(WORDS.elsewhere)
    return (
      <section key={tasks[0]?.taskId} aria-label={name}>
        <h2 className={css.stop}>
          {name}
          <span>{say(WORDS.count, { count: tasks.length })}</span>
        </h2>
        <ol className={css.cards}>
          {tasks.map((task) => (
            <Card key={task.taskId} task={task} lead={lead} open={() => open(task)} />
          ))}
        </ol>
      </section>
    )
  })
}

function NoTask(): ReactNode {
  const say = useSay()
  return <Message title={say(WORDS.none)} step={say(WORDS.noneStep)} />
}

function Bones(): ReactNode {
  const say = useSay()
  return (
    <main className={css.page} role="status" aria-label={say(WORDS.loading)}>
      <div className={css.bone} />
      <div className={css.bone} />
      <div className={css.bone} />
      <div className={css.bone} />
    </main>
  )
}
