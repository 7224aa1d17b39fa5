import { Form, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { UnmaskPurpose } from '#contract/personal.ts'
import { useSay } from '../../language.ts'
import { PURPOSES } from './unmask-words.ts'

const WORDS = {
  purpose: { zh: '用途', en: 'Purpose' },
  choose: { zh: '请选择', en: 'Choose one' },
  note: { zh: '说明（工单号、来电人等）', en: 'Note (number of the case, who asked)' },
} as const

/** Why somebody is to be reached; undefined until a purpose is chosen. */
export type Why = Readonly<{ purpose: UnmaskPurpose | undefined; note: string }>

/** Asks for what a subscriber is seen in clear text, or called. */
export function Purpose({ why, change }: { why: Why; change: (why: Why) => void }): ReactNode {
  const say = useSay()
  return (
    <>
      <Form.Item label={say(WORDS.purpose)}>
        <Select<UnmaskPurpose>
          aria-label={say(WORDS.purpose)}
          placeholder={say(WORDS.choose)}
          value={why.purpose ?? null}
          onChange={(purpose) => change({ ...why, purpose })}
          options={UnmaskPurpose.options.map((value) => ({ value, label: say(PURPOSES[value]) }))}
        />
      </Form.Item>
      <Form.Item label={say(WORDS.note)}>
        <Input
          aria-label={say(WORDS.note)}
          value={why.note}
          maxLength={200}
          onChange={({ target }) => change({ ...why, note: target.value })}
        />
      </Form.Item>
    </>
  )
}
