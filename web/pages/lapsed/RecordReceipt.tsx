import { Form, Input, InputNumber, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { recordLapseReceipt } from '#contract/lapsed.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import { BY_LAPSES } from './renewed.ts'

const WORDS = {
  title: { zh: '登记缴费', en: 'Record a payment' },
  about: {
    zh: '缴费后即计为已挽回；之后的数据显示续约时，以数据为准。',
    en: 'Counts as won back from now on; once an extract shows the renewal, the extract counts.',
  },
  no: { zh: '收据号', en: 'Number of the receipt' },
  noRule: { zh: '4–40 位字母、数字或短横', en: '4–40 letters, digits or dashes' },
  amount: { zh: '金额（元）', en: 'Amount (yuan)' },
  amountRule: { zh: '请填写金额', en: 'Give the amount' },
  paidOn: { zh: '缴费日期', en: 'Paid on' },
} as const

/** What a result told of the payment, if one did. */
export type Paying = { receiptNo?: string; paidOn?: string; amountFen?: number | null }

type Fields = { receiptNo: string; yuan: number }

/** What was paid after a lapse, by its receipt. */
export function RecordReceipt(of: {
  branchId: string
  subscriberId: string
  /** Before the end of the contract nothing is won back. */
  ended: string
  paying: Paying
  done: () => void
}): ReactNode {
  const say = useSay()
  const { today } = usePlace()
  const [form] = Form.useForm<Fields>()
  const [paidOn, setPaidOn] = useState(of.paying.paidOn ?? today)
  const record = useCommand(recordLapseReceipt, {
    renews: BY_LAPSES,
    onDone: of.done,
  })
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
      <p>{say(WORDS.about)}</p>
      {record.error && <ProblemNotice sentence={record.error.message} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initialOf(of.paying)}
        onFinish={({ receiptNo, yuan }: Fields) =>
          record.mutate({
            params: { branchId: of.branchId, subscriberId: of.subscriberId },
            body: { receiptNo: receiptNo.trim(), amountFen: Math.round(yuan * 100), paidOn },
          })
        }
      >
        <Form.Item
          name="receiptNo"
          label={say(WORDS.no)}
          rules={[{ required: true, pattern: /^[A-Za-z0-9-]{4,40}$/, message: say(WORDS.noRule) }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="yuan"
          label={say(WORDS.amount)}
          rules={[{ required: true, message: say(WORDS.amountRule) }]}
        >
          <InputNumber min={0.01} max={1_000_000} precision={2} style={{ width: 180 }} />
        </Form.Item>
        <Form.Item label={say(WORDS.paidOn)}>
          <DayInput
            name={say(WORDS.paidOn)}
            value={paidOn}
            min={of.ended}
            max={today}
            change={setPaidOn}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}

const initialOf = ({ receiptNo, amountFen }: Paying) => ({
  ...(receiptNo !== undefined && { receiptNo }),
  ...(amountFen && { yuan: amountFen / 100 }),
})
