import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { DayKind, putCalendarDay, readCalendar } from '#contract/calendar.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { useCommand } from '../../../ask.ts'
import { dayText } from '../../../format/day.ts'
import { NamedInput } from '../../../forms/NamedInput.tsx'
import { type Say, useLanguage, useSay } from '../../../language.ts'
import { Field } from '../../../ui/Field.tsx'
import { Mark, ProblemNotice, type Tone } from '../../../ui/Notices.tsx'
import { Part } from '../../../ui/PageTitle.tsx'
import { COMMON } from '../../../words.ts'
import { ADVICE, DAY_KINDS } from '../calendar-words.ts'
import css from './calendar.module.css'
import type { Season, VisitWindow } from './visit-times.ts'
import type { Day } from './year-grid.ts'

const WORDS = {
  lunar: { zh: '农历', en: 'Lunar' },
  term: { zh: '节气', en: 'Solar term' },
  source: { zh: '依据', en: 'By' },
  published: { zh: '国务院放假安排', en: 'Published schedule' },
  weekday: { zh: '按星期推算（尚未公布）', en: 'Weekday (not published)' },
  edited: { zh: '本单位修改', en: 'Changed here' },
  seasons: { zh: '农时', en: 'Seasons' },
  and: { zh: '；', en: '; ' },
  asks: { zh: '{name}：{advice}', en: '{name}: {advice}' },
  windows: { zh: '走访时段', en: 'Visit windows' },
  edit: { zh: '修改这一天', en: 'Change this day' },
  kind: { zh: '日类', en: 'Kind of day' },
  name: { zh: '名称', en: 'Name' },
  nameHint: {
    zh: '名称可不填；改回原安排即取消修改。',
    en: 'The name may be empty; the original kind takes the change back.',
  },
} as const

const TONES: Readonly<Record<Day['kind'], Tone>> = {
  workday: 'plain',
  weekend: 'plain',
  holiday: 'good',
  makeup: 'soon',
}

/** One day: why it is what it is, when people are at home, and the form that changes it. */
export function DayPanel(of: {
  branchId: string
  day: Day
  seasons: readonly Season[]
  windows: readonly VisitWindow[]
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { day } = of
  return (
    <Part
      title={dayText(day.day, language)}
      note={<Mark tone={TONES[day.kind]}>{say(DAY_KINDS[day.kind])}</Mark>}
    >
      <dl className={css.facts}>
        {factsOf(of, say).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <EditDay key={`${day.day} ${day.kind} ${day.name?.zh}`} branchId={of.branchId} day={day} />
    </Part>
  )
}

type Facts = readonly Readonly<{ name: string; value: string }>[]

function factsOf(of: Parameters<typeof DayPanel>[0], say: Say): Facts {
  const { day, seasons, windows } = of
  const holding = seasons.filter(({ seasonId }) => day.seasons.includes(seasonId))
  const open = windows.filter(({ on }) => on.includes(day.kind))
  const list = (texts: readonly string[]) => texts.join(say(WORDS.and)) || say(COMMON.none)
  return [
    ...(day.name ? [{ name: say(WORDS.name), value: say(day.name) }] : []),
    { name: say(WORDS.lunar), value: day.lunar },
    ...(day.solarTerm ? [{ name: say(WORDS.term), value: say(day.solarTerm) }] : []),
    { name: say(WORDS.source), value: say(WORDS[day.source]) },
    {
      name: say(WORDS.seasons),
      value: list(
        holding.map(({ name, advice }) =>
          say(WORDS.asks, { name: say(name), advice: say(ADVICE[advice]) }),
        ),
      ),
    },
    {
      name: say(WORDS.windows),
      value: list(open.map(({ name, from, to }) => `${say(name)} ${from}–${to}`)),
    },
  ]
}

function EditDay({ branchId, day }: { branchId: string; day: Day }): ReactNode {
  const say = useSay()
  const [kind, setKind] = useState(day.kind)
  const [name, setName] = useState(day.name ?? { zh: '', en: '' })
  const save = useCommand(putCalendarDay, { renews: [readCalendar] })
  const isNamed = name.zh.trim() !== '' || name.en.trim() !== ''
  const both = { zh: name.zh.trim() || name.en.trim(), en: name.en.trim() || name.zh.trim() }
  const changed =
    kind !== day.kind || name.zh !== (day.name?.zh ?? '') || name.en !== (day.name?.en ?? '')
  return (
    <form
      className={css.form}
      aria-label={say(WORDS.edit)}
      onSubmit={(event) => event.preventDefault()}
    >
      {save.error && <ProblemNotice sentence={save.error.message} />}
      <Field name={say(WORDS.kind)}>
        <Select
          aria-label={say(WORDS.kind)}
          value={kind}
          onChange={setKind}
          options={DayKind.options.map((value) => ({ value, label: say(DAY_KINDS[value]) }))}
        />
      </Field>
      <NamedInput name={say(WORDS.name)} value={name} max={40} change={setName} />
      <span className={css.quiet}>{say(WORDS.nameHint)}</span>
      <div>
        <ActionButton
          needs="calendar:write"
          htmlType="submit"
          disabled={!changed}
          loading={save.isPending}
          onClick={() =>
            save.mutate({
              params: { branchId, day: day.day },
              body: { kind, name: isNamed ? both : null },
            })
          }
        >
          {say(WORDS.edit)}
        </ActionButton>
      </div>
    </form>
  )
}
