import { z } from 'zod'
import { DayPack, PackTask } from '#contract/field.ts'
import { bytesOf, fromBase64 } from './bytes.ts'

/** A day-pack as the server sent it, with the key that it is to be checked against. */
export type SignedPack = Readonly<{ pack: string; signature: string; spki: string }>

const { gates, lastTouch } = PackTask.shape
/** A task as the phone reads it; where it only repeats a code it takes one that it does not know. */
const ReadTask = PackTask.extend({
  gates: z.array(gates.element.extend({ touchpoint: z.string() })),
  lastTouch: lastTouch.unwrap().extend({ channel: z.string(), result: z.string() }).nullable(),
})
export type ReadTask = z.output<typeof ReadTask>

const { neighbours, colleagues, events } = DayPack.shape
const Rows = z.array(z.unknown())
/** What the list as a whole cannot do without; its rows are read one by one. Quiet hours stand in the gates. */
const Whole = DayPack.omit({ quietHours: true }).extend({
  tasks: Rows,
  neighbours: Rows,
  colleagues: Rows.default([]),
  events: Rows.default([]),
})

/** How many rows of each kind this page cannot read, as when the server is newer. */
export type Unread = Readonly<Record<'tasks' | 'neighbours' | 'colleagues' | 'events', number>>

/** A day-pack with the rows that can be read, and how many cannot. */
export type ReadPack = Readonly<
  Omit<z.output<typeof Whole>, keyof Unread> & {
    tasks: readonly ReadTask[]
    neighbours: DayPack['neighbours']
    colleagues: NonNullable<DayPack['colleagues']>
    events: NonNullable<DayPack['events']>
    unread: Unread
  }
>

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/**
 * What the pack says, if the server signed exactly these bytes for this phone; else `altered`.
 * `unreadable`: it did, in a form that this page does not know.
 */
export async function verified(
  { pack, signature, spki }: SignedPack,
  deviceId: string,
): Promise<ReadPack | 'altered' | 'unreadable'> {
  const key = await crypto.subtle.importKey('spki', fromBase64(spki), ALGORITHM, false, ['verify'])
  const good = await crypto.subtle.verify(ALGORITHM, key, fromBase64(signature), bytesOf(pack))
  if (!good) return 'altered'
  const { success, data: whole } = Whole.safeParse(JSON.parse(pack))
  if (!success) return 'unreadable'
  return whole.deviceId === deviceId ? readRows(whole) : 'altered'
}

function readRows(whole: z.output<typeof Whole>): ReadPack {
  const tasks = readable(ReadTask, whole.tasks)
  const doors = readable(neighbours.element, whole.neighbours)
  const people = readable(colleagues.unwrap().element, whole.colleagues)
  const own = readable(events.unwrap().element, whole.events)
  return {
    ...{ ...whole, tasks: tasks.rows, neighbours: doors.rows, colleagues: people.rows },
    events: own.rows,
    unread: {
      ...{ tasks: tasks.unread, neighbours: doors.unread, colleagues: people.unread },
      events: own.unread,
    },
  }
}

function readable<Row extends z.ZodType>(row: Row, given: readonly unknown[]) {
  const rows = given.flatMap((each) => {
    const { success, data } = row.safeParse(each)
    return success ? [data] : []
  })
  return { rows, unread: given.length - rows.length }
}
