import { Input, Select, Switch } from 'antd'
import type { ReactNode } from 'react'
import { Purpose } from '#contract/campaigns.ts'
import { NamedInput } from '../../forms/NamedInput.tsx'
import { useSay } from '../../language.ts'
import { useStanding } from '../../place.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { Field, Fields } from '../../ui/Field.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { TreePicker } from '../../ui/TreePicker.tsx'
import { PURPOSES } from '../../words.ts'
import type { Draft } from './draft.ts'

const WORDS = {
  title: { zh: '活动', en: 'Campaign' },
  id: { zh: '编号', en: 'Id' },
  idHint: { zh: '保存后不能改', en: 'Cannot be changed once saved' },
  name: { zh: '名称', en: 'Name' },
  purpose: { zh: '目的', en: 'Purpose' },
  purposeHint: {
    zh: '用户拒绝后，只有营销类停止接触。',
    en: 'A refusal stops contacts for marketing only.',
  },
  owner: { zh: '归口单位', en: 'Owner unit' },
  from: { zh: '开始日期', en: 'Valid from' },
  to: { zh: '结束日期', en: 'Valid to' },
  toHint: { zh: '不填则长期有效', en: 'Empty: open end' },
  enabled: { zh: '启用', en: 'Enabled' },
  enabledHint: { zh: '停用的活动不进计划。', en: 'A disabled campaign is left out of plans.' },
} as const

export type PartOf = Readonly<{
  draft: Draft
  change: (change: Partial<Draft>) => void
  /** What is wrong at a field, once somebody tried to save. */
  wrong: (at: string) => string | undefined
}>

/** What a campaign is called, what for, whose and how long. */
export function Basics({ draft, change, wrong, isNew }: PartOf & { isNew: boolean }): ReactNode {
  const say = useSay()
  const { units } = useStanding()
  return (
    <Part title={say(WORDS.title)}>
      <Fields>
        <NamedInput
          name={say(WORDS.name)}
          value={draft.name}
          max={60}
          wrong={{ zh: wrong('name.zh'), en: wrong('name.en') }}
          change={(name) => change({ name })}
        />
        <Field name={say(WORDS.id)} hint={say(WORDS.idHint)} wrong={wrong('id')}>
          <Input
            aria-label={say(WORDS.id)}
            value={draft.id}
            disabled={!isNew}
            maxLength={60}
            status={wrong('id') ? 'error' : ''}
            onChange={({ target }) => change({ id: target.value.trim().toLowerCase() })}
          />
        </Field>
        <Field name={say(WORDS.purpose)} hint={say(WORDS.purposeHint)}>
          <Select
            aria-label={say(WORDS.purpose)}
            value={draft.purpose}
            onChange={(purpose) => change({ purpose })}
            options={Purpose.options.map((value) => ({ value, label: say(PURPOSES[value]) }))}
          />
        </Field>
        <Field name={say(WORDS.owner)} wrong={wrong('ownerUnit')}>
          <TreePicker
            name={say(WORDS.owner)}
            nodes={units.map(({ unitId, parentId, name, inScope }) => ({
              id: unitId,
              parentId,
              name,
              closed: !inScope,
            }))}
            value={draft.ownerUnit || undefined}
            clearable={false}
            width="100%"
            change={(ownerUnit) => ownerUnit && change({ ownerUnit })}
          />
        </Field>
        <Field name={say(WORDS.from)}>
          <DayInput
            name={say(WORDS.from)}
            value={draft.valid.from}
            width={160}
            change={(from) => change({ valid: { ...draft.valid, from } })}
          />
        </Field>
        <Field name={say(WORDS.to)} hint={say(WORDS.toHint)} wrong={wrong('valid')}>
          <Input
            type="date"
            aria-label={say(WORDS.to)}
            value={draft.valid.to ?? ''}
            min={draft.valid.from}
            allowClear
            style={{ width: 160 }}
            onChange={({ target }) =>
              change({ valid: { ...draft.valid, to: target.value || null } })
            }
          />
        </Field>
        <Field name={say(WORDS.enabled)} hint={say(WORDS.enabledHint)}>
          <div>
            <Switch
              aria-label={say(WORDS.enabled)}
              checked={draft.enabled}
              onChange={(enabled) => change({ enabled })}
            />
          </div>
        </Field>
      </Fields>
    </Part>
  )
}
