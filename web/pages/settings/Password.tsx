import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { changePassword } from '#contract/session.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { PageTitle, Part } from '../../ui/PageTitle.tsx'

const WORDS = {
  title: { zh: '修改密码', en: 'Change password' },
  current: { zh: '当前密码', en: 'Current password' },
  next: { zh: '新密码', en: 'New password' },
  again: { zh: '再输一次新密码', en: 'New password again' },
  needed: { zh: '请填写', en: 'Fill this in' },
  short: { zh: '至少 10 个字符', en: 'At least 10 characters' },
  differs: { zh: '两次输入不一致', en: 'The two are not the same' },
  save: { zh: '修改密码', en: 'Change password' },
  done: {
    zh: '密码已修改，下次登录生效。',
    en: 'The password is changed; use it when you sign in next.',
  },
} as const

type Fields = { current: string; next: string; again: string }

export function Password(): ReactNode {
  const say = useSay()
  const [form] = Form.useForm<Fields>()
  const change = useCommand(changePassword, { onDone: () => form.resetFields() })
  const needed = { required: true, message: say(WORDS.needed) }
  return (
    <>
      <PageTitle title={say(WORDS.title)} />
      <Part title={say(WORDS.title)}>
        {change.error && <ProblemNotice sentence={change.error.message} />}
        {change.isSuccess && <p role="status">{say(WORDS.done)}</p>}
        <Form
          form={form}
          layout="vertical"
          style={{ maxWidth: 360 }}
          requiredMark={false}
          onFinish={({ current, next }) => change.mutate({ body: { current, next } })}
        >
          <Form.Item name="current" label={say(WORDS.current)} rules={[needed]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item
            name="next"
            label={say(WORDS.next)}
            rules={[needed, { min: 10, message: say(WORDS.short) }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={say(WORDS.again)}
            dependencies={['next']}
            rules={[
              needed,
              ({ getFieldValue }) => ({
                validator: async (_, again: unknown) => {
                  if (again !== getFieldValue('next')) throw new Error(say(WORDS.differs))
                },
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {say(WORDS.save)}
          </Button>
        </Form>
      </Part>
    </>
  )
}
