import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { signOut } from '#contract/session.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { askMe } from '../../standing.ts'
import { ProblemNotice, Waiting } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import { Enrol } from '../account/Enrol.tsx'
import { PasswordForm } from '../account/PasswordForm.tsx'
import { Gate, insideOf } from './Gate.tsx'

const WORDS = {
  change: { zh: '先修改密码', en: 'Change your password first' },
  changeWhy: {
    zh: '{name}，您的密码由他人设置。换成只有您自己知道的密码，再开始工作。',
    en: '{name}, somebody else set your password. Choose one that only you know, then go on.',
  },
  enrol: { zh: '先启用二次验证', en: 'Set up a second factor first' },
  enrolWhy: {
    zh: '{name}，您的岗位登录时须再验证一次。准备好手机上的验证器应用。',
    en: '{name}, your role signs in with a code as well. Have an authenticator app at hand.',
  },
  leave: { zh: '退出登录', en: 'Sign out' },
} as const

const route = getRouteApi('/due')

/** What has to be done between the sign-in and the first page. */
export function Due(): ReactNode {
  const say = useSay()
  const client = useQueryClient()
  const router = useRouter()
  const go = useNavigate()
  const { next } = route.useSearch()
  const { data: me, error } = useQuery(askMe)
  const leave = useCommand(signOut, {
    onDone: ({ leaveAt }) => {
      if (leaveAt !== null) location.assign(leaveAt)
      else void go({ to: '/sign-in' }).then(() => client.clear())
    },
  })
  const onDone = async () => {
    const { due } = await client.fetchQuery({ ...askMe, staleTime: 0 })
    if (due === null) {
      router.clearCache()
      const inside = insideOf(next)
      if (inside.startsWith('/field')) location.assign(inside)
      else router.history.push(inside)
    }
  }
  const foot = (
    <Button type="text" onClick={() => leave.mutate({})}>
      {say(WORDS.leave)}
    </Button>
  )
  return (
    <Gate wide foot={foot}>
      {error && <ProblemNotice sentence={error.message} />}
      {!me && !error && <Waiting name={say(COMMON.loading)} />}
      {me?.due === 'password-change' && (
        <>
          <h2>{say(WORDS.change)}</h2>
          <p>{say(WORDS.changeWhy, { name: me.name })}</p>
          <PasswordForm onDone={() => void onDone()} />
        </>
      )}
      {me?.due === 'enrolment' && (
        <>
          <h2>{say(WORDS.enrol)}</h2>
          <p>{say(WORDS.enrolWhy, { name: me.name })}</p>
          <Enrol onDone={() => void onDone()} />
        </>
      )}
    </Gate>
  )
}
