import type { z } from 'zod'
import type { TaskKind, TaskResult } from '#contract/tasks.ts'
import { staffOn } from '#people'
import { addDays, type Day, dayOf, instantOf } from '#platform/day.ts'
import { sha256Hex } from '#platform/hash.ts'
import type { Actor } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'
import { hearResult, keepRegisters } from '#renewals'
import { readPersonList, recordResultOf } from '#worklists'

/** The day begins at this hour in China, and a visit with the way to it takes so long. */
const BEGINS = '08:30'
const VISIT_MS = 25 * 60_000
/** So many visits are lived at most, by people drawn from all: a first start is not to take long. */
const MOST = 60
const EACH = 4

type Visit = Readonly<{ staffId: string; taskId: string; kind: TaskKind; at: Date }>

/**
 * Lives the day of the sample county up to now: some of its people have been to the first doors of
 * their lists, and tell what came of it as phones do. What each of them met follows from a hash, so the
 * same plan is lived the same; before half past eight nobody has begun.
 */
export async function liveMorning(works: Works, branchId: string, watch: Watch): Promise<number> {
  const now = works.clock()
  const today = dayOf(now)
  // The register has to know who has lapsed before anybody says why.
  await keepRegisters(works)
  const visits = await visitsOf(works, { branchId, today, now })
  const phase = { zh: '过一个上午', en: 'Living the morning' }
  for (const [done, visit] of visits.entries()) {
    watch.signal.throwIfAborted()
    watch.tell({ phase, done, total: visits.length })
    const { staffId, taskId } = visit
    // Told by the person, with the ticket of the house, as nobody has signed in yet.
    const { ticket } = works.system
    const actor: Actor = { kind: 'person', id: staffId, ticket, can: new Set(['task:work']) }
    await works.run(actor, (unit) =>
      recordResultOf(unit, works, { branchId, taskId }, metAt(visit, today), { hear: hearResult }),
    )
  }
  return visits.length
}

type OfDay = Readonly<{ branchId: string; today: Day; now: Date }>

/** Who has been where by now: the first doors of the lists of some, in the order in which they went. */
function visitsOf(works: Works, { branchId, today, now }: OfDay): Promise<Visit[]> {
  return works.run(works.system, async (unit) => {
    const people = await staffOn(unit, branchId, today)
    const drawn = people
      .map(({ staffId }) => staffId)
      .toSorted((a, b) => draw(1_000_000, today, a) - draw(1_000_000, today, b))
    const visits: Visit[] = []
    for (const staffId of drawn) {
      if (visits.length >= MOST) break
      const list = await readPersonList(unit, { branchId, staffId, date: today })
      const doors = list.stops
        .flatMap(({ tasks }) => tasks)
        .filter(({ touchpoint, state }) => touchpoint === 'door' && state === 'open')
      const begins =
        instantOf(today, BEGINS).getTime() + draw(20 * 60_000, today, staffId, 'begins')
      for (const [nth, { taskId, kind }] of doors.slice(0, EACH).entries()) {
        const at = new Date(begins + nth * VISIT_MS)
        if (at <= now) visits.push({ staffId, taskId, kind, at })
      }
    }
    return visits.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.taskId < b.taskId ? -1 : 1))
  })
}

/** A whole number below `most`: the same for the same words. */
const draw = (most: number, ...words: readonly string[]) =>
  Number.parseInt(sha256Hex(['a morning in Qixia', ...words].join('|')).slice(0, 12), 16) % most

const NOTHING = {
  ...{ done: null, promised: null, refused: null, notAtHome: null, moved: null, competitor: null },
  ...{ wrongData: null, handedOver: null, reason: null, note: null, position: null },
} as const
type Met = Partial<z.output<typeof TaskResult>> & Pick<z.output<typeof TaskResult>, 'result'>

const REASONS = ['price', 'away', 'unused', 'trouble', 'competitor'] as const

/** What came of a visit. */
function metAt({ taskId, kind, at }: Visit, today: Day): TaskResult {
  const chance = draw(100, taskId)
  const hex = sha256Hex(`a morning in Qixia|${taskId}|result`)
  const resultId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`
  const reason = REASONS[draw(REASONS.length, taskId, 'reason')] ?? null
  return {
    ...{ ...NOTHING, resultId, at: at.toISOString(), photos: [] },
    startedAt: new Date(at.getTime() - 12 * 60_000).toISOString(),
    ...cameOf(chance, { kind, today, receipt: `YS${hex.slice(0, 8).toUpperCase()}`, reason }),
  }
}

type Around = Readonly<{
  kind: TaskKind
  today: Day
  receipt: string
  reason: (typeof REASONS)[number] | null
}>

function cameOf(chance: number, { kind, today, receipt, reason }: Around): Met {
  if (chance < 34) {
    const what = kind === 'upgrade' ? 'new' : kind === 'collection' ? 'payment' : 'renewal'
    return { result: 'done', done: { what, product: null, amountFen: 36_000, receipt } }
  }
  if (chance < 54) return { result: 'promised', promised: { on: addDays(today, 1 + (chance % 5)) } }
  if (chance < 66) return { result: 'refused', refused: { scope: 'channel', until: null }, reason }
  if (chance < 72)
    return {
      result: 'competitor',
      competitor: { operator: '中国移动', monthlyFeeFen: 3_900, expiresOn: null },
    }
  if (chance < 75) return { result: 'moved', moved: { field: 'address' } }
  return { result: 'not_at_home', notAtHome: { tryAgain: null }, reason: null }
}
