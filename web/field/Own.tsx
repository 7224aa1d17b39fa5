import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useSay } from '../language.ts'
import { DayPage } from './day/DayPage.tsx'
import { isRead, type Me } from './day/phone-state.ts'
import { phone, usePhone } from './day/store.ts'
import css from './field.module.css'
import { ListPage } from './ListPage.tsx'
import { Message } from './Message.tsx'

const SetPinPage = lazy(() =>
  import('./day/PinPage.tsx').then(({ SetPinPage: page }) => ({ default: page })),
)

const WORDS = {
  title: { zh: '带上今天的清单', en: 'Take today’s list along' },
  why: {
    zh: '设一个清单密码，没有网络也能看清单、登记结果。登记结果要先带上清单。',
    en: 'Choose a PIN, and the list can be read and results recorded without a network. Results are recorded on a list that is taken along.',
  },
  take: { zh: '设密码，带上清单', en: 'Choose a PIN and take it' },
  unable: {
    zh: '这个浏览器不能离线保存（需要 HTTPS，且不在无痕模式），这里只能看清单，不能登记结果。',
    en: 'This browser keeps nothing for later (that takes HTTPS, and no private window): the list can be read here, and no results recorded.',
  },
  altered: { zh: '离线清单不能用', en: 'The list cannot be used' },
} as const

/** The own list of today: the one in the hand, or that of the server with the way to take it along. */
export function Own({ me, branchId }: { me: Me; branchId: string }): ReactNode {
  const say = useSay()
  const { standing, pack, notice } = usePhone()
  const [isChoosing, setChoosing] = useState(false)
  if (standing === 'open' && typeof pack === 'string')
    return (
      <Message
        title={say(WORDS.altered)}
        step={notice ? say(notice) : ''}
        again={() => void phone.sync({ now: true })}
      />
    )
  if (standing === 'open' && isRead(pack)) return <DayPage pack={pack} canCall={me.canCall} />
  if (isChoosing)
    return (
      <Suspense>
        <SetPinPage me={me} onClose={() => setChoosing(false)} />
      </Suspense>
    )
  return (
    <>
      {me.can.includes('task:work') && (
        <section className={css.offerList}>
          {standing === 'unable' ? (
            <p>{say(WORDS.unable)}</p>
          ) : (
            <>
              <h2>{say(WORDS.title)}</h2>
              <p>{say(WORDS.why)}</p>
              <button type="button" className={css.primary} onClick={() => setChoosing(true)}>
                {say(WORDS.take)}
              </button>
            </>
          )}
        </section>
      )}
      <ListPage
        branchId={branchId}
        staffId={me.staffId}
        own
        date={undefined}
        canCall={me.canCall}
      />
    </>
  )
}
