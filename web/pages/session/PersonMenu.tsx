import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { signOut } from '#contract/session.ts'
import { useCommand } from '../../ask.ts'
import { setLanguage, useLanguage, useSay } from '../../language.ts'
import { useStanding } from '../../place.ts'
import { setWish, useWish, type Wish } from '../../ui/mode.ts'
import { ROLES } from '../../words.ts'
import css from '../frame.module.css'

const WORDS = {
  other: { zh: 'English', en: '中文' },
  me: { zh: '我的帐号：{name}', en: 'My account: {name}' },
  list: { zh: '我的清单（手机版）', en: 'My list (phone)' },
  account: { zh: '我的帐号', en: 'My account' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  look: { zh: '外观', en: 'Appearance' },
  light: { zh: '浅色', en: 'Light' },
  dark: { zh: '深色', en: 'Dark' },
  system: { zh: '跟随系统', en: 'As the system' },
} as const

/** The language switch and what a person can do about their own account. */
export function PersonMenu(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { me } = useStanding()
  const wish = useWish()
  const go = useNavigate()
  const client = useQueryClient()
  const leave = useCommand(signOut, {
    onDone: ({ leaveAt }) => {
      if (leaveAt !== null) location.assign(leaveAt)
      else void go({ to: '/sign-in' }).then(() => client.clear())
    },
  })
  const looks = (['light', 'dark', 'system'] as const).map((key) => ({
    key,
    label: `${say(WORDS[key])}${key === wish ? ' ✓' : ''}`,
  }))
  return (
    <div className={css.menu}>
      <Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
        {say(WORDS.other)}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            {
              key: 'who',
              disabled: true,
              label: me.roles.map((role) => say(ROLES[role])).join(' · '),
            },
            { key: 'list', label: say(WORDS.list) },
            { key: 'account', label: say(WORDS.account) },
            { key: 'look', label: say(WORDS.look), children: looks },
            { type: 'divider' },
            { key: 'leave', label: say(WORDS.signOut) },
          ],
          onClick: ({ key }) => {
            if (key === 'leave') leave.mutate({})
            else if (key === 'account') void go({ to: '/settings/account' })
            else if (key === 'list') location.assign('/field')
            else if (isWish(key)) setWish(key)
          },
        }}
      >
        <Button type="text" aria-label={say(WORDS.me, { name: me.name })} aria-haspopup="menu">
          {me.name}
        </Button>
      </Dropdown>
    </div>
  )
}

function isWish(key: string): key is Wish {
  return key === 'light' || key === 'dark' || key === 'system'
}
