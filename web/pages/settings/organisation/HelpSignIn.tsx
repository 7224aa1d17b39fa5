import { Popconfirm } from 'antd'
import type { ReactNode } from 'react'
import { resetSecondFactor, unlockStaff } from '#contract/session.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { useCommand } from '../../../ask.ts'
import { useSay } from '../../../language.ts'
import { ProblemNotice } from '../../../ui/Notices.tsx'

const WORDS = {
  unlock: { zh: '解锁帐号', en: 'Unlock' },
  unlocked: { zh: '已解锁，可以重新登录。', en: 'Unlocked; they can sign in again.' },
  notLocked: { zh: '没有锁定，也没有失败记录。', en: 'It was not locked and had no failures.' },
  reset: { zh: '重置二次验证', en: 'Reset second factor' },
  sure: {
    zh: '本人丢失手机、又没有恢复码时才重置。此人的登录将全部退出。',
    en: 'Only for who lost the phone and the recovery codes. All their sessions end.',
  },
  yes: { zh: '重置', en: 'Reset' },
  no: { zh: '取消', en: 'Cancel' },
  done: {
    zh: '已重置，下次登录只需密码。',
    en: 'Reset; the next sign-in takes the password alone.',
  },
  none: { zh: '此人没有启用二次验证。', en: 'They had not set one up.' },
} as const

/** What an administrator does for somebody who cannot sign in. */
export function HelpSignIn(of: { staffId: string; blocked: string | undefined }): ReactNode {
  const say = useSay()
  const unlock = useCommand(unlockStaff, {})
  const reset = useCommand(resetSecondFactor, {})
  const params = { staffId: of.staffId }
  const problem = unlock.error ?? reset.error
  const told = reset.data
    ? say(reset.data.had ? WORDS.done : WORDS.none)
    : unlock.data && say(unlock.data.had ? WORDS.unlocked : WORDS.notLocked)
  return (
    <>
      <ActionButton
        needs="staff:passwords"
        blocked={of.blocked}
        loading={unlock.isPending}
        onClick={() => {
          reset.reset()
          unlock.mutate({ params })
        }}
      >
        {say(WORDS.unlock)}
      </ActionButton>
      <Popconfirm
        title={say(WORDS.sure)}
        okText={say(WORDS.yes)}
        cancelText={say(WORDS.no)}
        onConfirm={() => {
          unlock.reset()
          reset.mutate({ params })
        }}
      >
        <ActionButton needs="staff:passwords" blocked={of.blocked} loading={reset.isPending}>
          {say(WORDS.reset)}
        </ActionButton>
      </Popconfirm>
      {problem && <ProblemNotice sentence={problem.message} />}
      {told && (
        <p role="status" style={{ order: -1, flexBasis: '100%', textAlign: 'right' }}>
          {told}
        </p>
      )}
    </>
  )
}
