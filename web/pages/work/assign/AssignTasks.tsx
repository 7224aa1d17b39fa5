import { Button, Modal, Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { readBoard } from '#contract/board.ts'
import { explainSubscriber, listTasks, listWorklists, readPersonList } from '#contract/plans.ts'
import {
  createTasks,
  GIVEN_DAYS_AHEAD,
  readMyDay,
  splitTasks,
  TASK_KIND_NAMES,
  TaskKind,
} from '#contract/tasks.ts'
import type { Answer } from '../../../api.ts'
import { useAnswer, useCommand } from '../../../ask.ts'
import { countText } from '../../../format/count.ts'
import { addDays, dayText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { useMay } from '../../../may.ts'
import { usePlace } from '../../../place.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { Field, Fields } from '../../../ui/Field.tsx'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { COMMON, TOUCHPOINTS } from '../../../words.ts'
import { StaffPicker } from '../../settings/organisation/StaffPicker.tsx'
import css from './assign.module.css'
import { Outcome } from './Outcome.tsx'
import type { Ticked } from './useTicked.ts'

const WORDS = {
  one: { zh: '指派任务', en: 'Give a task' },
  title: { zh: '指派任务 · {count} 户', en: 'Give tasks · {count} chosen' },
  some: { zh: '{names} 等 {count} 户', en: '{names} and {more} more' },
  kind: { zh: '做什么', en: 'What to do' },
  choose: { zh: '请选择', en: 'Choose' },
  touchpoint: { zh: '怎么去', en: 'Through' },
  day: { zh: '哪一天', en: 'On' },
  to: { zh: '派给谁', en: 'To whom' },
  load: { zh: '{day} 已有任务 {count} 项', en: 'Tasks on {day} so far: {count}' },
  noKind: { zh: '请选择做什么。', en: 'Choose what there is to do.' },
  nobody: { zh: '请选择派给谁。', en: 'Choose to whom.' },
  ok: { zh: '指派 {count} 户', en: 'Give {count}' },
  again: { zh: '未指派的另行指派', en: 'Try the rest another way' },
} as const

const WAYS = createTasks.body.shape.touchpoint.options
/** So many are named before the others are counted. */
const NAMED = 5
/** What shows tasks of a day. */
const RENEWS = [readBoard, listTasks, listWorklists, readPersonList, readMyDay, splitTasks]

type Receiver = Readonly<{ staffId: string; name: string }>

/**
 * Gives somebody a task for each of these households; says who got none, and why. What was chosen
 * stays when the server refuses. `given` is told who got one, at once.
 */
export function AssignTasks(of: {
  who: readonly Ticked[]
  kind?: TaskKind
  given?: (subscriberIds: readonly string[]) => void
  done: () => void
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { branchId, today } = usePlace()
  const [who, setWho] = useState(of.who)
  const [kind, setKind] = useState(of.kind)
  const [touchpoint, setTouchpoint] = useState<(typeof WAYS)[number]>('door')
  const [on, setDay] = useState(addDays(today, 1))
  const [to, setTo] = useState<Receiver | null>(null)
  const [answer, setAnswer] = useState<Answer<typeof createTasks>>()
  const load = useLoad(branchId, to?.staffId, on)
  const create = useCommand(createTasks, {
    renews: [...RENEWS, explainSubscriber],
    onDone: (told) => {
      setAnswer(told)
      of.given?.(told.given.map(({ subscriberId }) => subscriberId))
    },
  })
  const wrong = kind === undefined ? WORDS.noKind : to === null ? WORDS.nobody : undefined
  const go = () => {
    if (kind === undefined || to === null) return
    const subscriberIds = who.map(({ subscriberId }) => subscriberId)
    const body = { subscriberIds, kind, touchpoint, on, to: to.staffId }
    create.mutate({ params: { branchId }, body })
  }
  const goOn = (left: readonly string[]) => {
    setWho(who.filter(({ subscriberId }) => left.includes(subscriberId)))
    setAnswer(undefined)
  }
  const count = countText(who.length)
  return (
    <Modal
      open
      width={answer ? 640 : 520}
      title={who.length === 1 ? say(WORDS.one) : say(WORDS.title, { count })}
      okText={say(WORDS.ok, { count })}
      cancelText={say(COMMON.cancel)}
      onCancel={of.done}
      onOk={go}
      mask={{ closable: false }}
      okButtonProps={{
        loading: create.isPending,
        ...(wrong ? { disabled: true, title: say(wrong) } : {}),
      }}
      {...(answer
        ? {
            footer: [
              answer.left.length > 0 && (
                <Button
                  key="again"
                  onClick={() => goOn(answer.left.map(({ subscriberId }) => subscriberId))}
                >
                  {say(WORDS.again)}
                </Button>
              ),
              <Button key="close" type="primary" onClick={of.done}>
                {say(COMMON.close)}
              </Button>,
            ],
          }
        : {})}
    >
      {create.error && <ProblemNotice sentence={create.error.message} />}
      {answer && to ? (
        <Outcome answer={answer} who={who} to={to} on={on} />
      ) : (
        <>
          <Who who={who} />
          <Fields>
            <Field name={say(WORDS.kind)} wide>
              <Select<TaskKind>
                aria-label={say(WORDS.kind)}
                placeholder={say(WORDS.choose)}
                {...(kind ? { value: kind } : {})}
                onChange={setKind}
                options={TaskKind.options.map((value) => ({
                  value,
                  label: say(TASK_KIND_NAMES[value]),
                }))}
              />
            </Field>
            <Field name={say(WORDS.touchpoint)} wide>
              <Radio.Group
                aria-label={say(WORDS.touchpoint)}
                optionType="button"
                value={touchpoint}
                onChange={({ target }) => setTouchpoint(target.value)}
                options={WAYS.map((value) => ({ value, label: say(TOUCHPOINTS[value]) }))}
              />
            </Field>
            <Field name={say(WORDS.day)} hint={dayText(on, language)} wide>
              <DayInput
                name={say(WORDS.day)}
                value={on}
                min={today}
                max={addDays(today, GIVEN_DAYS_AHEAD)}
                change={setDay}
              />
            </Field>
            <Field
              name={say(WORDS.to)}
              wide
              hint={
                load !== undefined && say(WORDS.load, { day: dayText(on, language), count: load })
              }
            >
              <StaffPicker
                name={say(WORDS.to)}
                value={to?.staffId ?? null}
                called={to?.name ?? null}
                may="task:work"
                change={(staffId, name) =>
                  setTo(staffId ? { staffId, name: name ?? staffId } : null)
                }
              />
            </Field>
          </Fields>
        </>
      )}
    </Modal>
  )
}

/** How many tasks somebody has on a day, in words; undefined where that cannot be told. */
function useLoad(branchId: string, staffId: string | undefined, date: string): string | undefined {
  const mayRead = useMay('worklist:read-all')
  const isAsked = mayRead && staffId !== undefined
  const day = useAnswer(
    readMyDay,
    { params: { branchId, staffId: staffId ?? '' }, query: { date } },
    { when: isAsked, keep: false },
  )
  if (!isAsked || day.error) return undefined
  return day.data ? countText(day.data.counts.planned) : '…'
}

/** The first by name, the others counted. */
function Who({ who }: { who: readonly Ticked[] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const named = who.length > NAMED ? who.slice(0, NAMED) : who
  const names = named
    .map(({ name, subscriberId }) => name ?? subscriberId)
    .join(language === 'zh' ? '、' : ', ')
  const more = who.length - named.length
  return (
    <p className={css.who}>
      {more > 0 ? say(WORDS.some, { names, count: countText(who.length), more }) : names}
    </p>
  )
}
