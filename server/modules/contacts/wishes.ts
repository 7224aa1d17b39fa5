import { type Day, dayOf } from '#platform/day.ts'
import { type Lake, question } from '#platform/duckdb/lake.ts'
import { Refusal } from '#platform/refusal.ts'
import { readAs, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { publishSubscribers, standingContent } from '#subscribers'

/** What the extract says on touching somebody. */
export type Wishes = Readonly<{
  id: string
  has_left: boolean
  asks_port_out: boolean | null
  unsubscribed: boolean
  to_messages: boolean | null
  to_calls: boolean | null
}>

type Asked = Readonly<{ branchId: string; subscriberIds: readonly string[] }>

/** What was read from the bytes of one extract; null of whom it does not know. */
type Read = Readonly<{ sha256: string; wishes: Map<string, Wishes | null> }>

/** Of so many subscribers of a branch it is kept at the most: more than are met on a day. */
const KEPT = 50_000

const kept = new WeakMap<Lake, Map<string, Read>>()

/**
 * What the latest extract up to the day of the unit says of these subscribers, by id; nothing of whom
 * it does not know. Null where there is none, or it is damaged. The lake is asked once about each as
 * long as the bytes of the extract are the same.
 */
export async function wishesDelivered(
  unit: Unit,
  works: Works,
  of: Asked,
): Promise<ReadonlyMap<string, Wishes> | null> {
  // In this unit: whoever holds one connection and waits for another may wait for ever.
  const here: Works = { ...works, run: (actor, work) => readAs(unit, actor, work) }
  try {
    return await readThrough(here, { ...of, day: dayOf(unit.now) })
  } catch (error) {
    const isGone =
      error instanceof Refusal &&
      (error.code === 'no-snapshot' || error.code === 'snapshot-damaged')
    if (isGone) return null
    throw error
  }
}

async function readThrough(works: Works, of: Asked & Readonly<{ day: Day }>) {
  const { branchId, subscriberIds, day } = of
  const { sha256 } = await standingContent(works, branchId, day)
  const { wishes } = keptOf(works.lake, branchId, sha256)
  const found = new Map<string, Wishes>()
  const missing: string[] = []
  for (const id of subscriberIds) {
    const said = wishes.get(id)
    if (said) found.set(id, said)
    else if (said === undefined) missing.push(id)
  }
  if (missing.length === 0) return found
  await using session = await works.lake.ask()
  const published = await publishSubscribers(works, session, branchId, day, WISHES)
  // It gave way to another since it was looked at.
  if (published.sha256 !== sha256) return readThrough(works, of)
  const rows = await session.rows<Wishes>(question(import.meta.url, './queries/wishes.sql'), {
    ids: JSON.stringify(missing),
  })
  for (const row of rows) found.set(row.id, row)
  if (wishes.size + missing.length > KEPT) wishes.clear()
  for (const id of missing) wishes.set(id, found.get(id) ?? null)
  return found
}

/** What is kept of the extract of a branch; of another one than that of before, nothing yet. */
function keptOf(lake: Lake, branchId: string, sha256: string): Read {
  const byBranch = kept.get(lake) ?? new Map<string, Read>()
  kept.set(lake, byBranch)
  const known = byBranch.get(branchId)
  if (known?.sha256 === sha256) return known
  const fresh: Read = { sha256, wishes: new Map() }
  byBranch.set(branchId, fresh)
  return fresh
}

/** The columns that queries/wishes.sql reads, beside those of every view. */
const WISHES = ['has_port_request', 'unsubscribe_time', 'consent_sms', 'consent_call']
