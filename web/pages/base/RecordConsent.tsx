import { Form, Input, Modal, Radio, Select } from 'antd'
import type { ReactNode } from 'react'
import { listConsents, recordConsent } from '#contract/consents.ts'
import type { Input as Given } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { CHANNELS, COMMON } from '../../words.ts'
import { ANSWERS, SCOPES, SUBJECTS } from './consent-words.ts'
import { ProofFields, type ProofTold, proofOf } from './ProofFields.tsx'

const WORDS = {
  title: { zh: '登记同意或退订', en: 'Record a consent or an opt-out' },
  subject: { zh: '事项', en: 'About' },
  channel: { zh: '渠道', en: 'Channel' },
  answer: { zh: '用户的答复', en: 'The answer' },
  via: { zh: '在哪里说的', en: 'Where it was told' },
  note: { zh: '备注', en: 'Note' },
} as const

type Body = NonNullable<Given<typeof recordConsent>['body']>
type Fields = Pick<Body, 'subject' | 'answer' | 'via'> & {
  channel: 'all' | 'sms' | 'call'
  note?: string
} & ProofTold

/** A “no” takes three taps; a “yes” asks for its proof as well, and half a proof for the other half. */
export function RecordConsent(of: {
  branchId: string
  subscriberId: string
  done: () => void
}): ReactNode {
  const say = useSay()
  const [form] = Form.useForm<Fields>()
  const record = useCommand(recordConsent, { renews: [listConsents], onDone: of.done })
  const subject = Form.useWatch('subject', form) ?? 'marketing'
  const answer = Form.useWatch('answer', form)
  const needsProof = answer === 'yes' && subject !== 'port-out'
  const options = <Code extends string>(words: Record<Code, { zh: string; en: string }>) =>
    (Object.keys(words) as Code[]).map((value) => ({ value, label: say(words[value]) }))
  return (
    <Modal
      open
      title={say(WORDS.title)}
      okText={say(COMMON.save)}
      cancelText={say(COMMON.cancel)}
      onCancel={of.done}
      onOk={() => form.submit()}
      mask={{ closable: false }}
      okButtonProps={{ loading: record.isPending }}
    >
      {record.error && <ProblemNotice sentence={record.error.message} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ subject: 'marketing', channel: 'all', answer: 'no', via: 'hall' }}
        onFinish={({ channel, proofKind, proofRef, note, ...told }: Fields) =>
          record.mutate({
            params: { branchId: of.branchId, subscriberId: of.subscriberId },
            body: {
              ...told,
              channel: told.subject !== 'marketing' || channel === 'all' ? null : channel,
              toldAt: null,
              proof: proofOf({ proofKind, proofRef }),
              note: note || null,
            },
          })
        }
      >
        <Form.Item name="subject" label={say(WORDS.subject)}>
          <Radio.Group optionType="button" options={options(SUBJECTS)} />
        </Form.Item>
        {subject === 'marketing' && (
          <Form.Item name="channel" label={say(WORDS.channel)}>
            <Radio.Group optionType="button" options={options(SCOPES)} />
          </Form.Item>
        )}
        <Form.Item name="answer" label={say(WORDS.answer)}>
          <Radio.Group optionType="button" options={options(ANSWERS[subject])} />
        </Form.Item>
        <Form.Item name="via" label={say(WORDS.via)}>
          <Select options={options(CHANNELS)} />
        </Form.Item>
        <ProofFields needed={needsProof} />
        <Form.Item name="note" label={say(WORDS.note)}>
          <Input.TextArea maxLength={500} autoSize />
        </Form.Item>
      </Form>
    </Modal>
  )
}
