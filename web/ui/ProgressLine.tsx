import { Button } from 'antd'
import type { ReactNode } from 'react'
import css from './page.module.css'

/** How far a piece of work is: what is being done, how much, how fast, how long still; a way to stop it. */
export function ProgressLine(of: {
  phase: string
  /** 0–1; null while nobody knows. */
  share: number | null
  details: readonly string[]
  stop?: { name: string; run: () => void; asked: boolean }
}): ReactNode {
  const percent = of.share === null ? undefined : Math.round(of.share * 100)
  return (
    <div className={css.progress}>
      <div className={css.progressLine} aria-live="polite">
        <strong>{of.phase}</strong>
        {percent !== undefined && <span>{percent}%</span>}
        {of.details.map((detail) => (
          <span key={detail} className={css.why}>
            {detail}
          </span>
        ))}
        {of.stop && (
          <Button size="small" onClick={of.stop.run} loading={of.stop.asked}>
            {of.stop.name}
          </Button>
        )}
      </div>
      <div
        className={css.bar}
        role="progressbar"
        aria-label={of.phase}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        data-unknown={percent === undefined}
      >
        <i style={percent === undefined ? undefined : { width: `${percent}%` }} />
      </div>
    </div>
  )
}
