import { InputNumber } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../language.ts'
import { Field, Fields } from '../../ui/Field.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import type { PartOf } from './Basics.tsx'
import { percentOf, shareFromPercent } from './draft.ts'

const WORDS = {
  title: { zh: '优先级与对照组', en: 'Priority and hold-out' },
  note: {
    zh: '优先级 = 成功率 × 情境 × 价值 × 调节系数；同一户只取最高的一项。',
    en: 'Priority = success × context × value × lever; a household gets the highest only.',
  },
  value: { zh: '成功一次的价值', en: 'Worth of a success' },
  propensity: { zh: '预计成功率', en: 'Expected success' },
  propensityHint: { zh: '有模型后由模型给出', en: 'Until a model says better' },
  lever: { zh: '调节系数', en: 'Lever' },
  leverHint: { zh: '1 为不调节，0 为不派', en: '1 is neutral, 0 is never' },
  holdOut: { zh: '对照组比例', en: 'Hold-out share' },
  holdOutHint: {
    zh: '随机留出这部分家庭不接触，用来衡量效果。',
    en: 'Households left alone at random, to measure the effect against.',
  },
  yuan: { zh: '元', en: 'yuan' },
} as const

/** What decides between campaigns, and whom one leaves alone to learn from. */
export function Weights({ draft, change, wrong }: PartOf): ReactNode {
  const say = useSay()
  return (
    <Part title={say(WORDS.title)} note={say(WORDS.note)}>
      <Fields>
        <Field name={say(WORDS.value)} wrong={wrong('valueFen')}>
          <Figure
            name={say(WORDS.value)}
            value={draft.valueFen === null ? null : draft.valueFen / 100}
            unit={say(WORDS.yuan)}
            max={10_000_000}
            change={(yuan) => change({ valueFen: yuan === null ? null : Math.round(yuan * 100) })}
          />
        </Field>
        <Field
          name={say(WORDS.propensity)}
          hint={say(WORDS.propensityHint)}
          wrong={wrong('propensity')}
        >
          <Figure
            name={say(WORDS.propensity)}
            value={percentOf(draft.propensity)}
            unit="%"
            max={100}
            change={(percent) => change({ propensity: shareFromPercent(percent) })}
          />
        </Field>
        <Field name={say(WORDS.lever)} hint={say(WORDS.leverHint)} wrong={wrong('lever')}>
          <Figure
            name={say(WORDS.lever)}
            value={draft.lever}
            max={10}
            step={0.1}
            change={(lever) => change({ lever })}
          />
        </Field>
        <Field
          name={say(WORDS.holdOut)}
          hint={say(WORDS.holdOutHint)}
          wrong={wrong('holdOutShare')}
        >
          <Figure
            name={say(WORDS.holdOut)}
            value={percentOf(draft.holdOutShare)}
            unit="%"
            max={50}
            change={(percent) => change({ holdOutShare: shareFromPercent(percent) })}
          />
        </Field>
      </Fields>
    </Part>
  )
}

function Figure(of: {
  name: string
  value: number | null
  max: number
  unit?: string
  step?: number
  change: (value: number | null) => void
}): ReactNode {
  return (
    <InputNumber
      aria-label={of.name}
      value={of.value}
      min={0}
      max={of.max}
      step={of.step ?? 1}
      suffix={of.unit}
      style={{ width: '100%' }}
      onChange={of.change}
    />
  )
}
