import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { signIn } from '#contract/session.ts'
import { useCommand } from '../../ask.ts'
import { setLanguage, useLanguage, useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import css from '../frame.module.css'

const WORDS = {
  product: { zh: '守网 Gridkeeper', en: 'Gridkeeper 守网' },
  for: { zh: '保住每一户，做好每一天。', en: 'Keep every household, one good day at a time.' },
  account: { zh: '帐号', en: 'Account' },
  password: { zh: '密码', en: 'Password' },
  enter: { zh: '登录', en: 'Sign in' },
  needed: { zh: '请填写', en: 'Fill this in' },
  other: { zh: 'English', en: '中文' },
} as const

type Fields = { account: string; password: string }

const route = getRouteApi('/sign-in')

export function SignIn(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const router = useRouter()
  const client = useQueryClient()
  const { next } = route.useSearch()
  const enter = useCommand(signIn, {
    onDone: () => {
      client.clear()
      router.clearCache()
      router.history.push(insideOf(next))
    },
  })
  const rules = [{ required: true, message: say(WORDS.needed) }]
  return (
    <main className={css.gate}>
      <Form<Fields>
        layout="vertical"
        onFinish={(body) => enter.mutate({ body })}
        requiredMark={false}
      >
        <h1>
          <img
            src={new URL('../../mark.svg', import.meta.url).href}
            alt=""
            width={32}
            height={32}
          />
          {say(WORDS.product)}
        </h1>
        <p>{say(WORDS.for)}</p>
        {enter.error && <ProblemNotice sentence={enter.error.message} />}
        <Form.Item name="account" label={say(WORDS.account)} rules={rules}>
          <Input autoComplete="username" autoFocus size="large" />
        </Form.Item>
        <Form.Item name="password" label={say(WORDS.password)} rules={rules}>
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={enter.isPending}>
          {say(WORDS.enter)}
        </Button>
        <div className={css.gateFoot}>
          <Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
            {say(WORDS.other)}
          </Button>
        </div>
      </Form>
    </main>
  )
}

/** Only addresses of this site are gone back to. */
function insideOf(next: string | undefined): string {
  return next?.startsWith('/') && !next.startsWith('//') ? next : '/'
}
