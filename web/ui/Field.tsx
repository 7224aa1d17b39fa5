import type { ReactNode } from 'react'
import css from './field.module.css'

/** Controls under their names, as many beside each other as the window holds. */
export function Fields(of: { children: ReactNode }): ReactNode {
  return <div className={css.form}>{of.children}</div>
}

/**
 * A control under its name, with what is wrong with it just below. The control says its name itself
 * (`aria-label`), so that one field may hold several.
 */
export function Field(of: {
  /** Absent where the heading above says it. */
  name?: string
  hint?: ReactNode
  wrong?: string | undefined
  /** As wide as the form. */
  wide?: boolean
  children: ReactNode
}): ReactNode {
  return (
    <div className={css.field} data-wide={of.wide ?? false}>
      {of.name && (
        <span className={css.name} aria-hidden="true">
          {of.name}
        </span>
      )}
      {of.children}
      {of.wrong ? (
        <span className={css.wrong} role="alert">
          {of.wrong}
        </span>
      ) : (
        of.hint && <span className={css.hint}>{of.hint}</span>
      )}
    </div>
  )
}

/** What a form ends with. */
export function FormFoot(of: { children: ReactNode }): ReactNode {
  return <div className={css.foot}>{of.children}</div>
}
