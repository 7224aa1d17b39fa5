import { Button, Divider } from 'antd'
import type { ReactNode } from 'react'
import { readSignInWays, startSso } from '#contract/sso.ts'
import { urlOf } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import css from './session.module.css'

const WORDS = {
  enter: { zh: '用{name}登录', en: 'Sign in with {name}' },
  orPassword: { zh: '或用帐号和密码', en: 'or with account and password' },
  emergency: { zh: '仅限应急管理员帐号', en: 'the emergency administrator only' },
} as const

/** The way in through the identity provider, where there is one, and why it was closed last time. */
export function ProviderDoor(of: {
  next: string | undefined
  refused: string | undefined
}): ReactNode {
  const say = useSay()
  const { data: ways } = useAnswer(readSignInWays, { query: { refused: of.refused } })
  if (!ways?.refused && !ways?.provider) return null
  return (
    <div className={css.door}>
      {ways.refused && <ProblemNotice sentence={say(ways.refused)} />}
      {ways.provider && (
        <>
          <Button
            type={ways.password === 'everybody' ? 'default' : 'primary'}
            size="large"
            block
            href={urlOf(startSso, { query: { to: of.next } })}
          >
            {say(WORDS.enter, { name: say(ways.provider.name) })}
          </Button>
          <Divider plain>
            {say(ways.password === 'everybody' ? WORDS.orPassword : WORDS.emergency)}
          </Divider>
        </>
      )}
    </div>
  )
}
