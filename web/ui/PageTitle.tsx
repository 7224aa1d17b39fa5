import type { ReactNode } from 'react'
import css from './page.module.css'

/** What a page is about, the one figure that matters, what it was true of, and what can be done. */
export function PageTitle(of: {
  title: string
  figure?: ReactNode
  asOf?: ReactNode
  children?: ReactNode
}): ReactNode {
  return (
    <header className={css.title}>
      <title>{`${of.title} · 守网 Gridkeeper`}</title>
      <div className={css.titleWords}>
        <h1>{of.title}</h1>
        {of.figure && <span className={css.figure}>{of.figure}</span>}
        {of.asOf && <span className={css.asOf}>{of.asOf}</span>}
      </div>
      {of.children && <div className={css.actions}>{of.children}</div>}
    </header>
  )
}

/** A part of a page under its own heading. */
export function Part(of: {
  title: string
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
}): ReactNode {
  return (
    <section className={css.part} aria-label={of.title}>
      <header className={css.partTitle}>
        <h2>{of.title}</h2>
        {of.note && <span className={css.asOf}>{of.note}</span>}
        {of.actions && <div className={css.actions}>{of.actions}</div>}
      </header>
      {of.children}
    </section>
  )
}

/** Filters as a sentence above a list. */
export function FilterBar(of: { name: string; children: ReactNode }): ReactNode {
  return (
    <search className={css.filters} aria-label={of.name}>
      {of.children}
    </search>
  )
}

/** A filter of the bar with its name before it. */
export function Filter(of: { name: string; children: ReactNode }): ReactNode {
  return (
    <span className={css.filter}>
      <span className={css.filterName} aria-hidden="true">
        {of.name}
      </span>
      {of.children}
    </span>
  )
}
