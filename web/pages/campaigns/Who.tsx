import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../language.ts'
import { Field } from '../../ui/Field.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import type { PartOf } from './Basics.tsx'
import { ConditionTree } from './ConditionTree.tsx'
import css from './campaigns.module.css'
import { type Catalogue, isMeant, type OptionGroup } from './catalogue.ts'
import { fieldsAskedBy } from './draft.ts'

const WORDS = {
  title: { zh: '对象', en: 'Who' },
  note: {
    zh: '改动条件时，右侧人数随之更新。不知道的取值不算满足。',
    en: 'The count follows while you edit. What is not known does not count as met.',
  },
  needs: { zh: '必需的列', en: 'Columns needed' },
  fill: { zh: '按条件填写', en: 'Take those of the condition' },
  needsHint: {
    zh: '数据里缺少其中任何一列，本活动就不选人，并在计划里说明。',
    en: 'If the data lack any of them, the campaign selects nobody and the plan says so.',
  },
} as const

const MOST_NEEDS = 40

/** Whom a campaign means, and the columns it cannot do without. */
export function Who({
  draft,
  change,
  wrong,
  catalogue,
  options,
}: PartOf & { catalogue: Catalogue; options: readonly OptionGroup[] }): ReactNode {
  const say = useSay()
  return (
    <Part title={say(WORDS.title)} note={say(WORDS.note)}>
      <Field wrong={wrong('who')}>
        <ConditionTree
          name={say(WORDS.title)}
          root={draft.who}
          catalogue={catalogue}
          options={options}
          change={(who) => change({ who })}
        />
      </Field>
      <div className={css.add}>
        <Field name={say(WORDS.needs)} hint={say(WORDS.needsHint)}>
          <Select
            aria-label={say(WORDS.needs)}
            mode="multiple"
            value={draft.needs}
            maxCount={MOST_NEEDS}
            showSearch={{ filterOption: isMeant }}
            options={options.map(({ label, options: fields }) => ({ label, options: [...fields] }))}
            onChange={(needs) => change({ needs })}
          />
        </Field>
        <Button
          size="small"
          className={css.fill ?? ''}
          onClick={() => change({ needs: fieldsAskedBy(draft.who).slice(0, MOST_NEEDS) })}
        >
          {say(WORDS.fill)}
        </Button>
      </div>
    </Part>
  )
}
