import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { App } from 'antd'
import { type ReactNode, useState } from 'react'
import type { signIn } from '#contract/session.ts'
import { readSignInWays } from '#contract/sso.ts'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { useSayBefore } from '../../before.ts'
import { CodeStep } from './CodeStep.tsx'
import { Gate, insideOf } from './Gate.tsx'
import { PasswordStep } from './PasswordStep.tsx'
import { ProviderDoor } from './ProviderDoor.tsx'

const route = getRouteApi('/sign-in')

/** The way in: account and password, then the code of the second factor where there is one. */
export function SignIn(): ReactNode {
  const router = useRouter()
  const client = useQueryClient()
  const { notification } = App.useApp()
  const sayBefore = useSayBefore()
  const { next, refused } = route.useSearch()
  const { data: ways } = useAnswer(readSignInWays, { query: { refused } })
  const [step, setStep] = useState<'password' | 'code'>()

  function onDone({ me, before }: Answer<typeof signIn>): void {
    if (me === null) {
      setStep('code')
      return
    }
    if (before) notification.open({ ...sayBefore(before), duration: 8, placement: 'bottomLeft' })
    client.clear()
    router.clearCache()
    if (me.due) void router.navigate({ to: '/due', search: { next } })
    else router.history.push(insideOf(next))
  }

  return (
    <Gate>
      {(step ?? (ways?.codeDue ? 'code' : 'password')) === 'code' ? (
        <CodeStep onDone={onDone} onBack={() => setStep('password')} />
      ) : (
        <>
          <ProviderDoor next={next} refused={refused} />
          <PasswordStep onDone={onDone} />
        </>
      )}
    </Gate>
  )
}
