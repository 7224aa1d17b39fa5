import { Form, Radio } from 'antd'
import type { ReactNode } from 'react'
import { putRankRules, RankRules, readRankRules } from '#contract/settings.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer, useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { Part } from '../../ui/PageTitle.tsx'
import { RuleForm } from './RuleForm.tsx'

const WORDS = {
  title: { zh: '名次', en: 'Ranks' },
  show: {
    zh: '本人在“我的一天”能看到的当日名次',
    en: 'The place of the day that people see in “My day”',
  },
  none: { zh: '不显示', en: 'None' },
  crew: { zh: '班组内', en: 'Within the crew' },
  hall: { zh: '营业厅内', en: 'Within the hall' },
  hint: {
    zh: '按当日有单数，再按办成数；只看得到自己的名次，看不到别人的姓名和数字。',
    en: 'By the orders of the day, then by what was done. People see their own place, and no name or figure of others.',
  },
  hidden: { zh: '{level}不显示：{what}', en: 'Not shown by {level}: {what}' },
} as const

/** Among whom people see their own place of the day, at a unit and below it. */
export function RankRule({ unitId }: { unitId: string }): ReactNode {
  const say = useSay()
  const rules = useAnswer(readRankRules, { params: { unitId } })
  const save = useCommand(putRankRules, { renews: [readRankRules] })
  const widths = RankRules.shape.showRank.options
  return (
    <Part title={say(WORDS.title)}>
      <Asked of={rules}>
        {({ inForce, limits }) => {
          const hidden = widths.flatMap((width) => {
            const limit = limits.find(({ setting }) => setting === width)
            return limit ? [{ width, by: limit.by }] : []
          })
          const isHidden = (width: string) => hidden.some((each) => each.width === width)
          return (
            <RuleForm
              inForce={inForce}
              save={save}
              send={(body) => save.mutate({ params: { unitId }, body })}
            >
              {hidden.map(({ width, by }) => (
                <p key={width}>{say(WORDS.hidden, { level: say(by), what: say(WORDS[width]) })}</p>
              ))}
              <Form.Item name="showRank" label={say(WORDS.show)} extra={say(WORDS.hint)}>
                <Radio.Group
                  options={widths.map((value) => ({
                    value,
                    label: say(WORDS[value]),
                    disabled: isHidden(value),
                  }))}
                />
              </Form.Item>
            </RuleForm>
          )
        }}
      </Asked>
    </Part>
  )
}
