import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { giveSecondFactor, signIn } from '#contract/session.ts'
import { readSignInWays } from '#contract/sso.ts'
import type { Answer } from '../api.ts'
import { useAnswer, useCommand } from '../ask.ts'
import type { Before } from '../before.ts'
import { setLanguage, useLanguage, useSay } from '../language.ts'
import { usePhone } from './day/store.ts'
import css from './field.module.css'
import { ProviderLink } from './ProviderLink.tsx'

const WORDS = {
  product: { zh: '守网 Gridkeeper', en: 'Gridkeeper 守网' },
  for: { zh: '保住每一户，做好每一天。', en: 'Keep every household, one good day at a time.' },
  account: { zh: '帐号', en: 'Account' },
  password: { zh: '密码', en: 'Password' },
  enter: { zh: '登录', en: 'Sign in' },
  code: { zh: '验证码', en: 'Code' },
  codeHint: {
    zh: '验证器应用显示的 6 位数字，或一个恢复码。',
    en: 'Six digits from the authenticator app, or a recovery code.',
  },
  goOn: { zh: '继续', en: 'Go on' },
  other: { zh: 'English', en: '中文' },
  waiting: {
    zh: '这台手机上还有 {count} 条没有发送，登录后自动发送。',
    en: '{count} on this phone are not sent yet; they are sent once you sign in.',
  },
} as const

/** The way in, in two steps where there is a second factor; `told` hears of the sign-in before. */
export function SignIn(of: { told: (before: Before | null) => void }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const client = useQueryClient()
  const { data: ways } = useAnswer(readSignInWays, {})
  const [isBegun, setBegun] = useState(false)
  const { items, notice } = usePhone()
  const waiting = items.filter(({ state }) => state === 'waiting').length
  const halfWay = isBegun || ways?.codeDue

  function onDone({ me, before }: Answer<typeof signIn>): void {
    if (me === null) {
      setBegun(true)
      return
    }
    of.told(before)
    void client.resetQueries()
  }

  return (
    <main className={css.gate}>
      <div>
        <h1>{say(WORDS.product)}</h1>
        <p>{say(WORDS.for)}</p>
        {notice && <p role="status">{say(notice)}</p>}
        {waiting > 0 && <p role="status">{say(WORDS.waiting, { count: waiting })}</p>}
        {halfWay ? <CodeForm onDone={onDone} /> : <PasswordForm onDone={onDone} />}
        {!halfWay && <ProviderLink />}
        <button
          type="button"
          className={css.plain}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {say(WORDS.other)}
        </button>
      </div>
    </main>
  )
}

type Step = { onDone: (answer: Answer<typeof signIn>) => void }

function PasswordForm({ onDone }: Step): ReactNode {
  const say = useSay()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const enter = useCommand(signIn, { onDone })

  function submit(event: FormEvent): void {
    event.preventDefault()
    enter.mutate({ body: { account, password } })
  }

  return (
    <form onSubmit={submit}>
      {enter.error && <Refused sentence={enter.error.message} />}
      <label>
        {say(WORDS.account)}
        <input
          required
          autoComplete="username"
          autoCapitalize="none"
          maxLength={80}
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
          maxLength={200}
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </label>
      <button type="submit" className={css.primary} disabled={enter.isPending}>
        {say(WORDS.enter)}
      </button>
    </form>
  )
}

function CodeForm({ onDone }: Step): ReactNode {
  const say = useSay()
  const [code, setCode] = useState('')
  const enter = useCommand(giveSecondFactor, { onDone })

  function submit(event: FormEvent): void {
    event.preventDefault()
    enter.mutate({ body: { code } })
  }

  return (
    <form onSubmit={submit}>
      {enter.error && <Refused sentence={enter.error.message} />}
      <label>
        {say(WORDS.code)}
        <input
          required
          autoComplete="one-time-code"
          autoCapitalize="none"
          // biome-ignore lint/a11y/noAutofocus: the one field of this step, reached by the one before
          autoFocus
          minLength={6}
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      </label>
      <p>{say(WORDS.codeHint)}</p>
      <button type="submit" className={css.primary} disabled={enter.isPending}>
        {say(WORDS.goOn)}
      </button>
    </form>
  )
}

function Refused({ sentence }: { sentence: string }): ReactNode {
  return (
    <p className={css.problem} role="alert">
      {sentence}
    </p>
  )
}
