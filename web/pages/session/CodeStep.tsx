import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { giveSecondFactor, type signIn } from '#contract/session.ts'
import type { Answer } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'

const WORDS = {
  title: { zh: '输入动态验证码', en: 'Enter the code' },
  code: { zh: '验证码', en: 'Code' },
  hint: {
    zh: '打开手机上的验证器应用，输入 6 位数字；手机不在身边时可用恢复码。',
    en: 'Six digits from the authenticator app on your phone; without the phone, a recovery code.',
  },
  enter: { zh: '继续', en: 'Go on' },
  back: { zh: '换一个帐号', en: 'Another account' },
  needed: { zh: '请填写', en: 'Fill this in' },
} as const

/** The second step of signing in. */
export function CodeStep(of: {
  onDone: (answer: Answer<typeof signIn>) => void
  onBack: () => void
}): ReactNode {
  const say = useSay()
  const enter = useCommand(giveSecondFactor, { onDone: of.onDone })
  return (
    <Form<{ code: string }>
      layout="vertical"
      onFinish={(body) => enter.mutate({ body })}
      requiredMark={false}
    >
      <h2>{say(WORDS.title)}</h2>
      <p>{say(WORDS.hint)}</p>
      {enter.error && <ProblemNotice sentence={enter.error.message} />}
      <Form.Item
        name="code"
        label={say(WORDS.code)}
        rules={[{ required: true, message: say(WORDS.needed) }]}
      >
        <Input autoComplete="one-time-code" autoFocus size="large" maxLength={40} />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={enter.isPending}>
        {say(WORDS.enter)}
      </Button>
      <Button type="text" block onClick={of.onBack}>
        {say(WORDS.back)}
      </Button>
    </Form>
  )
}
