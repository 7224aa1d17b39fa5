import { type ReactNode, useState } from 'react'
import { useSay } from '../language.ts'
import css from './field.module.css'
import { useRoute, WAY_TO_ME, wayToList } from './route.ts'
import { Way } from './Way.tsx'

const WORDS = {
  tabs: { zh: '主导航', en: 'Main navigation' },
  today: { zh: '今日', en: 'Today' },
  orders: { zh: '订单', en: 'Orders' },
  ordersWhy: { zh: '订单随订单模块提供。', en: 'Orders arrive with the orders module.' },
  earnings: { zh: '收入', en: 'Earnings' },
  earningsWhy: { zh: '收入随激励模块提供。', en: 'Earnings arrive with the incentives module.' },
  me: { zh: '我', en: 'Me' },
} as const

/** The four places of the phone, at the bottom, in reach of a thumb. */
export function Tabs(): ReactNode {
  const say = useSay()
  const { page } = useRoute()
  const isMine = page === 'me' || page === 'visits'
  const [asked, setAsked] = useState<'orders' | 'earnings'>()
  return (
    <nav className={css.tabs} aria-label={say(WORDS.tabs)}>
      <Way to={wayToList(undefined)} current={!isMine && page !== 'missing'}>
        {say(WORDS.today)}
      </Way>
      {(['orders', 'earnings'] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-disabled="true"
          onClick={() => setAsked(asked === name ? undefined : name)}
          aria-label={`${say(WORDS[name])} · ${say(WORDS[`${name}Why`])}`}
        >
          {say(WORDS[name])}
        </button>
      ))}
      <Way to={WAY_TO_ME} current={isMine}>
        {say(WORDS.me)}
      </Way>
      {asked && (
        <p className={css.reason} role="status">
          {say(WORDS[`${asked}Why`])}
        </p>
      )}
    </nav>
  )
}
