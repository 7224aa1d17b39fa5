import { HANDS_ON, type HandsOn } from './crews.ts'

/** When a visit is open: an instant each, and the farming seasons that shaped it. */
export type VisitTime = Readonly<{ start: string; end: string; seasonIds: readonly string[] }>

/** How candidates of one campaign in one town may be met, as the decision left it. */
export type Wanted = Readonly<{
  campaign: string
  townCode: string | null
  /** In order of preference, messages included. */
  touchpoints: readonly string[]
}>

export type Wish = Wanted &
  Readonly<{
    /** The touchpoints that take a person and have a window on the day, in order of preference. */
    open: readonly HandsOn[]
    /** Whether a person may meet them at all, on whichever day. */
    mayBeMet: boolean
    visits: readonly Readonly<{ touchpoint: HandsOn; time: VisitTime }>[]
    /** What whoever meets them must be able to do; null: anybody may. */
    skill: string | null
  }>

/** Asks the calendar when each touchpoint is open; what has no window on the day is left out. */
export function openWish(
  wanted: Wanted,
  firstWindow: (touchpoint: HandsOn) => VisitTime | undefined,
  skill: string | null = null,
): Wish {
  const byHand = HANDS_ON.filter((touchpoint) => wanted.touchpoints.includes(touchpoint))
  const preferred = byHand.toSorted(
    (a, b) => wanted.touchpoints.indexOf(a) - wanted.touchpoints.indexOf(b),
  )
  const visits = preferred.flatMap((touchpoint) => {
    const time = firstWindow(touchpoint)
    return time ? [{ touchpoint, time }] : []
  })
  return {
    ...wanted,
    open: visits.map(({ touchpoint }) => touchpoint),
    mayBeMet: byHand.length > 0,
    visits,
    skill,
  }
}
