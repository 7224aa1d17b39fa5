import { useEffect, useState } from 'react'
import { type PersonalField, type UnmaskPurpose, unmaskSubscriber } from '#contract/personal.ts'
import { type Answer, call, Problem } from './api.ts'

export type Unmasked = Answer<typeof unmaskSubscriber>

export type Unmasking = Readonly<{
  shown: Unmasked | null
  problem: Problem | null
  pending: boolean
  ask: (
    why: Readonly<{ purpose: UnmaskPurpose; note: string; fields: PersonalField[] }>,
  ) => Promise<void>
}>

/**
 * A subscriber in clear text, as long as the server lets a screen show it. It stands in the memory of
 * the page alone: no cache keeps it, no address holds it, and leaving the page ends it.
 */
export function useUnmasking(of: { branchId: string; subscriberId: string }): Unmasking {
  const [shown, setShown] = useState<Unmasked | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [pending, setPending] = useState(false)
  // The clock of the screen is outside of React.
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(null), shown.shownForSeconds * 1000)
    return () => clearTimeout(timer)
  }, [shown])
  return {
    ...{ shown, problem, pending },
    ask: async (body) => {
      setPending(true)
      setProblem(null)
      try {
        setShown(await call(unmaskSubscriber, { params: of, body }))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        setProblem(error)
      } finally {
        setPending(false)
      }
    },
  }
}
