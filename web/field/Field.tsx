import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { whoAmI } from '#contract/session.ts'
import { Problem } from '../api.ts'
import { useAnswer } from '../ask.ts'
import type { Before } from '../before.ts'
import { useSay } from '../language.ts'
import { Due } from './Due.tsx'
import { Band } from './day/Band.tsx'
import type { Me as SignedIn } from './day/phone-state.ts'
import { phone, usePhone } from './day/store.ts'
import css from './field.module.css'
import { LastSignIn } from './LastSignIn.tsx'
import { ListPage } from './ListPage.tsx'
import { Message } from './Message.tsx'
import { Own } from './Own.tsx'
import { useRoute } from './route.ts'
import { SignIn } from './SignIn.tsx'
import { Tabs } from './Tabs.tsx'

const UnlockPage = lazy(() =>
  import('./day/PinPage.tsx').then(({ UnlockPage: page }) => ({ default: page })),
)
const MyDay = lazy(() => import('./day/MyDay.tsx').then(({ MyDay: page }) => ({ default: page })))

const EventsPage = lazy(() =>
  import('./events/EventsPage.tsx').then(({ EventsPage: page }) => ({ default: page })),
)
const EventsHint = lazy(() =>
  import('./events/EventsHint.tsx').then(({ EventsHint: part }) => ({ default: part })),
)
const VisitsPage = lazy(() =>
  import('./visits/VisitsPage.tsx').then(({ VisitsPage: page }) => ({ default: page })),
)
const Me = lazy(() => import('./Me.tsx').then(({ Me: part }) => ({ default: part })))

const WORDS = {
  loading: { zh: '正在读取', en: 'Loading' },
  missing: { zh: '没有这个页面', en: 'There is no such page' },
  missingStep: { zh: '点“今日”看清单。', en: 'Choose “Today” for the list.' },
  away: { zh: '没有网络', en: 'There is no network' },
  awayStep: {
    zh: '这台手机上没有可以打开的离线清单。有网络时请登录并带上清单。',
    en: 'There is no list on this phone to open. Sign in and take it along when there is a network.',
  },
  waiting: {
    zh: '还有 {count} 条没有发送，都在这台手机上，不会丢。',
    en: '{count} not sent yet are on this phone; none is lost.',
  },
} as const

/** The phone’s face: the person’s list of the day, their account, and what is still to come. */
export function Field(): ReactNode {
  const say = useSay()
  const session = useAnswer(whoAmI, {})
  const { standing } = usePhone()
  const [before, setBefore] = useState<Before | null>(null)
  const problem = session.error ?? session.failureReason
  const isStranger = problem instanceof Problem && problem.status === 401
  const isAway = !session.data && problem instanceof Problem && problem.code === 'unreachable'
  const { data: me } = session

  // What the phone keeps is the person’s alone: it hears of who came and who went.
  useEffect(() => {
    if (isStranger) void phone.signedOut()
    else if (me?.due === null) void phone.signedIn(me).then(() => phone.sync({ now: false }))
  }, [isStranger, me])

  if (standing === 'looking') return <p role="status">{say(WORDS.loading)}</p>
  if (isStranger) return <SignIn told={setBefore} />
  if (isAway) return <Away again={() => void session.refetch()} />
  if (problem && !me)
    return <Message title={problem.message} step="" again={() => void session.refetch()} />
  if (!me) return <p role="status">{say(WORDS.loading)}</p>
  if (me.due) return <Due />
  return (
    <Frame before={before} onRead={() => setBefore(null)}>
      <Page me={me} />
    </Frame>
  )
}

function Frame(of: { before: Before | null; onRead: () => void; children: ReactNode }): ReactNode {
  return (
    <div className={css.frame}>
      <Band />
      {of.before && <LastSignIn before={of.before} onClose={of.onRead} />}
      {of.children}
      <Tabs />
    </div>
  )
}

/** Without a network: the list in the hand, behind its PIN. */
function Away({ again }: { again: () => void }): ReactNode {
  const say = useSay()
  const { standing, me, items, notice } = usePhone()
  const waiting = items.filter(({ state }) => state === 'waiting').length
  if (standing === 'shut')
    return (
      <Suspense>
        <UnlockPage onForgotten={again} />
      </Suspense>
    )
  if (standing === 'open' && me)
    return (
      <Frame before={null} onRead={() => {}}>
        <Page me={me} />
      </Frame>
    )
  return (
    <Message title={say(WORDS.away)} step={say(notice ?? WORDS.awayStep)} again={again}>
      {waiting > 0 && <p>{say(WORDS.waiting, { count: waiting })}</p>}
    </Message>
  )
}

function Page({ me }: { me: SignedIn }): ReactNode {
  const say = useSay()
  const route = useRoute()
  const { standing, staffId } = usePhone()
  const branchId = me.branchId ?? me.branches[0]?.unitId ?? ''
  if (route.page === 'me')
    return (
      <Suspense>
        <Me me={me} />
      </Suspense>
    )
  if (route.page === 'events')
    return (
      <Suspense>
        <EventsPage branchId={branchId} today={me.today} />
      </Suspense>
    )
  if (route.page === 'visits')
    return (
      <Suspense>
        <VisitsPage branchId={branchId} staffId={me.staffId} today={me.today} />
      </Suspense>
    )
  if (route.page === 'missing')
    return <Message title={say(WORDS.missing)} step={say(WORDS.missingStep)} />
  if (route.page === 'list') {
    const isOther = ![undefined, me.staffId].includes(route.staffId)
    if (isOther || ![undefined, me.today].includes(route.date)) {
      const about = { branchId, staffId: route.staffId ?? me.staffId, date: route.date }
      return <ListPage {...about} own={!isOther} canCall={me.canCall} />
    }
  }
  if (standing === 'shut' && staffId === me.staffId)
    return (
      <Suspense>
        <UnlockPage onForgotten={() => {}} />
      </Suspense>
    )
  if (route.page === 'day')
    return (
      <Suspense>
        <MyDay />
      </Suspense>
    )
  return (
    <>
      {me.can.includes('event:report') && (
        <Suspense>
          <EventsHint branchId={branchId} today={me.today} />
        </Suspense>
      )}
      <Own me={me} branchId={branchId} />
    </>
  )
}
