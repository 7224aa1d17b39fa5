import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { changePassword, readAccount } from '#contract/session.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'

const WORDS = {
  current: { zh: '当前密码', en: 'Current password' },
  next: { zh: '新密码', en: 'New password' },
  again: { zh: '再输一次新密码', en: 'New password again' },
  hint: {
    zh: '至少 10 个字符（管理员、审计员 12 个）；不用姓名、帐号、手机号、单位和常见密码。几个不相干的词最好记。',
    en: 'At least 10 characters, 12 for administrators and auditors; no name, account, phone number, unit or common password. A few unrelated words are easiest to remember.',
  },
  needed: { zh: '请填写', en: 'Fill this in' },
  differs: { zh: '两次输入不一致', en: 'The two are not the same' },
  save: { zh: '修改密码', en: 'Change password' },
  done: {
    zh: '密码已修改，其他设备上的登录已全部退出。',
    en: 'The password is changed, and you are signed out everywhere else.',
  },
} as const

type Fields = { current: string; next: string; again: string }

/** Changes the own password, which ends every other session. */
export function PasswordForm(of: { onDone?: () => void }): ReactNode {
  const say = useSay()
  const [form] = Form.useForm<Fields>()
  const change = useCommand(changePassword, {
    renews: of.onDone ? [] : [readAccount],
    onDone: () => {
      form.resetFields()
      of.onDone?.()
    },
  })
  const needed = { required: true, message: say(WORDS.needed) }
  return (
    <>
      {change.error && <ProblemNotice sentence={change.error.message} />}
      {change.isSuccess && <p role="status">{say(WORDS.done)}</p>}
      <Form
        form={form}
        layout="vertical"
        style={{ maxWidth: 400 }}
        requiredMark={false}
        onFinish={({ current, next }) => change.mutate({ body: { current, next } })}
      >
        <Form.Item name="current" label={say(WORDS.current)} rules={[needed]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Form.Item name="next" label={say(WORDS.next)} extra={say(WORDS.hint)} rules={[needed]}>
          <Input.Password autoComplete="new-password" maxLength={200} />
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
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {say(WORDS.save)}
        </Button>
      </Form>
    </>
  )
}
