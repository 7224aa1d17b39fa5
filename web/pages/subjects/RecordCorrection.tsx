import { Link } from '@tanstack/react-router'
import { Form, Input, Modal, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { CorrectedField, listCorrections, recordCorrection } from '#contract/subject.ts'
import { listSubscribers, readPortrait } from '#contract/subscribers.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import { FIELDS, LETTER } from './words.ts'

const WORDS = {
  record: { zh: '登记更正', en: 'Record a correction' },
  about: {
    zh: '本人说现有内容有误时登记。立即生效，并保持到 BSS 数据更新为止；请同时通知 BSS。',
    en: 'Where the person says that what is kept is wrong. It counts at once and until an extract brings it; tell the BSS as well.',
  },
  field: { zh: '更正内容', en: 'What is wrong' },
  value: { zh: '更正为', en: 'What is right' },
  valueRule: {
    zh: '请填写，最多 200 个字，不含 *',
    en: 'Up to 200 characters, without *',
  },
  recorded: { zh: '更正已生效。', en: 'Corrected.' },
  all: { zh: '查看更正', en: 'See the corrections' },
} as const

type Fields = { field: CorrectedField; value: string; number: string }

/** Puts down what a person says is wrong of what is kept of them, for whoever may. */
export function RecordCorrection(of: { branchId: string; subscriberId: string }): ReactNode {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<Fields>()
  const record = useCommand(recordCorrection, {
    renews: [listCorrections, readPortrait, listSubscribers],
    onDone: () => {
      setOpen(false)
      form.resetFields()
    },
  })
  return (
    <>
      <ActionButton needs="subject:correct" size="small" onClick={() => setOpen(true)}>
        {say(WORDS.record)}
      </ActionButton>
      {record.isSuccess && (
        <span role="status">
          {' '}
          {say(WORDS.recorded)} <Link to="/settings/corrections">{say(WORDS.all)}</Link>
        </span>
      )}
      <Modal
        open={open}
        title={say(WORDS.record)}
        okText={say(WORDS.record)}
        cancelText={say(COMMON.cancel)}
        okButtonProps={{ loading: record.isPending }}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
      >
        <p>{say(WORDS.about)}</p>
        {record.error && <ProblemNotice sentence={record.error.message} />}
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ field: 'phone' }}
          onFinish={({ field, value, number }: Fields) =>
            record.mutate({
              params: of,
              body: { field, value: value.trim(), number: number.trim() },
            })
          }
        >
          <Form.Item name="field" label={say(WORDS.field)}>
            <Select
              options={CorrectedField.options.map((value) => ({
                value,
                label: say(FIELDS[value]),
              }))}
            />
          </Form.Item>
          <Form.Item
            name="value"
            label={say(WORDS.value)}
            rules={[
              {
                required: true,
                whitespace: true,
                pattern: /^[^*]{1,200}$/,
                message: say(WORDS.valueRule),
              },
            ]}
          >
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="number"
            label={say(LETTER.number)}
            rules={[{ required: true, pattern: LETTER.pattern, message: say(LETTER.rule) }]}
          >
            <Input maxLength={40} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  )
}
