import type { ReactNode } from 'react'
import type { Endpoint } from '#contract/endpoint.ts'
import type { Answer } from './api.ts'
import type { Asked as Question } from './ask.ts'
import { useSay } from './language.ts'
import { ProblemNotice, Waiting } from './ui/Notices.tsx'
import { COMMON } from './words.ts'

/** Shows the answer, or that it is being asked for, or why there is none. */
export function Asked<E extends Endpoint>(of: {
  of: Question<E>
  lines?: number
  children: (answer: Answer<E>) => ReactNode
}): ReactNode {
  const say = useSay()
  const { data, error } = of.of
  if (error) return <Refused of={of.of} />
  if (data === undefined)
    return <Waiting name={say(COMMON.loading)} {...(of.lines ? { lines: of.lines } : {})} />
  return of.children(data)
}

/** Why a question was not answered, and the way to ask again; else what stands inside. */
export function Refused(of: {
  of: Readonly<{ error: Error | null; refetch: () => Promise<unknown> }>
  children?: ReactNode
}): ReactNode {
  const say = useSay()
  const { error, refetch } = of.of
  if (!error) return of.children
  return (
    <ProblemNotice
      sentence={error.message}
      again={{ name: say(COMMON.again), run: () => void refetch() }}
    />
  )
}
