import { Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { setStaffPassword } from '#contract/organisation.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { useCommand } from '../../../ask.ts'
import { useSay } from '../../../language.ts'
import { Field } from '../../../ui/Field.tsx'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { COMMON } from '../../../words.ts'

const WORDS = {
  set: { zh: '设置密码', en: 'Set password' },
  noAccount: { zh: '先填写并保存登录帐号。', en: 'Give the person an account and save it first.' },
  new: { zh: '新密码', en: 'New password' },
  short: { zh: '至少 10 个字符。', en: 'At least 10 characters.' },
  tell: {
    zh: '请当面告知本人，并请本人登录后修改。',
    en: 'Tell the person face to face, and ask them to change it.',
  },
  done: { zh: '密码已设置。', en: 'The password is set.' },
} as const

const SHORTEST = 10

/** Gives somebody a password, as whoever may do so. */
export function SetPassword(of: { staffId: string; hasAccount: boolean }): ReactNode {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const set = useCommand(setStaffPassword, { onDone: () => setPassword('') })
  const short = password !== '' && password.length < SHORTEST
  return (
    <>
      <ActionButton
        needs="staff:passwords"
        blocked={of.hasAccount ? undefined : say(WORDS.noAccount)}
        onClick={() => {
          set.reset()
          setOpen(true)
        }}
      >
        {say(WORDS.set)}
      </ActionButton>
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
        okButtonProps={{ disabled: password.length < SHORTEST, loading: set.isPending }}
      >
        {set.error && <ProblemNotice sentence={set.error.message} />}
        {set.isSuccess && password === '' && <p role="status">{say(WORDS.done)}</p>}
        <Field
          name={say(WORDS.new)}
          hint={say(WORDS.tell)}
          wrong={short ? say(WORDS.short) : undefined}
        >
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
