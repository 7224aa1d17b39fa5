import type { ReactNode } from 'react'
import { useSay } from '../language.ts'
import css from './field.module.css'

const WORDS = {
  title: { zh: '还差一步', en: 'One more step' },
  why: {
    zh: '开始工作前，请先完成帐号安全设置。',
    en: 'Before the work begins, make your account safe.',
  },
  go: { zh: '去完成', en: 'Do it now' },
} as const

/** The way to what has to be done about the account before the list is shown, and back. */
export function Due(): ReactNode {
  const say = useSay()
  return (
    <div className={css.message}>
      <strong>{say(WORDS.title)}</strong>
      <p>{say(WORDS.why)}</p>
      <a className={css.primary} href="/due?next=%2Ffield">
        {say(WORDS.go)}
      </a>
    </div>
  )
}
