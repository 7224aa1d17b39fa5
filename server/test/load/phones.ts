import { setTimeout as wait } from 'node:timers/promises'
import { SESSION_COOKIE } from '#platform/http.ts'
import { openPhone, type Reached } from '../phone.ts'
import type { Visitor } from './morning.ts'

export type Took = Readonly<{ call: string; status: number; ms: number }>

/** The server over real connections; how long each call took, from its first byte to its last. */
export function reached(url: string, took: Took[]): Reached {
  return {
    post: async (path, who, body) => {
      const began = performance.now()
      const answer = await fetch(new URL(`/api/v1${path}`, url), {
        method: 'POST',
        headers: {
          cookie: `${SESSION_COOKIE}=${who?.cookie}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      })
      const told: unknown = await answer.json()
      const { status } = answer
      took.push({ call: path.split('/').at(-1) ?? '', status, ms: performance.now() - began })
      return { status, body: told, headers: {} }
    },
  }
}

/** What came of the morning of one phone. */
export type Came = Readonly<{ doors: number; outcomes: readonly string[] }>

/** What a phone does in the morning: registers, takes the list along, delivers three results. */
export async function morningOf(
  server: Reached,
  { who, tasks }: Visitor,
  clock: () => Date,
): Promise<Came> {
  const phone = await openPhone(server, who, { clock })
  const pack = await phone.pack()
  const items = await Promise.all(tasks.slice(0, 3).map((task) => phone.record(task)))
  const { items: delivered } = await phone.deliver(items)
  return { doors: pack.tasks.length, outcomes: delivered.map(({ outcome }) => outcome) }
}

/** All of them, as far apart as `comings` says, whatever becomes of those before. */
export const allMornings = (
  server: Reached,
  visitors: readonly Visitor[],
  { withinMs, clock }: Readonly<{ withinMs: number; clock: () => Date }>,
): Promise<Came[]> => {
  const at = comings(visitors.length, withinMs)
  return Promise.all(
    visitors.map(async (visitor, nth) => {
      await wait(at[nth])
      return morningOf(server, visitor, clock)
    }),
  )
}

/** When each phone comes: as far apart as waiting times without a memory, the same on every run. */
function comings(phones: number, withinMs: number): number[] {
  let state = 20261121
  const draw = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state + 1) / 2 ** 32
  }
  const gaps = Array.from({ length: phones }, () => -Math.log(draw()))
  const whole = gaps.reduce((sum, gap) => sum + gap, 0)
  let at = 0
  return gaps.map((gap) => {
    at += gap
    return (at / whole) * withinMs
  })
}

/** The so-many-eth part of what it took, in whole milliseconds. */
export function quantile(ms: readonly number[], share: number): number {
  const sorted = ms.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN)
}
