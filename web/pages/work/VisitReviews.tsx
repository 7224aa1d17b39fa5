import { Form, Input, Radio } from 'antd'
import type { ReactNode } from 'react'
import {
  readPersonVisitFlags,
  readVisitFlags,
  reviewVisit,
  VisitVerdict,
} from '#contract/visits.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { useCommand } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { useStanding } from '../../place.ts'
import { Mark, ProblemNotice } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import type { Row } from './VisitTable.tsx'
import { STANDINGS, TONES } from './visit-words.ts'
import css from './work.module.css'

const WORDS = {
  title: { zh: '核实意见', en: 'Verdict' },
  note: { zh: '本人也能看到', en: 'the person reads it as well' },
  by: { zh: '{name}，{at}', en: '{name}, {at}' },
  verdict: { zh: '看过之后', en: 'Having looked' },
  choose: { zh: '请选择意见', en: 'Choose a verdict' },
  said: { zh: '说明（可不填）', en: 'Note (optional)' },
  saidHint: {
    zh: '如：已电话核对、已提醒当场拍照。不写用户姓名和号码。',
    en: 'Such as: checked by telephone, asked for photos on the spot. No names or numbers of subscribers.',
  },
  own: { zh: '自己的走访由他人核实。', en: 'Somebody else looks at a visit of yours.' },
} as const

type Fields = { verdict: VisitVerdict; note?: string }

/** What was said of a visit, the latest first, and the way to say it. */
export function VisitReviews({ branchId, visit }: { branchId: string; visit: Row }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { me } = useStanding()
  const [form] = Form.useForm<Fields>()
  const review = useCommand(reviewVisit, {
    renews: [readVisitFlags, readPersonVisitFlags],
    onDone: () => form.resetFields(),
  })
  return (
    <Part title={say(WORDS.title)} note={say(WORDS.note)}>
      <ul className={css.reviews}>
        {visit.reviews.map(({ at, reviewedByName, verdict, note }) => (
          <li key={`${at} ${verdict}`}>
            <Mark tone={TONES[verdict]}>{say(STANDINGS[verdict])}</Mark> {note}{' '}
            <small>
              {say(WORDS.by, { name: say(reviewedByName), at: instantText(at, language) })}
            </small>
          </li>
        ))}
      </ul>
      {review.error && <ProblemNotice sentence={review.error.message} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ verdict, note }: Fields) =>
          review.mutate({
            params: { branchId, resultId: visit.resultId },
            body: { verdict, note: note?.trim() || null },
          })
        }
      >
        <Form.Item
          name="verdict"
          label={say(WORDS.verdict)}
          rules={[{ required: true, message: say(WORDS.choose) }]}
        >
          <Radio.Group
            options={VisitVerdict.options.map((value) => ({ value, label: say(STANDINGS[value]) }))}
          />
        </Form.Item>
        <Form.Item name="note" label={say(WORDS.said)} extra={say(WORDS.saidHint)}>
          <Input.TextArea maxLength={500} autoSize />
        </Form.Item>
        <ActionButton
          type="primary"
          htmlType="submit"
          needs="task:assign"
          blocked={me.staffId === visit.staffId ? say(WORDS.own) : undefined}
          loading={review.isPending}
        >
          {say(COMMON.save)}
        </ActionButton>
      </Form>
    </Part>
  )
}
