import { Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { setStaffPassword } from '#contract/organisation.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { useCommand } from '../../../ask.ts'
import { useSay } from '../../../language.ts'
import { Field } from '../../../ui/Field.tsx'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { COMMON } from '../../../words.ts'
import { HelpSignIn } from './HelpSignIn.tsx'

const WORDS = {
  set: { zh: '设置密码', en: 'Set password' },
  noAccount: { zh: '先填写并保存登录帐号。', en: 'Give the person an account and save it first.' },
  new: { zh: '新密码', en: 'New password' },
  tell: {
    zh: '请当面告知本人；72 小时内有效，本人登录后须先修改。',
    en: 'Tell the person face to face; it holds for 72 hours and is changed at the first sign-in.',
  },
  done: { zh: '密码已设置。', en: 'The password is set.' },
} as const

/** Gives somebody a password, or helps otherwise to sign in, as whoever may do so. */
export function SetPassword(of: { staffId: string; hasAccount: boolean }): ReactNode {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const set = useCommand(setStaffPassword, { onDone: () => setPassword('') })
  const blocked = of.hasAccount ? undefined : say(WORDS.noAccount)
  return (
    <>
      <ActionButton
        needs="staff:passwords"
        blocked={blocked}
        onClick={() => {
          set.reset()
          setOpen(true)
        }}
      >
        {say(WORDS.set)}
      </ActionButton>
      <HelpSignIn staffId={of.staffId} blocked={blocked} />
      <Modal
        open={open}
        title={say(WORDS.set)}
        okText={say(WORDS.set)}
        cancelText={say(COMMON.close)}
        onCancel={() => {
          setPassword('')
          setOpen(false)
        }}
        onOk={() => set.mutate({ params: { staffId: of.staffId }, body: { password } })}
        okButtonProps={{ disabled: password === '', loading: set.isPending }}
      >
        {set.error && <ProblemNotice sentence={set.error.message} />}
        {set.isSuccess && password === '' && <p role="status">{say(WORDS.done)}</p>}
        <Field name={say(WORDS.new)} hint={say(WORDS.tell)}>
          <Input.Password
            aria-label={say(WORDS.new)}
            autoComplete="new-password"
            value={password}
            maxLength={200}
            onChange={({ target }) => setPassword(target.value)}
          />
        </Field>
      </Modal>
    </>
  )
}
