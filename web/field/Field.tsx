import { type ReactNode, useState } from 'react'
import { whoAmI } from '#contract/session.ts'
import { Problem } from '../api.ts'
import { useAnswer } from '../ask.ts'
import type { Before } from '../before.ts'
import { useSay } from '../language.ts'
import { Due } from './Due.tsx'
import css from './field.module.css'
import { LastSignIn } from './LastSignIn.tsx'
import { ListPage } from './ListPage.tsx'
import { Me } from './Me.tsx'
import { Message } from './Message.tsx'
import { Online } from './Online.tsx'
import { useRoute, WAY_TO_ME, wayToList } from './route.ts'
import { SignIn } from './SignIn.tsx'
import { Way } from './Way.tsx'

const WORDS = {
  tabs: { zh: '主导航', en: 'Main navigation' },
  today: { zh: '今日', en: 'Today' },
  orders: { zh: '订单', en: 'Orders' },
  ordersWhy: { zh: '订单随订单模块提供。', en: 'Orders arrive with the orders module.' },
  earnings: { zh: '收入', en: 'Earnings' },
  earningsWhy: { zh: '收入随激励模块提供。', en: 'Earnings arrive with the incentives module.' },
  me: { zh: '我', en: 'Me' },
  loading: { zh: '正在读取', en: 'Loading' },
  missing: { zh: '没有这个页面', en: 'There is no such page' },
  missingStep: { zh: '点“今日”看清单。', en: 'Choose “Today” for the list.' },
} as const

/** The phone’s face: the person’s list of the day, their account, and what is still to come. */
export function Field(): ReactNode {
  const say = useSay()
  const session = useAnswer(whoAmI, {})
  const [before, setBefore] = useState<Before | null>(null)
  const { data: me, error } = session
  if (error instanceof Problem && error.status === 401) return <SignIn told={setBefore} />
  if (error) return <Message title={error.message} step="" again={() => void session.refetch()} />
  if (!me) return <p role="status">{say(WORDS.loading)}</p>
  if (me.due) return <Due />
  return (
    <div className={css.frame}>
      <Online />
      {before && <LastSignIn before={before} onClose={() => setBefore(null)} />}
      <Page me={me} />
      <Tabs />
    </div>
  )
}

function Page({ me }: { me: Parameters<typeof Me>[0]['me'] }): ReactNode {
  const say = useSay()
  const route = useRoute()
  const branchId = me.branchId ?? me.branches[0]?.unitId ?? ''
  if (route.page === 'me') return <Me me={me} />
  if (route.page === 'missing')
    return <Message title={say(WORDS.missing)} step={say(WORDS.missingStep)} />
  return (
    <ListPage
      branchId={branchId}
      staffId={route.staffId ?? me.staffId}
      own={route.staffId === undefined || route.staffId === me.staffId}
      date={route.date}
      canCall={me.canCall}
    />
  )
}

function Tabs(): ReactNode {
  const say = useSay()
  const { page } = useRoute()
  const [asked, setAsked] = useState<'orders' | 'earnings'>()
  return (
    <nav className={css.tabs} aria-label={say(WORDS.tabs)}>
      <Way to={wayToList(undefined)} current={page === 'list'}>
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
      <Way to={WAY_TO_ME} current={page === 'me'}>
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
