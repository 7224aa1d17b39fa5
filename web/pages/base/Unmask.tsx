import { Button, Checkbox, Form, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { PersonalField } from '#contract/personal.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import type { Unmasking } from '../../unmask.ts'
import { COMMON } from '../../words.ts'
import { Purpose, type Why } from './Purpose.tsx'
import { FIELDS } from './unmask-words.ts'

const WORDS = {
  show: { zh: '查看明文', en: 'Show in clear' },
  shown: {
    zh: '明文显示中，60 秒后自动隐藏（今日清单外 {today} / {limit} 户）',
    en: 'Shown in clear, hidden after 60 seconds ({today} of {limit} outside the own list today)',
  },
  about: {
    zh: '每次查看都会计数、记入审计日志；超出本人清单的查看会提醒主管。',
    en: 'Each look is counted and audited; one outside the own list is told to the manager.',
  },
  fields: { zh: '要看什么', en: 'What to see' },
} as const

/** Asks for the purpose, then has the portrait show this subscriber in clear text for a while. */
export function Unmask({ unmasking }: { unmasking: Unmasking }): ReactNode {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [why, setWhy] = useState<Why>({ purpose: 'customer-present', note: '' })
  const [fields, setFields] = useState<PersonalField[]>(['name', 'phone'])
  const { shown, problem, pending, ask } = unmasking
  const { purpose, note } = why
  if (shown)
    return <span role="status">{say(WORDS.shown, { today: shown.today, limit: shown.limit })}</span>
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say(WORDS.show)}</Button>
      <Modal
        open={open}
        title={say(WORDS.show)}
        okText={say(WORDS.show)}
        cancelText={say(COMMON.cancel)}
        okButtonProps={{ loading: pending, disabled: fields.length === 0 || purpose === undefined }}
        onCancel={() => setOpen(false)}
        onOk={() => purpose && void ask({ purpose, note, fields })}
      >
        <p>{say(WORDS.about)}</p>
        <Form layout="vertical" requiredMark={false}>
          <Purpose why={why} change={setWhy} />
          <Form.Item label={say(WORDS.fields)}>
            <Checkbox.Group
              value={fields}
              onChange={setFields}
              options={PersonalField.options.map((value) => ({ value, label: say(FIELDS[value]) }))}
            />
          </Form.Item>
        </Form>
        {problem && <ProblemNotice sentence={problem.message} />}
      </Modal>
    </>
  )
}
