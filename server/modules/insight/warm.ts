import type { LakeSession } from '#platform/duckdb/lake.ts'
import { interruptible } from '#platform/duckdb/lake.ts'
import type { Works } from '#platform/works.ts'
import { publishSubscribers } from '#subscribers'
import { type Base, publishBase } from './publish-base.ts'

/** The base of a branch and day, open for questions: what is asked next needs no new beginning. */
type Warm = { session: LakeSession; base: Base; shownAt: number; turn: Promise<unknown> }

/** So many bases stay open; whoever was asked longest ago is closed for the next. */
const MOST_OPEN = 4
/** Places, competitors and contacts may be so old; a new snapshot shows at once. */
const FRESH_MS = 60_000

/**
 * Sessions that are kept between questions. They are asked one after the other, as one connection
 * does, and a question whose caller has gone is interrupted.
 */
export type WarmBases = Readonly<{
  ask<T>(
    of: { branchId: string; day: string },
    signal: AbortSignal,
    question: (session: LakeSession, base: Base) => Promise<T>,
  ): Promise<T>
}>

/** The bases kept open for all who work with `works`; they end with its lake. */
export function basesOf(works: Works): WarmBases {
  const bases = opened.get(works) ?? warmBases(works)
  opened.set(works, bases)
  return bases
}
const opened = new WeakMap<Works, WarmBases>()

function warmBases(works: Works): WarmBases {
  const open = new Map<string, Promise<Warm>>()

  const openFor = async (of: { branchId: string; day: string }): Promise<Warm> => {
    const session = await works.lake.session()
    try {
      const base = await publishBase(works, session, of)
      return { session, base, shownAt: works.clock().getTime(), turn: Promise.resolve() }
    } catch (error) {
      await session[Symbol.asyncDispose]()
      throw error
    }
  }

  const refresh = async (warm: Warm, of: { branchId: string; day: string }) => {
    const { snapshotId } = await publishSubscribers(works, warm.session, of.branchId, of.day)
    const age = works.clock().getTime() - warm.shownAt
    if (snapshotId === warm.base.snapshotId && age >= 0 && age < FRESH_MS) return
    warm.base = await publishBase(works, warm.session, of)
    warm.shownAt = works.clock().getTime()
  }

  const close = async (key: string, opening: Promise<Warm>) => {
    open.delete(key)
    const [outcome] = await Promise.allSettled([opening])
    if (outcome.status === 'rejected') return // it never opened
    await Promise.allSettled([outcome.value.turn])
    await outcome.value.session[Symbol.asyncDispose]()
  }

  const warmFor = async (key: string, of: { branchId: string; day: string }) => {
    const opening = open.get(key) ?? openFor(of)
    open.delete(key)
    open.set(key, opening) // last in the order of use
    opening.catch(() => open.delete(key)) // asked again, it is tried again
    const [oldest] = open
    if (open.size > MOST_OPEN && oldest) await close(...oldest)
    return opening
  }

  return {
    ask: async (of, signal, question) => {
      const warm = await warmFor(JSON.stringify([of.branchId, of.day]), of)
      const mine = warm.turn.then(() =>
        interruptible(warm.session, signal, async () => {
          await refresh(warm, of)
          return question(warm.session, warm.base)
        }),
      )
      warm.turn = mine.catch(() => undefined) // told to its own caller
      return mine
    },
  }
}
