import { Button, Form, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { type readAccount, removeSecondFactor } from '#contract/session.ts'
import type { Answer } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { Facts, ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import css from './account.module.css'
import { Enrol } from './Enrol.tsx'

const WORDS = {
  off: {
    zh: '未启用。启用后，登录时除密码外还要输入手机验证器上的 6 位数字，密码泄露也进不来。',
    en: 'Not set up. With it, signing in takes six digits from your phone beside the password, so a password that leaked opens nothing.',
  },
  begin: { zh: '启用二次验证', en: 'Set up a second factor' },
  since: { zh: '启用时间', en: 'In force since' },
  codes: { zh: '剩余恢复码', en: 'Recovery codes left' },
  required: {
    zh: '您的岗位须使用二次验证；更换手机请联系管理员重置。',
    en: 'Your role takes one; for another phone, ask the administrator to reset it.',
  },
  remove: { zh: '停用', en: 'Take it away' },
  password: { zh: '当前密码', en: 'Current password' },
  code: { zh: '验证码或恢复码', en: 'Code, or a recovery code' },
  needed: { zh: '请填写', en: 'Fill this in' },
} as const

/** Whether signing in takes a code as well, and the ways to begin and to end that. */
export function SecondFactor(of: {
  account: Answer<typeof readAccount>
  renew: () => void
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const [at, setAt] = useState<'enrol' | 'remove'>()
  const { secondFactor, secondFactorRequired } = of.account
  const done = () => {
    setAt(undefined)
    of.renew()
  }
  if (at === 'enrol') return <Enrol onDone={done} />
  if (!secondFactor)
    return (
      <>
        <p style={{ marginBottom: 16 }}>{say(WORDS.off)}</p>
        <Button type="primary" onClick={() => setAt('enrol')}>
          {say(WORDS.begin)}
        </Button>
      </>
    )
  return (
    <>
      <Facts
        facts={[
          { name: say(WORDS.since), value: instantText(secondFactor.since, language) },
          { name: say(WORDS.codes), value: secondFactor.recoveryCodes },
        ]}
      />
      <div style={{ marginTop: 16 }}>
        {secondFactorRequired && <p className={css.quiet}>{say(WORDS.required)}</p>}
        {!secondFactorRequired && at === undefined && (
          <Button onClick={() => setAt('remove')}>{say(WORDS.remove)}</Button>
        )}
        {at === 'remove' && <Remove onDone={done} onCancel={() => setAt(undefined)} />}
      </div>
    </>
  )
}

function Remove(of: { onDone: () => void; onCancel: () => void }): ReactNode {
  const say = useSay()
  const remove = useCommand(removeSecondFactor, { onDone: of.onDone })
  const rules = [{ required: true, message: say(WORDS.needed) }]
  return (
    <Form<{ password: string; code: string }>
      layout="vertical"
      style={{ maxWidth: 400 }}
      requiredMark={false}
      onFinish={(body) => remove.mutate({ body })}
    >
      {remove.error && <ProblemNotice sentence={remove.error.message} />}
      <Form.Item name="password" label={say(WORDS.password)} rules={rules}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item name="code" label={say(WORDS.code)} rules={rules}>
        <Input autoComplete="one-time-code" maxLength={40} />
      </Form.Item>
      <div className={css.hands}>
        <Button type="primary" danger htmlType="submit" loading={remove.isPending}>
          {say(WORDS.remove)}
        </Button>
        <Button onClick={of.onCancel}>{say(COMMON.cancel)}</Button>
      </div>
    </Form>
  )
}
