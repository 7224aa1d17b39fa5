import { Link } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import type { readClose } from '#contract/close.ts'
import type { Answer } from '../../../api.ts'
import { countText } from '../../../format/count.ts'
import { addDays, clockText, dayText, instantText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { usePlace } from '../../../place.ts'
import { Mark } from '../../../ui/Notices.tsx'
import { Part } from '../../../ui/PageTitle.tsx'
import { COMMON } from '../../../words.ts'
import { CloseChoice } from './CloseChoice.tsx'
import { CloseTasks } from './CloseTasks.tsx'
import css from './close.module.css'
import { type Choices, type Decisions, decisionsOf, NO_CHOICES, withChoice } from './deciding.ts'
import { OUTCOMES } from './words.ts'

const WORDS = {
  left: { zh: '还没办的', en: 'What is left' },
  rest: { zh: '没有单独安排的，一律', en: 'Whatever is not decided below' },
  next: {
    zh: '“顺延”的进入{day}的清单；当天已有人去、或不宜接触的户不再派。',
    en: '“Next day” puts them on the list of {day}, but for homes that somebody goes to then anyway, or that may not be met.',
  },
  who: { zh: '{name}还没办的，一律', en: 'What {name} has left' },
  some: { zh: '{left} / {planned} 项没办', en: '{left} of {planned} left' },
  seen: { zh: '手机最近联网 {at}', en: 'phone last heard of {at}' },
  unseen: { zh: '手机没有联网记录', en: 'no phone was heard of' },
  waiting: {
    zh: '{seen}，可能还有没上传的结果',
    en: '{seen}; results may be waiting on it',
  },
  each: { zh: '逐项安排', en: 'Task by task' },
  fold: { zh: '收起', en: 'Fold' },
  finished: { zh: '{names}已全部办完。', en: 'Nothing left: {names}.' },
  and: { zh: '、', en: ', ' },
  nothing: {
    zh: '每一项都有结果了，可以日清。',
    en: 'Each task has its result; the day can be closed.',
  },
  bar: { zh: '已安排 {decided} / {all} 项', en: '{decided} of {all} decided' },
  missing: { zh: '还有 {count} 项没安排好', en: '{count} still to decide' },
  close: { zh: '日清', en: 'Close the day' },
  sure: { zh: '确认日清{unit} {day}？', en: 'Close {day} of {unit}?' },
  line: { zh: '{what} {count} 项', en: '{what}: {count}' },
  closed: { zh: '已有结果或已收回 {count} 项', en: 'With a result, or taken back: {count}' },
  final: {
    zh: '日清后不能撤销；之后到达的结果照样保存，另行列出。',
    en: 'A close stays as it is; results that arrive later are kept and listed apart.',
  },
} as const

type View = Answer<typeof readClose>
/** Who was not heard of for so long may hold results. */
const QUIET_MS = 2 * 3_600_000

/** What becomes of each task that is left, and the close itself. */
export function CloseDecide(of: {
  view: View
  isPending: boolean
  close: (decisions: Pick<Decisions, 'decisions' | 'rest'>) => void
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { today } = usePlace()
  const { view } = of
  const [choices, setChoices] = useState<Choices>(NO_CHOICES)
  const [isSure, setSure] = useState(false)
  const { decisions, rest, counts, undecided } = decisionsOf(choices, view.tasks)
  const all = view.tasks.length
  const busy = view.people.filter(({ left }) => left > 0)
  const finished = view.people.filter(({ left }) => left === 0)
  const day = dayText(view.date === today ? addDays(today, 1) : today, language)
  return (
    <Part title={say(WORDS.left)}>
      {all === 0 && <p>{say(WORDS.nothing)}</p>}
      {all > 0 && (
        <>
          <p className={css.quiet}>{say(WORDS.next, { day })}</p>
          <div className={css.rest}>
            <strong>{say(WORDS.rest)}</strong>
            <CloseChoice
              wide
              name={say(WORDS.rest)}
              value={choices.rest}
              change={(choice) => setChoices({ ...choices, rest: choice })}
            />
          </div>
        </>
      )}
      {busy.map((person) => (
        <Person key={person.staffId} {...{ view, person, choices, setChoices }} />
      ))}
      {finished.length > 0 && (
        <p className={css.quiet}>
          {say(WORDS.finished, {
            names: finished.map(({ staffName }) => staffName).join(say(WORDS.and)),
          })}
        </p>
      )}
      <p className={css.bar}>
        <span>
          {say(WORDS.bar, { decided: countText(all - undecided), all: countText(all) })}{' '}
          {undecided > 0 && (
            <Mark tone="soon">{say(WORDS.missing, { count: countText(undecided) })}</Mark>
          )}
        </span>
        <Button
          type="primary"
          disabled={undecided > 0}
          loading={of.isPending}
          onClick={() => setSure(true)}
        >
          {say(WORDS.close)}
        </Button>
      </p>
      <Modal
        open={isSure}
        title={say(WORDS.sure, { unit: view.unitName, day: dayText(view.date, language) })}
        okText={say(WORDS.close)}
        cancelText={say(COMMON.cancel)}
        onCancel={() => setSure(false)}
        onOk={() => {
          setSure(false)
          of.close({ decisions, rest })
        }}
      >
        <ul className={css.lines}>
          <li>{say(WORDS.closed, { count: countText(view.counts.planned - all) })}</li>
          {[...counts].map(([outcome, count]) => (
            <li key={outcome}>
              {say(WORDS.line, { what: say(OUTCOMES[outcome]), count: countText(count) })}
            </li>
          ))}
        </ul>
        <p>{say(WORDS.final)}</p>
      </Modal>
    </Part>
  )
}

/** Somebody with something left: a way for all of it, and task by task where that is asked for. */
function Person(of: {
  view: View
  person: View['people'][number]
  choices: Choices
  setChoices: (choices: Choices) => void
}): ReactNode {
  const say = useSay()
  const { view, choices, setChoices } = of
  const { staffId, staffName, unitName, left, planned } = of.person
  const [isOpen, setOpen] = useState(false)
  const own = choices.byPerson.get(staffId)
  const { byPerson, byTask } = choices
  return (
    <section className={css.person} aria-label={staffName}>
      <div className={css.head}>
        <span>
          <Link to="/work/people/$staffId" params={{ staffId }} search={{ date: view.date }}>
            {staffName}
          </Link>{' '}
          <small>{unitName}</small>{' '}
          {say(WORDS.some, { left: countText(left), planned: countText(planned) })}
          <Seen at={of.person.lastSeenAt} view={view} />
        </span>
        <CloseChoice
          name={say(WORDS.who, { name: staffName })}
          value={own}
          above={choices.rest}
          change={(choice) =>
            setChoices({ ...choices, byPerson: withChoice(byPerson, staffId, choice) })
          }
        />
        <Button
          type="link"
          aria-expanded={isOpen}
          aria-label={`${say(isOpen ? WORDS.fold : WORDS.each)} · ${staffName}`}
          onClick={() => setOpen(!isOpen)}
        >
          {say(isOpen ? WORDS.fold : WORDS.each)}
        </Button>
      </div>
      {isOpen && (
        <div className={css.each}>
          <CloseTasks
            date={view.date}
            staffId={staffId}
            left={view.tasks}
            byTask={byTask}
            above={own ?? choices.rest}
            choose={(taskId, choice) =>
              setChoices({ ...choices, byTask: withChoice(byTask, taskId, choice) })
            }
          />
        </div>
      )}
    </section>
  )
}

/** When a phone was heard of last; said aloud where it may hold results. */
function Seen({ at, view }: { at: string | null; view: View }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  if (at === null) return <small>{say(WORDS.unseen)}</small>
  const seen = say(WORDS.seen, {
    at: instantText(at, language).startsWith(dayText(view.date, language))
      ? clockText(at)
      : instantText(at, language),
  })
  const isQuiet = Date.parse(view.asOf) - Date.parse(at) > QUIET_MS
  return isQuiet ? <Mark tone="soon">{say(WORDS.waiting, { seen })}</Mark> : <small>{seen}</small>
}
