import { Link } from '@tanstack/react-router'
import { Checkbox, Form, Input, Modal, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { ErasureGround, listErasures, requestErasure } from '#contract/subject.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import { GROUNDS, LETTER } from './words.ts'

const WORDS = {
  ask: { zh: '登记删除申请', en: 'Ask for an erasure' },
  about: {
    zh: '只在本人要求或法律规定时登记，由另一人批准。在网或欠费的用户不能删除。',
    en: 'Only where the person asks or the law says so; somebody else approves. Nothing is erased while the contract runs or money is owed.',
  },
  ground: { zh: '依据', en: 'Ground' },
  household: { zh: '同户用户一并删除', en: 'Everybody in the household' },
  asked: { zh: '已登记，等待另一人批准。', en: 'Put down; somebody else has to approve.' },
  all: { zh: '查看申请', en: 'See the requests' },
} as const

type Fields = { number: string; ground: ErasureGround; household?: boolean }

/** Puts down that a person asks to be erased, for whoever may. */
export function AskErasure(of: { branchId: string; subscriberId: string }): ReactNode {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<Fields>()
  const ask = useCommand(requestErasure, {
    renews: [listErasures],
    onDone: () => setOpen(false),
  })
  if (ask.isSuccess)
    return (
      <span role="status">
        {say(WORDS.asked)} <Link to="/settings/erasures">{say(WORDS.all)}</Link>
      </span>
    )
  return (
    <>
      <ActionButton needs="subject:erase" size="small" onClick={() => setOpen(true)}>
        {say(WORDS.ask)}
      </ActionButton>
      <Modal
        open={open}
        title={say(WORDS.ask)}
        okText={say(WORDS.ask)}
        cancelText={say(COMMON.cancel)}
        okButtonProps={{ loading: ask.isPending }}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
      >
        <p>{say(WORDS.about)}</p>
        {ask.error && <ProblemNotice sentence={ask.error.message} />}
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ ground: 'asked', household: false }}
          onFinish={({ number, ground, household }: Fields) =>
            ask.mutate({
              params: { branchId: of.branchId },
              body: {
                ...{ subscriberId: of.subscriberId, household: household === true },
                ...{ ground, number: number.trim() },
              },
            })
          }
        >
          <Form.Item
            name="number"
            label={say(LETTER.number)}
            rules={[{ required: true, pattern: LETTER.pattern, message: say(LETTER.rule) }]}
          >
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="ground" label={say(WORDS.ground)}>
            <Select
              options={ErasureGround.options.map((value) => ({
                value,
                label: say(GROUNDS[value]),
              }))}
            />
          </Form.Item>
          <Form.Item name="household" valuePropName="checked">
            <Checkbox>{say(WORDS.household)}</Checkbox>
          </Form.Item>
        </Form>
      </Modal>
    </>
  )
}
