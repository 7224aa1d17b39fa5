import { Input, Radio, Select } from 'antd'
import type { ReactNode } from 'react'
import { type Say, useSay } from '../../../language.ts'
import { StaffPicker } from '../../settings/organisation/StaffPicker.tsx'
import css from './close.module.css'
import type { Choice, Outcome, Why } from './deciding.ts'
import { DROP_REASONS, OUTCOMES } from './words.ts'

const WORDS = {
  to: { zh: '改派给谁', en: 'Who gets it' },
  why: { zh: '为什么', en: 'Why' },
  note: { zh: '请写明原因', en: 'Say why' },
  choose: { zh: '请选择', en: 'Choose' },
  as: { zh: '同上：{what}', en: 'As above: {what}' },
} as const

/** What somebody may say why nobody goes; two more are found out by the close. */
const { covered: _, 'may-not-be-met': __, ...WHYS } = DROP_REASONS

/** What becomes of a task, of what somebody has left, or of all the rest; who and why beside it. */
export function CloseChoice(of: {
  name: string
  value: Choice | undefined
  /** What counts where nothing is chosen here. */
  above?: Choice | undefined
  /** Each way as a button of its own. */
  wide?: boolean
  change: (choice: Choice | undefined) => void
}): ReactNode {
  const say = useSay()
  const { value, name, change, above } = of
  const named = (part: 'to' | 'why' | 'note') => `${say(WORDS[part])} · ${name}`
  const ways = optionsOf(OUTCOMES, say)
  const pick = (outcome: Outcome | undefined) => change(outcome && { outcome })
  return (
    <div className={css.choice} data-wide={of.wide ?? false}>
      {of.wide ? (
        <Radio.Group
          aria-label={name}
          optionType="button"
          value={value?.outcome ?? null}
          options={ways}
          onChange={({ target }) => pick(target.value)}
        />
      ) : (
        <Select<Outcome>
          aria-label={name}
          allowClear
          placeholder={
            above ? say(WORDS.as, { what: say(OUTCOMES[above.outcome]) }) : say(WORDS.choose)
          }
          value={value?.outcome ?? null}
          onChange={pick}
          options={ways}
        />
      )}
      {value?.outcome === 'given' && (
        <StaffPicker
          name={named('to')}
          value={value.to ?? null}
          called={value.name ?? null}
          may="task:work"
          change={(to, called) => change({ outcome: 'given', to, name: called })}
        />
      )}
      {value?.outcome === 'dropped' && (
        <Select<Why>
          aria-label={named('why')}
          placeholder={say(WORDS.why)}
          value={value.reason ?? null}
          onChange={(reason) => change({ outcome: 'dropped', reason })}
          options={optionsOf(WHYS, say)}
        />
      )}
      {value?.outcome === 'dropped' && value.reason === 'other' && (
        <Input
          aria-label={named('note')}
          placeholder={say(WORDS.note)}
          maxLength={200}
          value={value.note ?? ''}
          onChange={({ target }) => change({ ...value, note: target.value })}
        />
      )}
    </div>
  )
}

function optionsOf<Code extends string>(
  names: Readonly<Record<Code, Parameters<Say>[0]>>,
  say: Say,
): { value: Code; label: string }[] {
  return (Object.keys(names) as Code[]).map((value) => ({ value, label: say(names[value]) }))
}
