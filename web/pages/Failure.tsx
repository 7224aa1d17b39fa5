import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useSay } from '../language.ts'
import { EmptyState, ProblemNotice } from '../ui/Notices.tsx'
import { COMMON } from '../words.ts'

const WORDS = {
  missing: { zh: '没有这个页面', en: 'There is no such page' },
  step: { zh: '请检查地址，或从今日开始。', en: 'Check the address, or start from Today.' },
  home: { zh: '去今日', en: 'Go to Today' },
} as const

/** What stands in the place of a page that could not be made. */
export function Failure({ error, reset }: ErrorComponentProps): ReactNode {
  const say = useSay()
  return (
    <div style={{ padding: 24 }}>
      <ProblemNotice
        sentence={error instanceof Error ? error.message : String(error)}
        again={{
          name: say(COMMON.again),
          run: () => {
            reset()
            location.reload()
          },
        }}
      />
    </div>
  )
}

export function NotFound(): ReactNode {
  const say = useSay()
  return (
    <EmptyState title={say(WORDS.missing)} step={say(WORDS.step)}>
      <Link to="/">{say(WORDS.home)}</Link>
    </EmptyState>
  )
}
