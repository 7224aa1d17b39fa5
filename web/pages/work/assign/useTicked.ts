import { useState } from 'react'
import { GIVEN_MOST } from '#contract/tasks.ts'
import { useSay } from '../../../language.ts'
import { useMay } from '../../../may.ts'
import type { Ticking } from '../../../ui/DataTable.tsx'

const WORDS = {
  all: { zh: '全选本页', en: 'All of this page' },
  one: { zh: '选择{name}', en: 'Choose {name}' },
  full: { zh: '一次最多选 {most} 户。', en: '{most} at most are chosen at once.' },
} as const

/** A subscriber whose household gets a task, as the list shows them. */
export type Ticked = Readonly<{ subscriberId: string; name: string | null; address: string | null }>

/** Who is ticked, across the pages of a list, by their ids in the order of ticking. */
export type TickedNow = Readonly<{
  ticked: readonly Ticked[]
  untick: (subscriberIds: readonly string[]) => void
  /** Undefined for whoever may not give tasks: there is nothing to tick. */
  ticking: Ticking<Ticked> | undefined
}>

/** What is ticked of a list of subscribers, at most as many as can be given at once. */
export function useTicked(): TickedNow {
  const say = useSay()
  const mayAssign = useMay('task:assign')
  const [ticked, setTicked] = useState<ReadonlyMap<string, Ticked>>(new Map())
  const without = (subscriberIds: readonly string[]) =>
    setTicked((before) => {
      const next = new Map(before)
      for (const subscriberId of subscriberIds) next.delete(subscriberId)
      return next
    })
  const tick = (rows: readonly Ticked[], on: boolean) => {
    if (!on) return without(rows.map(({ subscriberId }) => subscriberId))
    setTicked((before) => {
      const next = new Map(before)
      for (const { subscriberId, name, address } of rows)
        if (next.size < GIVEN_MOST) next.set(subscriberId, { subscriberId, name, address })
      return next
    })
  }
  const ticking = {
    isTicked: ({ subscriberId }: Ticked) => ticked.has(subscriberId),
    tick,
    all: say(WORDS.all),
    one: ({ subscriberId, name }: Ticked) =>
      say(WORDS.one, { name: [name, subscriberId].filter(Boolean).join(' ') }),
    full: ticked.size < GIVEN_MOST ? undefined : say(WORDS.full, { most: GIVEN_MOST }),
  }
  return {
    ticked: [...ticked.values()],
    untick: without,
    ticking: mayAssign ? ticking : undefined,
  }
}
