import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { signIn } from '#contract/session.ts'
import type { Answer } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'

const WORDS = {
  for: { zh: '保住每一户，做好每一天。', en: 'Keep every household, one good day at a time.' },
  account: { zh: '帐号', en: 'Account' },
  password: { zh: '密码', en: 'Password' },
  enter: { zh: '登录', en: 'Sign in' },
  needed: { zh: '请填写', en: 'Fill this in' },
} as const

type Fields = { account: string; password: string }

/** The first step of signing in. */
export function PasswordStep(of: { onDone: (answer: Answer<typeof signIn>) => void }): ReactNode {
  const say = useSay()
  const enter = useCommand(signIn, { onDone: of.onDone })
  const rules = [{ required: true, message: say(WORDS.needed) }]
  return (
    <Form<Fields>
      layout="vertical"
      onFinish={(body) => enter.mutate({ body })}
      requiredMark={false}
    >
      <p>{say(WORDS.for)}</p>
      {enter.error && <ProblemNotice sentence={enter.error.message} />}
      <Form.Item name="account" label={say(WORDS.account)} rules={rules}>
        <Input autoComplete="username" autoFocus size="large" maxLength={80} />
      </Form.Item>
      <Form.Item name="password" label={say(WORDS.password)} rules={rules}>
        <Input.Password autoComplete="current-password" size="large" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={enter.isPending}>
        {say(WORDS.enter)}
      </Button>
    </Form>
  )
}
