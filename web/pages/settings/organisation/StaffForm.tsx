import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { listStaff, putStaff, Role, readTree } from '#contract/organisation.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { useAnswer, useCommand } from '../../../ask.ts'
import { useSay } from '../../../language.ts'
import type { Unit } from '../../../place.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { Field, Fields, FormFoot } from '../../../ui/Field.tsx'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { TreePicker } from '../../../ui/TreePicker.tsx'
import { COMMON, ROLES, TOUCHPOINTS } from '../../../words.ts'
import { Posts } from './Posts.tsx'
import { SetPassword } from './SetPassword.tsx'
import { bodyOf, daysOf, gapsOf, type StaffDraft } from './staff-draft.ts'
import { WEEKDAYS } from './weekdays.ts'

const WORDS = {
  id: { zh: '工号', en: 'Staff id' },
  taken: { zh: '工号已属于 {name}，请换一个。', en: 'The id is {name}’s; use another.' },
  idHint: { zh: '保存后不能改', en: 'Cannot be changed once saved' },
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '电话', en: 'Phone' },
  account: { zh: '登录帐号', en: 'Account' },
  accountHint: { zh: '不填则不能登录', en: 'Empty: cannot sign in' },
  roles: { zh: '岗位', en: 'Roles' },
  unit: { zh: '单位', en: 'Unit' },
  skills: { zh: '技能', en: 'Skills' },
  skillsHint: { zh: '可填多个，回车确认', en: 'Several; Enter after each' },
  capacity: { zh: '每个工作日能办 · {touchpoint}', en: 'Tasks a working day · {touchpoint}' },
  days: { zh: '工作日', en: 'Works on' },
  daysHint: {
    zh: '含周六、周日的人，节假日也上班。',
    en: 'Who works on Saturday and Sunday works on holidays, too.',
  },
  from: { zh: '自哪天起生效', en: 'Holds from' },
  to: { zh: '到哪天离岗（不含）', en: 'Until (that day not included)' },
  toHint: { zh: '不填则长期有效', en: 'Empty: open end' },
  agency: { zh: '代理机构', en: 'Agency' },
  extension: { zh: '分机号', en: 'Extension' },
  extensionHint: {
    zh: '话务平台先呼叫这里；不填则不能呼叫用户',
    en: 'Where the call platform rings; empty: cannot call subscribers',
  },
} as const

/** Adds a person, or changes one from a day on. */
export function StaffForm(of: {
  units: readonly Unit[]
  start: StaffDraft
  isNew: boolean
  done: () => void
}): ReactNode {
  const say = useSay()
  const [draft, setDraft] = useState(of.start)
  const [tried, setTried] = useState(false)
  const save = useCommand(putStaff, { renews: [readTree, listStaff], onDone: of.done })
  const put = (part: Partial<StaffDraft>) => setDraft((before) => ({ ...before, ...part }))
  const gaps = gapsOf(draft)
  const staffId = draft.staffId.trim()
  // Saving under an id that somebody has would change that person instead of adding one.
  const known = useAnswer(
    listStaff,
    { query: { search: staffId, limit: 200 } },
    { when: of.isNew && staffId !== '' },
  )
  const taken = of.isNew ? known.data?.rows.find((one) => one.staffId === staffId) : undefined
  const wrong = (at: string) => {
    const gap = tried ? gaps[at] : undefined
    return gap && say(gap)
  }
  const line = (at: 'name' | 'phone' | 'account' | 'agency' | 'extension', max: number) => (
    <Input
      aria-label={say(WORDS[at])}
      value={draft[at] ?? ''}
      maxLength={max}
      autoComplete="off"
      status={wrong(at) ? 'error' : ''}
      onChange={({ target }) => put({ [at]: at === 'name' ? target.value : target.value || null })}
    />
  )
  function run(): void {
    setTried(true)
    const body = bodyOf(draft)
    if (body && !taken) save.mutate({ params: { staffId }, body })
  }
  return (
    <>
      {save.error && <ProblemNotice sentence={save.error.message} />}
      <Fields>
        <Field name={say(WORDS.name)} wrong={wrong('name')}>
          {line('name', 60)}
        </Field>
        <Field
          name={say(WORDS.id)}
          hint={say(WORDS.idHint)}
          wrong={taken ? say(WORDS.taken, { name: taken.name }) : wrong('staffId')}
        >
          <Input
            aria-label={say(WORDS.id)}
            value={draft.staffId}
            disabled={!of.isNew}
            maxLength={80}
            onChange={({ target }) => put({ staffId: target.value })}
          />
        </Field>
        <Field name={say(WORDS.roles)} wrong={wrong('roles')} wide>
          <Select
            aria-label={say(WORDS.roles)}
            mode="multiple"
            value={draft.roles}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(roles) => put({ roles })}
            options={Role.options.map((value) => ({ value, label: say(ROLES[value]) }))}
          />
        </Field>
        <Field name={say(WORDS.unit)} wrong={wrong('unitId')} wide>
          <TreePicker
            name={say(WORDS.unit)}
            nodes={of.units.map(({ unitId, parentId, name, inScope }) => ({
              id: unitId,
              parentId,
              name,
              closed: !inScope,
            }))}
            value={draft.unitId}
            clearable={false}
            width="100%"
            change={(unitId) => put({ unitId })}
          />
        </Field>
        {(['door', 'call_out', 'hall', 'installer'] as const).map((point) => {
          const name = say(WORDS.capacity, { touchpoint: say(TOUCHPOINTS[point]) })
          return (
            <Field key={point} name={name} wrong={wrong(point)}>
              <InputNumber
                aria-label={name}
                min={0}
                precision={0}
                value={draft.capacity[point]}
                style={{ width: '100%' }}
                onChange={(count) => put({ capacity: { ...draft.capacity, [point]: count } })}
              />
            </Field>
          )
        })}
        <Field name={say(WORDS.days)} hint={say(WORDS.daysHint)} wrong={wrong('days')} wide>
          <Checkbox.Group
            aria-label={say(WORDS.days)}
            value={[...draft.days]}
            options={WEEKDAYS.map(({ day, name }) => ({ value: day, label: say(name) }))}
            onChange={(chosen) => put({ days: daysOf(chosen.map(String)) })}
          />
        </Field>
        <Field name={say(WORDS.account)} hint={say(WORDS.accountHint)} wrong={wrong('account')}>
          {line('account', 60)}
        </Field>
        <Field name={say(WORDS.phone)}>{line('phone', 20)}</Field>
        <Field
          name={say(WORDS.extension)}
          hint={say(WORDS.extensionHint)}
          wrong={wrong('extension')}
        >
          {line('extension', 12)}
        </Field>
        <Field name={say(WORDS.skills)} hint={say(WORDS.skillsHint)}>
          <Select
            aria-label={say(WORDS.skills)}
            mode="tags"
            open={false}
            suffixIcon={null}
            value={draft.skills}
            maxCount={20}
            onChange={(skills) => put({ skills })}
          />
        </Field>
        <Field name={say(WORDS.agency)}>{line('agency', 80)}</Field>
        <Field name={say(WORDS.from)}>
          <DayInput
            name={say(WORDS.from)}
            value={draft.validFrom}
            width={160}
            change={(validFrom) => put({ validFrom })}
          />
        </Field>
        <Field name={say(WORDS.to)} hint={say(WORDS.toHint)} wrong={wrong('validTo')}>
          <Input
            type="date"
            aria-label={say(WORDS.to)}
            value={draft.validTo ?? ''}
            min={draft.validFrom}
            allowClear
            style={{ width: 160 }}
            onChange={({ target }) => put({ validTo: target.value || null })}
          />
        </Field>
      </Fields>
      {!of.isNew && (
        <div style={{ marginTop: 16 }}>
          <Posts staffId={draft.staffId} units={of.units} />
        </div>
      )}
      <FormFoot>
        {!of.isNew && (
          <SetPassword staffId={draft.staffId} hasAccount={of.start.account !== null} />
        )}
        <Button onClick={of.done}>{say(COMMON.cancel)}</Button>
        <ActionButton
          type="primary"
          needs="organisation:write"
          loading={save.isPending || (of.isNew && known.isFetching)}
          onClick={run}
        >
          {say(COMMON.save)}
        </ActionButton>
      </FormFoot>
    </>
  )
}
