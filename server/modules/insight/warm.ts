import { askWithin, type LakeSession } from '#platform/duckdb/lake.ts'
import type { Works } from '#platform/works.ts'
import { publishSubscribers } from '#subscribers'
import { type Base, publishBase } from './publish-base.ts'

/** The base of a branch and day, open for questions: what is asked next needs no new beginning. */
type Warm = { session: LakeSession; base: Base; shownAt: number }
/** One that is open or opening, and when the last of those who ask it is answered. */
type Asked = { opening: Promise<Warm>; turn: Promise<unknown> }

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
  const open = new Map<string, Asked>()
  return {
    ask: async (of, signal, question) => {
      const asked = inUse(open, JSON.stringify([of.branchId, of.day]), () => openFor(works, of))
      const answer = asked.turn.then(async () => {
        const warm = await asked.opening
        return askWithin(warm.session, signal, async () => {
          await refresh(works, warm, of)
          return question(warm.session, warm.base)
        })
      })
      asked.turn = Promise.allSettled([answer])
      return answer
    },
  }
}

type Of = Readonly<{ branchId: string; day: string }>

async function openFor(works: Works, of: Of): Promise<Warm> {
  const session = await works.lake.session()
  try {
    const base = await publishBase(works, session, of)
    return { session, base, shownAt: works.clock().getTime() }
  } catch (error) {
    await session[Symbol.asyncDispose]()
    throw error
  }
}

/** Shows the base anew if a newer snapshot stands, or if it was shown too long ago. */
async function refresh(works: Works, warm: Warm, of: Of): Promise<void> {
  const { snapshotId } = await publishSubscribers(works, warm.session, of.branchId, of.day)
  const age = works.clock().getTime() - warm.shownAt
  if (snapshotId === warm.base.snapshotId && age >= 0 && age < FRESH_MS) return
  warm.base = await publishBase(works, warm.session, of)
  warm.shownAt = works.clock().getTime()
}

/**
 * The entry of `key`, opened if it is not, as the one used last; whoever is then too many is closed
 * once it has answered. Nothing is awaited, so that nobody can be closed between being found here
 * and being asked. One that cannot be opened is forgotten, and tried again by the next.
 */
function inUse(open: Map<string, Asked>, key: string, start: () => Promise<Warm>): Asked {
  const asked = open.get(key) ?? { opening: start(), turn: Promise.resolve() }
  open.delete(key)
  open.set(key, asked)
  asked.opening.catch(() => {
    if (open.get(key) === asked) open.delete(key)
  })
  const [oldest] = open
  if (open.size > MOST_OPEN && oldest) {
    const [name, { opening, turn }] = oldest
    open.delete(name)
    const closing = turn.then(() => opening)
    closing.then(
      ({ session }) => session[Symbol.asyncDispose](),
      () => undefined, // it never opened, which was told to those who asked
    )
  }
  return asked
}
