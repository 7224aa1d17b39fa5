import { Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import { readTouchGates } from '#contract/touches.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { Asked } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { dayText, instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { Mark } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { PURPOSES, TOUCHPOINTS } from '../../words.ts'
import css from './portrait.module.css'
import { RecordTouch } from './RecordTouch.tsx'

const WORDS = {
  title: { zh: '现在能否联系', en: 'May we get in touch' },
  purpose: { zh: '目的', en: 'Purpose' },
  record: { zh: '登记接触', en: 'Record a touch' },
  may: { zh: '可以', en: 'Yes' },
  mayNot: { zh: '不可以', en: 'No' },
  opens: { zh: '{at} 起可以', en: 'from {at}' },
  followUp: { zh: '约定 {day} 再联系（{staff}）', en: 'To be met again on {day} ({staff})' },
  never: { zh: '须用户另行同意', en: 'only once they agree' },
} as const

/** What people ask about before they ring, go or write; the rest is exempt, or rare. */
const ASKED = ['marketing', 'renewal', 'service'] as const

/** Each way to the household: open or closed now, why, and when it opens. */
export function Gates(of: { branchId: string; subscriberId: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const [purpose, setPurpose] = useState<(typeof ASKED)[number]>('marketing')
  const [recording, setRecording] = useState(false)
  const asked = useAnswer(readTouchGates, { params: of, query: { purpose } }, { keep: false })
  return (
    <Part
      title={say(WORDS.title)}
      actions={
        <ActionButton needs="touch:record" size="small" onClick={() => setRecording(true)}>
          {say(WORDS.record)}
        </ActionButton>
      }
    >
      <Radio.Group
        aria-label={say(WORDS.purpose)}
        optionType="button"
        size="small"
        value={purpose}
        onChange={(event) => setPurpose(event.target.value)}
        options={ASKED.map((value) => ({ value, label: say(PURPOSES[value]) }))}
      />
      <Asked of={asked} lines={6}>
        {({ gates, followUp }) => (
          <>
            {followUp && (
              <p className={css.followUp}>
                <Mark tone="soon">
                  {say(WORDS.followUp, {
                    ...{ day: dayText(followUp.on, language), staff: followUp.staffName ?? '–' },
                  })}
                </Mark>
              </p>
            )}
            <dl className={css.ways} aria-label={say(WORDS.title)}>
              {gates.map(({ touchpoint, may, opens, against }) => (
                <div key={touchpoint}>
                  <dt>{say(TOUCHPOINTS[touchpoint])}</dt>
                  <dd>
                    <Mark tone={may ? 'good' : 'late'}>{say(may ? WORDS.may : WORDS.mayNot)}</Mark>{' '}
                    {may ||
                      (opens
                        ? say(WORDS.opens, { at: instantText(opens, language) })
                        : say(WORDS.never))}
                    {against.map(({ code, text }) => (
                      <p key={code}>{say(text)}</p>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </Asked>
      {recording && <RecordTouch {...of} done={() => setRecording(false)} />}
    </Part>
  )
}
