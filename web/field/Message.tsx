import type { ReactNode } from 'react'
import { useSay } from '../language.ts'
import css from './field.module.css'

const WORDS = { again: { zh: '重试', en: 'Try again' } } as const

/** Something to know instead of a page, what to do about it, and the way to try again. */
export function Message(of: {
  title: string
  step: string
  again?: () => void
  children?: ReactNode
}): ReactNode {
  const say = useSay()
  return (
    <div className={css.message} role="alert">
      <strong>{of.title}</strong>
      <p>{of.step}</p>
      {of.children}
      {of.again && (
        <button type="button" className={css.primary} onClick={of.again}>
          {say(WORDS.again)}
        </button>
      )}
    </div>
  )
}
