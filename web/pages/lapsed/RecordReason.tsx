import { Form, Input, Modal, Radio } from 'antd'
import type { ReactNode } from 'react'
import {
  LAPSE_DETAILS,
  type LapseDetail,
  LapseReason,
  recordLapseReason,
} from '#contract/lapsed.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON, REASONS } from '../../words.ts'
import { BY_LAPSES } from './renewed.ts'
import { DETAILS } from './words.ts'

const WORDS = {
  title: { zh: '登记失效原因', en: 'Record why they lapsed' },
  reason: { zh: '原因', en: 'Reason' },
  detail: { zh: '细分（可不选）', en: 'More closely (optional)' },
  choose: { zh: '请选择原因', en: 'Choose a reason' },
  evidence: { zh: '依据（可不填）', en: 'Where it is from (optional)' },
  evidenceHint: {
    zh: '如：本人电话中说、邻居告知。不写姓名和号码。',
    en: 'Such as: told on the telephone, by a neighbour. No names, no numbers.',
  },
} as const

/** What is known before somebody records: a touch that suggests the reason. */
export type Asking = { reason?: LapseReason; touchId?: string; askedAt?: string }
type Fields = { reason: LapseReason; detail?: LapseDetail; evidence?: string }

/** Why somebody lapsed, in two taps; the detail follows from the reason. */
export function RecordReason(of: {
  branchId: string
  subscriberId: string
  asking: Asking
  done: () => void
}): ReactNode {
  const say = useSay()
  const [form] = Form.useForm<Fields>()
  const reason = Form.useWatch('reason', form) ?? of.asking.reason
  const record = useCommand(recordLapseReason, {
    renews: BY_LAPSES,
    onDone: of.done,
  })
  const details: readonly LapseDetail[] = reason === undefined ? [] : LAPSE_DETAILS[reason]
  return (
    <Modal
      open
      title={say(WORDS.title)}
      okText={say(COMMON.save)}
      cancelText={say(COMMON.cancel)}
      onCancel={of.done}
      onOk={() => form.submit()}
      okButtonProps={{ loading: record.isPending }}
    >
      {record.error && <ProblemNotice sentence={record.error.message} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        {...(of.asking.reason ? { initialValues: { reason: of.asking.reason } } : {})}
        onValuesChange={({ reason: changed }: Partial<Fields>) =>
          changed !== undefined && form.resetFields(['detail'])
        }
        onFinish={({ reason: chosen, detail, evidence }: Fields) =>
          record.mutate({
            params: { branchId: of.branchId, subscriberId: of.subscriberId },
            body: {
              ...{ reason: chosen, detail: detail ?? null, evidence: evidence?.trim() || null },
              ...{ askedAt: of.asking.askedAt ?? null, askedBy: null },
              touchId: of.asking.touchId ?? null,
            },
          })
        }
      >
        <Form.Item
          name="reason"
          label={say(WORDS.reason)}
          rules={[{ required: true, message: say(WORDS.choose) }]}
        >
          <Radio.Group
            options={LapseReason.options.map((value) => ({ value, label: say(REASONS[value]) }))}
          />
        </Form.Item>
        {details.length > 0 && (
          <Form.Item name="detail" label={say(WORDS.detail)}>
            <Radio.Group
              options={details.map((value) => ({ value, label: say(DETAILS[value]) }))}
            />
          </Form.Item>
        )}
        <Form.Item name="evidence" label={say(WORDS.evidence)} extra={say(WORDS.evidenceHint)}>
          <Input.TextArea maxLength={500} autoSize />
        </Form.Item>
      </Form>
    </Modal>
  )
}
