import { Button, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { Season as SeasonShape } from '#contract/calendar.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { monthText } from '../../../format/day.ts'
import { NamedInput } from '../../../forms/NamedInput.tsx'
import { useLanguage, useSay } from '../../../language.ts'
import { useStanding } from '../../../place.ts'
import { Field, Fields, FormFoot } from '../../../ui/Field.tsx'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { COMMON } from '../../../words.ts'
import { ADVICE } from '../calendar-words.ts'
import css from './calendar.module.css'
import { daysIn, gapOfSeason, monthDay, type Season } from './visit-times.ts'

const WORDS = {
  name: { zh: '名称', en: 'Name' },
  crop: { zh: '作物', en: 'Crop' },
  towns: { zh: '乡镇（区划代码）', en: 'Towns (division codes)' },
  townsHint: { zh: '不选则全县适用', en: 'None: the whole branch' },
  from: { zh: '开始', en: 'From' },
  to: { zh: '结束（含）', en: 'To (included)' },
  toHint: { zh: '可以跨年', en: 'May run over the new year' },
  month: { zh: '{name} · 月', en: '{name} · month' },
  date: { zh: '{name} · 日', en: '{name} · day' },
  advice: { zh: '走访要求', en: 'Visits' },
} as const

/** Nine digits are a town; counties are shorter, villages longer. */
const TOWN = /^\d{9}$/

/** A season: what, where, when, and what it asks of visits. */
export function SeasonForm(of: {
  start: Season
  problem: string | undefined
  saving: boolean
  save: (season: Season) => void
  cancel: () => void
}): ReactNode {
  const say = useSay()
  const { units } = useStanding()
  const [season, setSeason] = useState(of.start)
  const [tried, setTried] = useState(false)
  const put = (part: Partial<Season>) => setSeason((before) => ({ ...before, ...part }))
  const gap = gapOfSeason(season)
  const towns = new Map(
    units.flatMap(({ divisionCode, name }) =>
      divisionCode && TOWN.test(divisionCode) ? [[divisionCode, name] as const] : [],
    ),
  )
  return (
    <>
      {of.problem && <ProblemNotice sentence={of.problem} />}
      <Fields>
        <NamedInput
          name={say(WORDS.name)}
          value={season.name}
          max={40}
          wrong={tried && gap ? { zh: say(gap) } : {}}
          change={(name) => put({ name })}
        />
        <Field name={say(WORDS.crop)}>
          <Input
            aria-label={say(WORDS.crop)}
            value={season.crop}
            maxLength={40}
            onChange={({ target }) => put({ crop: target.value })}
          />
        </Field>
        <Field name={say(WORDS.advice)}>
          <Select
            aria-label={say(WORDS.advice)}
            value={season.advice}
            onChange={(advice) => put({ advice })}
            options={SeasonShape.shape.advice.options.map((value) => ({
              value,
              label: say(ADVICE[value]),
            }))}
          />
        </Field>
        <Field name={say(WORDS.from)}>
          <MonthDay name={say(WORDS.from)} value={season.from} change={(from) => put({ from })} />
        </Field>
        <Field name={say(WORDS.to)} hint={say(WORDS.toHint)}>
          <MonthDay name={say(WORDS.to)} value={season.to} change={(to) => put({ to })} />
        </Field>
        <Field name={say(WORDS.towns)} hint={say(WORDS.townsHint)} wide>
          <Select
            aria-label={say(WORDS.towns)}
            mode="tags"
            value={season.towns}
            maxCount={200}
            tokenSeparators={[',', '，', ' ']}
            showSearch={{ optionFilterProp: 'label' }}
            options={[...towns].map(([value, name]) => ({ value, label: `${name} · ${value}` }))}
            onChange={(codes: string[]) => put({ towns: codes.filter((code) => TOWN.test(code)) })}
          />
        </Field>
      </Fields>
      <FormFoot>
        <Button onClick={of.cancel}>{say(COMMON.cancel)}</Button>
        <ActionButton
          type="primary"
          needs="calendar:write"
          loading={of.saving}
          onClick={() => {
            setTried(true)
            if (!gap) of.save(season)
          }}
        >
          {say(COMMON.save)}
        </ActionButton>
      </FormFoot>
    </>
  )
}

/** A date without a year. */
function MonthDay(of: { name: string; value: string; change: (value: string) => void }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const [month = 1, date = 1] = of.value.split('-').map(Number)
  const named = (number: number) => {
    const [, name = ''] =
      /(\d+月|^[A-Z]\w+)/.exec(monthText(monthDay(number, 1).replace(/^/, '2024-'), language)) ?? []
    return name
  }
  return (
    <span className={css.clock}>
      <Select
        aria-label={say(WORDS.month, { name: of.name })}
        value={month}
        style={{ width: 96 }}
        onChange={(chosen) => of.change(monthDay(chosen, date))}
        options={numbers(12).map((value) => ({ value, label: named(value) }))}
      />
      <Select
        aria-label={say(WORDS.date, { name: of.name })}
        value={date}
        style={{ width: 80 }}
        onChange={(chosen) => of.change(monthDay(month, chosen))}
        options={numbers(daysIn(month)).map((value) => ({ value, label: String(value) }))}
      />
    </span>
  )
}

function numbers(last: number): readonly number[] {
  return Array.from({ length: last }, (_, place) => place + 1)
}
