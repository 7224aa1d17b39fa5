import { Button, Form, Input, QRCode } from 'antd'
import { type ReactNode, useState } from 'react'
import { beginSecondFactor, confirmSecondFactor } from '#contract/session.ts'
import type { Answer } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import css from './account.module.css'
import { RecoveryCodes } from './RecoveryCodes.tsx'

const WORDS = {
  password: { zh: '当前密码', en: 'Current password' },
  begin: { zh: '开始启用', en: 'Begin' },
  scan: {
    zh: '用验证器应用（如微信小程序“腾讯身份验证器”、Microsoft Authenticator、FreeOTP）扫描二维码，或手工输入密钥。',
    en: 'Scan this with an authenticator app, such as Microsoft Authenticator or FreeOTP, or type the secret.',
  },
  picture: { zh: '二维码', en: 'QR code' },
  secret: { zh: '密钥', en: 'Secret' },
  code: { zh: '应用显示的 6 位数字', en: 'The six digits that the app shows' },
  confirm: { zh: '确认启用', en: 'Confirm' },
  needed: { zh: '请填写', en: 'Fill this in' },
} as const

/** Sets a second factor up: the password, the code of the app, the recovery codes. */
export function Enrol(of: { onDone: () => void }): ReactNode {
  const [begun, setBegun] = useState<Answer<typeof beginSecondFactor>>()
  const [codes, setCodes] = useState<readonly string[]>()
  if (codes) return <RecoveryCodes codes={codes} onDone={of.onDone} />
  if (begun) return <Confirm begun={begun} onDone={setCodes} />
  return <Begin onDone={setBegun} />
}

function Begin(of: { onDone: (begun: Answer<typeof beginSecondFactor>) => void }): ReactNode {
  const say = useSay()
  const begin = useCommand(beginSecondFactor, { onDone: of.onDone })
  return (
    <Form<{ password: string }>
      layout="vertical"
      style={{ maxWidth: 400 }}
      requiredMark={false}
      onFinish={(body) => begin.mutate({ body })}
    >
      {begin.error && <ProblemNotice sentence={begin.error.message} />}
      <Form.Item
        name="password"
        label={say(WORDS.password)}
        rules={[{ required: true, message: say(WORDS.needed) }]}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={begin.isPending}>
        {say(WORDS.begin)}
      </Button>
    </Form>
  )
}

function Confirm(of: {
  begun: Answer<typeof beginSecondFactor>
  onDone: (codes: readonly string[]) => void
}): ReactNode {
  const say = useSay()
  const { secret, uri } = of.begun
  const confirm = useCommand(confirmSecondFactor, {
    onDone: ({ recoveryCodes }) => of.onDone(recoveryCodes),
  })
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={(body) => confirm.mutate({ body })}
    >
      <p className={css.scan}>{say(WORDS.scan)}</p>
      <div className={css.enrol}>
        <div role="img" aria-label={say(WORDS.picture)}>
          <QRCode value={uri} size={184} type="svg" color="#000000" bgColor="#ffffff" />
        </div>
        <div>
          <p className={css.quiet}>{say(WORDS.secret)}</p>
          <p className={css.secret}>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</p>
          {confirm.error && <ProblemNotice sentence={confirm.error.message} />}
          <Form.Item
            name="code"
            label={say(WORDS.code)}
            rules={[{ required: true, message: say(WORDS.needed) }]}
          >
            <Input autoComplete="one-time-code" inputMode="numeric" maxLength={7} autoFocus />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={confirm.isPending}>
            {say(WORDS.confirm)}
          </Button>
        </div>
      </div>
    </Form>
  )
}
