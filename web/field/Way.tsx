import type { MouseEvent, ReactNode } from 'react'
import { go } from './route.ts'

/** A link within the phone’s pages; opened elsewhere (new tab, long press) it is an ordinary link. */
export function Way(of: {
  to: string
  className?: string | undefined
  current?: boolean
  children: ReactNode
}): ReactNode {
  return (
    <a
      href={of.to}
      className={of.className}
      aria-current={of.current ? 'page' : undefined}
      onClick={(event: MouseEvent) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        go(of.to)
      }}
    >
      {of.children}
    </a>
  )
}
