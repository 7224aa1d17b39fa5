import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { signIn } from '#contract/session.ts'
import { useCommand } from '../ask.ts'
import { setLanguage, useLanguage, useSay } from '../language.ts'
import css from './field.module.css'

const WORDS = {
  product: { zh: '守网 Gridkeeper', en: 'Gridkeeper 守网' },
  for: { zh: '保住每一户，做好每一天。', en: 'Keep every household, one good day at a time.' },
  account: { zh: '帐号', en: 'Account' },
  password: { zh: '密码', en: 'Password' },
  enter: { zh: '登录', en: 'Sign in' },
  other: { zh: 'English', en: '中文' },
} as const

export function SignIn(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const client = useQueryClient()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const enter = useCommand(signIn, { onDone: () => client.resetQueries() })

  function submit(event: FormEvent): void {
    event.preventDefault()
    enter.mutate({ body: { account, password } })
  }

  return (
    <main className={css.gate}>
      <form onSubmit={submit}>
        <h1>{say(WORDS.product)}</h1>
        <p>{say(WORDS.for)}</p>
        {enter.error && (
          <p className={css.problem} role="alert">
            {enter.error.message}
          </p>
        )}
        <label>
          {say(WORDS.account)}
          <input
            required
            autoComplete="username"
            autoCapitalize="none"
            value={account}
            onChange={({ target }) => setAccount(target.value)}
          />
        </label>
        <label>
          {say(WORDS.password)}
          <input
            required
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
        </label>
        <button type="submit" className={css.primary} disabled={enter.isPending}>
          {say(WORDS.enter)}
        </button>
        <button
          type="button"
          className={css.plain}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {say(WORDS.other)}
        </button>
      </form>
    </main>
  )
}
