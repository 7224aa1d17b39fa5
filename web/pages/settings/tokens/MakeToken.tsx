import { Checkbox, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { ACTIONS } from '#contract/permissions.ts'
import { listTokens, makeToken, type TokenAction } from '#contract/tokens.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { useCommand } from '../../../ask.ts'
import { addDays, dateText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { usePlace, useStanding } from '../../../place.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { Field, Fields, FormFoot } from '../../../ui/Field.tsx'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { TreePicker } from '../../../ui/TreePicker.tsx'
import { ShownOnce } from '../ShownOnce.tsx'
import css from './tokens.module.css'

const WORDS = {
  name: { zh: '用途', en: 'What for' },
  nameHint: {
    zh: '如“BSS 夜间推送”；审计日志按此称呼它。',
    en: 'Such as “BSS nightly push”; the audit trail calls it so.',
  },
  unit: { zh: '范围（该单位及下级）', en: 'Acts in this unit and below' },
  actions: { zh: '权限（只能给您自己有的）', en: 'May do, of what is yours' },
  lastDay: { zh: '最后有效日', en: 'Last day' },
  latest: { zh: '最长一年，至 {day}。', en: 'A year at most, until {day}.' },
  make: { zh: '生成', en: 'Make it' },
  incomplete: { zh: '请填写用途并勾选权限。', en: 'Say what it is for and choose what it may do.' },
  shown: { zh: '新令牌', en: 'The new token' },
  once: {
    zh: '只显示这一次：请立即复制到对方系统的密钥配置中，不要发在群里或邮件里。',
    en: 'Shown this once: copy it into the other system’s secrets now, not into a chat or a mail.',
  },
} as const

/** By default a quarter: long enough to work, short enough to be thought of again. */
const USUAL_DAYS = 90

/** What a new token is for and may do; then the token itself, once. */
export function MakeToken(of: {
  actions: readonly TokenAction[]
  latest: string
  done: () => void
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { units } = useStanding()
  const { me, unit, today } = usePlace()
  const [name, setName] = useState('')
  const [unitId, setUnitId] = useState(unit ?? me.unit.unitId)
  const [actions, setActions] = useState<readonly TokenAction[]>([])
  const [lastDay, setLastDay] = useState(addDays(today, USUAL_DAYS))
  const make = useCommand(makeToken, { renews: [listTokens] })
  if (make.data)
    return (
      <ShownOnce
        name={say(WORDS.shown)}
        what={say(WORDS.once)}
        secret={make.data.token}
        done={of.done}
      />
    )
  const complete = name.trim() !== '' && actions.length > 0
  return (
    <>
      {make.error && <ProblemNotice sentence={make.error.message} />}
      <Fields>
        <Field name={say(WORDS.name)} hint={say(WORDS.nameHint)} wide>
          <Input
            aria-label={say(WORDS.name)}
            value={name}
            maxLength={60}
            onChange={({ target }) => setName(target.value)}
          />
        </Field>
        <Field name={say(WORDS.unit)} wide>
          <TreePicker
            name={say(WORDS.unit)}
            nodes={units.map((each) => ({
              id: each.unitId,
              parentId: each.parentId,
              name: each.name,
              closed: !each.inScope,
            }))}
            value={unitId}
            clearable={false}
            width="100%"
            change={(id) => id !== undefined && setUnitId(id)}
          />
        </Field>
        <Field name={say(WORDS.actions)} wide>
          <Checkbox.Group
            aria-label={say(WORDS.actions)}
            className={css.actions ?? ''}
            value={[...actions]}
            onChange={setActions}
            options={of.actions.map((value) => ({ value, label: say(ACTIONS[value].name) }))}
          />
        </Field>
        <Field
          name={say(WORDS.lastDay)}
          hint={say(WORDS.latest, { day: dateText(of.latest, language) })}
        >
          <DayInput
            name={say(WORDS.lastDay)}
            value={lastDay}
            min={today}
            max={of.latest}
            change={setLastDay}
          />
        </Field>
      </Fields>
      <FormFoot>
        <ActionButton
          needs="token:write"
          type="primary"
          loading={make.isPending}
          blocked={complete ? undefined : say(WORDS.incomplete)}
          onClick={() => make.mutate({ body: { unitId, name, actions: [...actions], lastDay } })}
        >
          {say(WORDS.make)}
        </ActionButton>
      </FormFoot>
    </>
  )
}
