import { Form, Input, Modal, Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { readPortrait } from '#contract/subscribers.ts'
import { readTouchGates, recordTouch } from '#contract/touches.ts'
import type { Input as Given } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { ProblemNotice, Warnings } from '../../ui/Notices.tsx'
import { CHANNELS, COMMON, PURPOSES } from '../../words.ts'
import { ProofFields, type ProofTold, proofOf } from './ProofFields.tsx'
import { REFUSED, RESULTS } from './touch-words.ts'

const WORDS = {
  title: { zh: '登记接触', en: 'Record a touch' },
  channel: { zh: '方式', en: 'Way' },
  purpose: { zh: '目的', en: 'Purpose' },
  result: { zh: '结果', en: 'Result' },
  refused: { zh: '用户拒绝的是', en: 'What was refused' },
  until: {
    zh: '用户要求的日期之前不联系（可不填）',
    en: 'Not before the day they asked for (optional)',
  },
  next: { zh: '下次联系日期（可不填）', en: 'Meet them again on (optional)' },
  note: { zh: '备注', en: 'Note' },
  kept: { zh: '已登记。这次接触不合规则：', en: 'Recorded. It was against the rules:' },
  rule: {
    zh: '明确拒绝后，三个月内不再营销。',
    en: 'After a clear no, nobody sells for three months.',
  },
} as const

type Body = NonNullable<Given<typeof recordTouch>['body']>
type Fields = Pick<Body, 'channel' | 'purpose' | 'result'> & {
  scope?: 'all' | 'channel'
  note?: string
} & ProofTold

/** What happened just now, in three taps. What should not have happened is kept, and told. */
export function RecordTouch(of: {
  branchId: string
  subscriberId: string
  done: () => void
}): ReactNode {
  const say = useSay()
  const [form] = Form.useForm<Fields>()
  const [until, setUntil] = useState<string>()
  const [next, setNext] = useState<string>()
  const [against, setAgainst] = useState<readonly string[]>([])
  const record = useCommand(recordTouch, {
    renews: [readTouchGates, readPortrait],
    onDone: (answer) =>
      answer.against.length > 0
        ? setAgainst(answer.against.map(({ text }) => say(text)))
        : of.done(),
  })
  const isRefusal = Form.useWatch('result', form) === 'refused'
  const options = <Code extends string>(words: Record<Code, { zh: string; en: string }>) =>
    (Object.keys(words) as Code[]).map((value) => ({ value, label: say(words[value]) }))
  const isTold = against.length > 0
  return (
    <Modal
      open
      title={say(WORDS.title)}
      okText={say(isTold ? COMMON.close : COMMON.save)}
      cancelText={say(COMMON.cancel)}
      onCancel={of.done}
      onOk={() => (isTold ? of.done() : form.submit())}
      okButtonProps={{ loading: record.isPending }}
      {...(isTold && { footer: (_, { OkBtn }) => <OkBtn /> })}
    >
      {record.error && <ProblemNotice sentence={record.error.message} />}
      {isTold && <Warnings name={say(WORDS.kept)} lines={[say(WORDS.kept), ...against]} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        hidden={isTold}
        initialValues={{
          channel: 'call_out',
          purpose: 'marketing',
          result: 'promised',
          scope: 'all',
        }}
        onFinish={({ scope, note, proofKind, proofRef, ...told }: Fields) =>
          record.mutate({
            params: { branchId: of.branchId, subscriberId: of.subscriberId },
            body: {
              ...{ ...told, at: null, offer: null, note: note || null },
              scope: told.result === 'refused' ? (scope ?? 'all') : null,
              until: (told.result === 'refused' && until) || null,
              nextOn: (told.result !== 'refused' && next) || null,
              proof: proofOf({ proofKind, proofRef }),
            },
          })
        }
      >
        <Form.Item name="channel" label={say(WORDS.channel)}>
          <Select options={options(CHANNELS)} />
        </Form.Item>
        <Form.Item name="purpose" label={say(WORDS.purpose)}>
          <Select options={options(PURPOSES)} />
        </Form.Item>
        <Form.Item name="result" label={say(WORDS.result)}>
          <Select options={options(RESULTS)} />
        </Form.Item>
        {isRefusal && (
          <>
            <Form.Item name="scope" label={say(WORDS.refused)} extra={say(WORDS.rule)}>
              <Radio.Group
                optionType="button"
                options={options({ all: REFUSED.all, channel: REFUSED.channel })}
              />
            </Form.Item>
            <Form.Item label={say(WORDS.until)}>
              <DayInput name={say(WORDS.until)} value={until} change={setUntil} />
            </Form.Item>
          </>
        )}
        {!isRefusal && (
          <Form.Item label={say(WORDS.next)}>
            <DayInput name={say(WORDS.next)} value={next} change={setNext} />
          </Form.Item>
        )}
        <ProofFields />
        <Form.Item name="note" label={say(WORDS.note)}>
          <Input.TextArea maxLength={500} autoSize />
        </Form.Item>
      </Form>
    </Modal>
  )
}
