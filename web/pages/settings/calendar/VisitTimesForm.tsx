import { Button, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { DayKind, QuietHours as QuietShape } from '#contract/calendar.ts'
import type { Sentence } from '#contract/language.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { moved } from '../../../forms/moved.ts'
import { NamedInput } from '../../../forms/NamedInput.tsx'
import { useSay } from '../../../language.ts'
import { Field, Fields, FormFoot } from '../../../ui/Field.tsx'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { COMMON } from '../../../words.ts'
import { DAY_KINDS } from '../calendar-words.ts'
import css from './calendar.module.css'
import { freshId, gapOfWindow, type QuietHours, type VisitWindow } from './visit-times.ts'

const WORDS = {
  windows: { zh: '走访时段（好的在前）', en: 'Visit windows, best first' },
  name: { zh: '名称', en: 'Name' },
  window: { zh: '时段 {place}', en: 'Window {place}' },
  time: { zh: '时间', en: 'Time' },
  from: { zh: '{name}：从', en: '{name}: from' },
  to: { zh: '{name}：到', en: '{name}: to' },
  on: { zh: '哪些日子', en: 'On which days' },
  up: { zh: '上移', en: 'Up' },
  down: { zh: '下移', en: 'Down' },
  remove: { zh: '删除', en: 'Remove' },
  addWindow: { zh: '加走访时段', en: 'Add a window' },
  quiet: { zh: '免打扰时段', en: 'Quiet hours' },
  quietHint: {
    zh: '可以跨过午夜，如 20:30 到 06:00。',
    en: 'May run over midnight, as 20:30 to 06:00.',
  },
  addQuiet: { zh: '加免打扰时段', en: 'Add quiet hours' },
  channel: { zh: '渠道', en: 'Channel' },
} as const

export const CHANNELS = {
  door: { zh: '上门', en: 'Door' },
  call: { zh: '电话', en: 'Call' },
  sms: { zh: '短信', en: 'SMS' },
} as const satisfies Record<QuietHours['channel'], Sentence>

type Times = Readonly<{ windows: readonly VisitWindow[]; quietHours: readonly QuietHours[] }>

/** Edits all windows and quiet hours of a branch, which are saved together. */
export function VisitTimesForm(of: {
  start: Times
  problem: string | undefined
  saving: boolean
  save: (times: { windows: VisitWindow[]; quietHours: QuietHours[] }) => void
  cancel: () => void
}): ReactNode {
  const say = useSay()
  const [windows, setWindows] = useState(of.start.windows)
  const [quietHours, setQuietHours] = useState(of.start.quietHours)
  const [tried, setTried] = useState(false)
  const fits = windows.length > 0 && windows.every((window) => gapOfWindow(window) === undefined)
  return (
    <>
      {of.problem && <ProblemNotice sentence={of.problem} />}
      <h3 className={css.section}>{say(WORDS.windows)}</h3>
      {windows.map((window, place) => (
        <OneWindow
          key={window.windowId}
          window={window}
          place={place}
          last={windows.length - 1}
          tried={tried}
          change={(next) => setWindows(windows.map((one, at) => (at === place ? next : one)))}
          move={(by) => setWindows(moved(windows, place, by))}
          remove={() => setWindows(windows.filter((_, at) => at !== place))}
        />
      ))}
      <Button
        size="small"
        disabled={windows.length >= 20}
        onClick={() => setWindows([...windows, newWindow(windows)])}
      >
        {say(WORDS.addWindow)}
      </Button>
      <h3 className={css.section}>{say(WORDS.quiet)}</h3>
      <p className={css.quiet}>{say(WORDS.quietHint)}</p>
      {quietHours.map((hours, place) => {
        const called = `${say(WORDS.quiet)} ${place + 1}`
        const put = (part: Partial<QuietHours>) =>
          setQuietHours(quietHours.map((one, at) => (at === place ? { ...one, ...part } : one)))
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: quiet hours have no id, and every control is controlled
          <div key={place} className={css.rowHead}>
            <Select
              aria-label={`${called} · ${say(WORDS.channel)}`}
              value={hours.channel}
              style={{ width: 110 }}
              onChange={(channel) => put({ channel })}
              options={QuietShape.shape.channel.options.map((value) => ({
                value,
                label: say(CHANNELS[value]),
              }))}
            />
            <Clocks name={called} from={hours.from} to={hours.to} change={put} />
            <Button
              size="small"
              type="text"
              aria-label={`${say(WORDS.remove)} · ${called}`}
              onClick={() => setQuietHours(quietHours.filter((_, at) => at !== place))}
            >
              {say(WORDS.remove)}
            </Button>
          </div>
        )
      })}
      <Button
        size="small"
        disabled={quietHours.length >= 20}
        onClick={() =>
          setQuietHours([...quietHours, { channel: 'call', from: '20:00', to: '09:00' }])
        }
      >
        {say(WORDS.addQuiet)}
      </Button>
      <FormFoot>
        <Button onClick={of.cancel}>{say(COMMON.cancel)}</Button>
        <ActionButton
          type="primary"
          needs="calendar:write"
          loading={of.saving}
          onClick={() => {
            setTried(true)
            if (fits) of.save({ windows: [...windows], quietHours: [...quietHours] })
          }}
        >
          {say(COMMON.save)}
        </ActionButton>
      </FormFoot>
    </>
  )
}

function OneWindow(of: {
  window: VisitWindow
  place: number
  last: number
  tried: boolean
  change: (window: VisitWindow) => void
  move: (by: 1 | -1) => void
  remove: () => void
}): ReactNode {
  const say = useSay()
  const { window, place } = of
  const called = say(window.name).trim() || say(WORDS.window, { place: place + 1 })
  const gap = of.tried ? gapOfWindow(window) : undefined
  const button = (name: string, run: () => void, disabled: boolean) => (
    <Button
      size="small"
      type="text"
      disabled={disabled}
      aria-label={`${name} · ${called}`}
      onClick={run}
    >
      {name}
    </Button>
  )
  return (
    <section className={css.row} aria-label={called}>
      <header className={css.rowHead}>
        <strong>{`${place + 1}. ${called}`}</strong>
        {button(say(WORDS.up), () => of.move(-1), place === 0)}
        {button(say(WORDS.down), () => of.move(1), place === of.last)}
        {button(say(WORDS.remove), of.remove, of.last === 0)}
      </header>
      <Fields>
        <NamedInput
          name={say(WORDS.name)}
          value={window.name}
          max={40}
          change={(name) => of.change({ ...window, name })}
        />
        <Field name={say(WORDS.time)}>
          <Clocks
            name={called}
            from={window.from}
            to={window.to}
            change={(part) => of.change({ ...window, ...part })}
          />
        </Field>
        <Field name={say(WORDS.on)}>
          <Select
            aria-label={`${say(WORDS.on)} · ${called}`}
            mode="multiple"
            value={window.on}
            onChange={(on) => of.change({ ...window, on })}
            options={DayKind.options.map((value) => ({ value, label: say(DAY_KINDS[value]) }))}
          />
        </Field>
      </Fields>
      {gap && (
        <span className={css.wrong} role="alert">
          {say(gap)}
        </span>
      )}
    </section>
  )
}

/** Two times of day. */
function Clocks(of: {
  name: string
  from: string
  to: string
  change: (part: { from: string } | { to: string }) => void
}): ReactNode {
  const say = useSay()
  const clock = (end: 'from' | 'to') => (
    <Input
      type="time"
      aria-label={say(WORDS[end], { name: of.name })}
      value={of[end]}
      style={{ width: 116 }}
      onChange={({ target }) =>
        target.value && of.change(end === 'from' ? { from: target.value } : { to: target.value })
      }
    />
  )
  return (
    <span className={css.clock}>
      {clock('from')}
      <span aria-hidden="true">–</span>
      {clock('to')}
    </span>
  )
}

function newWindow(windows: readonly VisitWindow[]): VisitWindow {
  return {
    windowId: freshId(
      'window',
      windows.map(({ windowId }) => windowId),
    ),
    name: { zh: '', en: '' },
    from: '09:00',
    to: '18:00',
    on: ['weekend'],
  }
}
