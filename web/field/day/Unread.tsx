import type { ReactNode } from 'react'
import { useSay } from '../../language.ts'
import css from '../field.module.css'
import type { Unread as Counts } from '../vault/pack.ts'
import { useOnline } from './Band.tsx'

const WORDS = {
  title: { zh: '无法显示的内容', en: 'What cannot be shown' },
  tasks: {
    zh: '有 {count} 户无法显示，不在下面的清单里。请刷新页面；刷新后仍有，请问片区经理是哪几户。',
    en: 'Visits that cannot be shown, and are not on the list below: {count}. Reload the page; if that does not help, ask the zone manager which they are.',
  },
  neighbours: {
    zh: '附近有 {count} 户勿扰无法显示。请刷新页面；去清单以外的人家前，先问片区经理。',
    en: 'Doors to leave alone near by that cannot be shown: {count}. Reload the page; before knocking at a door that is not on the list, ask the zone manager.',
  },
  colleagues: {
    zh: '有 {count} 位同事无法显示，暂时不能转交给他们。请刷新页面。',
    en: 'Colleagues who cannot be shown, to whom nothing can be handed over: {count}. Reload the page.',
  },
  events: {
    zh: '有 {count} 场现场活动无法显示。请刷新页面。',
    en: 'Events that cannot be shown: {count}. Reload the page.',
  },
  reload: { zh: '刷新页面', en: 'Reload the page' },
  offline: { zh: '没有网络，联网后再刷新。', en: 'No network; reload when there is one.' },
} as const

const KINDS = ['tasks', 'neighbours', 'colleagues', 'events'] as const

/** How much of the list this page cannot read, and what to do about it; nothing where it reads all. */
export function Unread({ counts }: { counts: Counts }): ReactNode {
  const say = useSay()
  const online = useOnline()
  const some = KINDS.filter((kind) => counts[kind] > 0)
  if (some.length === 0) return null
  return (
    <section className={`${css.order} ${css.orderSoon}`} aria-label={say(WORDS.title)}>
      {some.map((kind) => (
        <p key={kind} role="alert">
          {say(WORDS[kind], { count: counts[kind] })}
        </p>
      ))}
      <button
        type="button"
        className={css.plain}
        aria-disabled={!online}
        aria-describedby="about-reload"
        onClick={() => online && location.reload()}
      >
        {say(WORDS.reload)}
      </button>
      <p className={css.small} id="about-reload">
        {!online && say(WORDS.offline)}
      </p>
    </section>
  )
}
