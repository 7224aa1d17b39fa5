import type { ReactNode } from 'react'
import { type Before, useSayBefore } from '../before.ts'
import { useSay } from '../language.ts'
import { COMMON } from '../words.ts'
import css from './field.module.css'

/** When and from where the person signed in last, until it is read. */
export function LastSignIn(of: { before: Before; onClose: () => void }): ReactNode {
  const say = useSay()
  const { title, description } = useSayBefore()(of.before)
  return (
    <div className={css.told} role="status">
      <p>
        <strong>{title}</strong> {description}
      </p>
      <button type="button" className={css.plain} onClick={of.onClose}>
        {say(COMMON.close)}
      </button>
    </div>
  )
}
