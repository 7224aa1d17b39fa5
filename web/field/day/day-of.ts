import type { ResultCode } from '#contract/tasks.ts'
import type { Item } from '../outbox/item.ts'
import type { FieldTask } from '../result/form.ts'
import type { ReadPack } from '../vault/pack.ts'
import type { Entry, PhoneState, ServerDay } from './phone-state.ts'

/** A task of the day with what was recorded of it on this phone. */
export type DayTask = Readonly<{
  task: FieldTask
  /** What came of it: as the server knows, or as it waits to be sent. */
  result: ResultCode | null
  /** The latest of this phone. */
  entry: Entry | undefined
  item: Item | undefined
}>

export type DayStop = Readonly<{
  key: string
  town: string | null
  place: string | null
  tasks: readonly DayTask[]
  /** Doors near by where nobody may knock. */
  leaveAlone: ReadPack['neighbours']
}>

export type DayFigures = Readonly<{
  planned: number
  done: number
  promised: number
  refused: number
  notAtHome: number
  otherwise: number
  left: number
  /** Whether one of today’s results is an order (每日必有单). */
  hasOrder: boolean
  /** When the server was last heard of all this, by the clock of the phone; null: it was not. */
  asOf: string | null
  /** Whether these are the server’s figures, or its list with what was recorded here since. */
  isTold: boolean
  /** The own place where the branch shows it; null also where these are not the server’s figures. */
  rank: ServerDay['said']['rank']
}>

/** The list with what was recorded since it was taken, in the order of the visits. */
export function dayTasks(
  pack: ReadPack,
  journal: readonly Entry[],
  items: readonly Item[],
): DayTask[] {
  const itemById = new Map(items.map((item) => [item.itemId, item]))
  const last = new Map(journal.map((entry) => [entry.taskId, entry]))
  return pack.tasks.map((task) => {
    const entry = last.get(task.taskId)
    const item = entry && itemById.get(entry.itemId)
    return { task, entry, item, result: resultOf(task, entry, item) }
  })
}

/** What the server knows counts; what it does not have yet stands above that. */
function resultOf(
  task: FieldTask,
  entry: Entry | undefined,
  item: Item | undefined,
): ResultCode | null {
  const isOnItsWay = item?.state === 'waiting' || item?.state === 'accepted'
  if (task.state === 'open') return entry && (isOnItsWay || !item) ? entry.result : null
  return task.result ?? entry?.result ?? null
}

/** The places of a list as headings, each where its first visit is. */
export function stopsOf(pack: ReadPack, tasks: readonly DayTask[]): DayStop[] {
  const stops = new Map<string, DayTask[]>()
  for (const each of tasks) {
    const key = keyOf(each.task)
    const before = stops.get(key)
    if (before) before.push(each)
    else stops.set(key, [each])
  }
  return [...stops].map(([key, all]) => ({
    key,
    town: all[0]?.task.town ?? null,
    place: all[0]?.task.place ?? null,
    tasks: all,
    leaveAlone: pack.neighbours.filter((door) => keyOf(door) === key),
  }))
}

const keyOf = ({ town, place }: { town: string | null; place: string | null }) =>
  `${town ?? ''}\n${place ?? ''}`

const ORDERS: ReadonlySet<string | null> = new Set(['renewal', 'new', 'box', 'third_party'])

type Known = Pick<PhoneState, 'journal' | 'items' | 'day' | 'syncedAt'>

/**
 * How the day stands: planned = done + promised + refused + not at home + otherwise + left. It is as the
 * server says while that is of this day and nothing was recorded here since or waits to be sent; else
 * what the phone counts. An order that the server knows of is one, whatever this phone has seen.
 */
export function figuresOf(pack: ReadPack, { journal, items, day, syncedAt }: Known): DayFigures {
  const own = countsOf(pack, { journal, items })
  const hasOrder = journal.some(({ what }) => ORDERS.has(what))
  const said = day?.said.date === pack.day ? day.said : undefined
  const isWaiting = items.some(
    ({ state, staffId, kind }) =>
      state === 'waiting' && staffId === pack.staffId && kind !== 'event',
  )
  const isSince = journal.some(({ at }) => at >= (day?.at ?? ''))
  if (!said || !day || isWaiting || isSince)
    return {
      ...own,
      hasOrder: hasOrder || said?.orderToday === true,
      asOf: syncedAt,
      isTold: false,
      rank: null,
    }
  return { ...said.counts, hasOrder: said.orderToday, asOf: day.at, isTold: true, rank: said.rank }
}

/** What this page cannot read counts as left: nothing of it can be told here. */
function countsOf(pack: ReadPack, { journal, items }: Pick<Known, 'journal' | 'items'>) {
  const tasks = dayTasks(pack, journal, items)
  const unread = pack.unread.tasks
  const count = (...results: (ResultCode | null)[]) =>
    tasks.filter(({ result }) => results.includes(result)).length
  return {
    planned: tasks.length + unread,
    done: count('done'),
    promised: count('promised'),
    refused: count('refused'),
    notAtHome: count('not_at_home'),
    otherwise: count('moved', 'competitor', 'wrong_data', 'handed_over'),
    left: count(null) + unread,
  }
}

/** Whether the list in the hand says of the day what the server says, so that neither belies the other. */
export function isAsTold(pack: ReadPack, { journal, items, day }: Known): boolean {
  if (day?.said.date !== pack.day) return true
  const { planned, left } = countsOf(pack, { journal, items })
  const { counts } = day.said
  // Of what cannot be read here, the server may know a result.
  return (
    planned === counts.planned && left - pack.unread.tasks <= counts.left && counts.left <= left
  )
}
