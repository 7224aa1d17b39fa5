import type { ReactNode } from 'react'
import { readSignInWays, startSso } from '#contract/sso.ts'
import { urlOf } from '../api.ts'
import { useAnswer } from '../ask.ts'
import { useSay } from '../language.ts'
import css from './provider.module.css'

const WORDS = { enter: { zh: '用{name}登录', en: 'Sign in with {name}' } } as const

/** The way in through the identity provider, where there is one. */
export function ProviderLink(): ReactNode {
  const say = useSay()
  const { data: ways } = useAnswer(readSignInWays, {})
  if (!ways?.provider) return null
  return (
    <a className={css.provider} href={urlOf(startSso, { query: { to: '/field' } })}>
      {say(WORDS.enter, { name: say(ways.provider.name) })}
    </a>
  )
}
