import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import css from './page.module.css'

/** An empty list: what that means and what to do next. */
export function EmptyState(of: { title: string; step: string; children?: ReactNode }): ReactNode {
  return (
    <div className={css.empty}>
      <strong>{of.title}</strong>
      {of.step}
      {of.children && <div>{of.children}</div>}
    </div>
  )
}

/** What went wrong, in the sentence of whoever refused, and the way to try again. */
export function ProblemNotice(of: {
  sentence: string
  again?: { name: string; run: () => void }
}): ReactNode {
  return (
    <div className={css.problem} role="alert">
      <p>{of.sentence}</p>
      {of.again && <Button onClick={of.again.run}>{of.again.name}</Button>}
    </div>
  )
}

/** Things worth knowing before going on; none: nothing is shown. */
export function Warnings(of: { name: string; lines: readonly string[] }): ReactNode {
  if (of.lines.length === 0) return null
  return (
    <ul className={css.notice} aria-label={of.name}>
      {of.lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

/** The next step of a page, with the reason, as the first thing one sees. */
export function NextStep(of: { title: string; why: string; children: ReactNode }): ReactNode {
  return (
    <section className={css.next} aria-label={of.title}>
      <p>
        <strong>{of.title}</strong>
        <span className={css.why}>{of.why}</span>
      </p>
      {of.children}
    </section>
  )
}

/** Lines in the place of what is being asked for. */
export function Waiting(of: { name: string; lines?: number }): ReactNode {
  return (
    <div role="status" aria-label={of.name}>
      <Skeleton active title={false} paragraph={{ rows: of.lines ?? 6 }} />
    </div>
  )
}

export type Tone = 'plain' | 'good' | 'soon' | 'late'

/** A state in a word; the colour is never the only sign. */
export function Mark(of: { tone?: Tone; children: ReactNode }): ReactNode {
  return (
    <span className={css.mark} data-tone={of.tone ?? 'plain'}>
      {of.children}
    </span>
  )
}

/** A list of facts: name and value in pairs. */
export function Facts(of: {
  facts: readonly Readonly<{ name: string; value: ReactNode }>[]
}): ReactNode {
  return (
    <dl className={css.facts}>
      {of.facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Two columns that become one where the window is narrow. */
export function Columns(of: { children: ReactNode }): ReactNode {
  return <div className={css.columns}>{of.children}</div>
}
