import { sql } from 'kysely'
import { selectLatestPage } from '#platform/page-store.ts'
import type { Unit } from '#platform/unit.ts'

/** A request for erasure as the ledger keeps it. */
export type ErasureRecord = Readonly<{
  branchId: string
  erasureId: string
  subscriberIds: readonly string[]
  ground: string
  number: string
  requestedBy: string
  requestedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  approved: boolean | null
  decisionNote: string | null
  doneAt: Date | null
}>

const ERASURE = sql`branch_id as "branchId", erasure_id as "erasureId",
  subscriber_ids as "subscriberIds", ground, number, requested_by as "requestedBy",
  requested_at as "requestedAt", decided_by as "decidedBy", decided_at as "decidedAt", approved,
  decision_note as "decisionNote", done_at as "doneAt"`

type Of = Readonly<{ branchId: string; erasureId: string }>
type OfMany = Readonly<{ branchId: string; subscriberIds: readonly string[] }>

export async function insertErasure(
  unit: Unit,
  of: Of & Pick<ErasureRecord, 'subscriberIds' | 'ground' | 'number'>,
): Promise<void> {
  await sql`
    insert into subscribers.erasure (branch_id, erasure_id, subscriber_ids, ground, number,
      requested_by, requested_at)
    values (${of.branchId}, ${of.erasureId}, ${[...of.subscriberIds]}::text[], ${of.ground},
      ${of.number}, ${unit.actor.id}, ${unit.now})
  `.execute(unit.db)
}

export async function selectErasure(unit: Unit, of: Of): Promise<ErasureRecord | undefined> {
  const { rows } = await sql<ErasureRecord>`
    select ${ERASURE} from subscribers.erasure
     where (branch_id, erasure_id) = (${of.branchId}, ${of.erasureId})
  `.execute(unit.db)
  return rows[0]
}

/** A page of requests, the latest first. */
export const selectErasures = (
  unit: Unit,
  of: Readonly<{ branchId: string; cursor?: string | undefined; limit: number }>,
) =>
  selectLatestPage<ErasureRecord>(unit, {
    columns: ERASURE,
    from: sql`subscribers.erasure`,
    where: sql`branch_id = ${of.branchId}`,
    ...{ at: sql`requested_at`, id: sql`erasure_id::text` },
    markOf: ({ requestedAt, erasureId }) => ({ at: requestedAt, id: erasureId }),
    ...{ cursor: of.cursor, limit: of.limit },
  })

/** Which of these are erased, or in a request that was not declined. */
export async function selectAsked(unit: Unit, of: OfMany): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct known.id
      from subscribers.erasure, unnest(erasure.subscriber_ids) as known (id)
     where erasure.branch_id = ${of.branchId} and erasure.approved is distinct from false
       and known.id = any (${[...of.subscriberIds]}::text[])
     order by known.id
  `.execute(unit.db)
  return rows.map(({ id }) => id)
}

/** Decides on one that nobody has decided on; false when somebody was first. */
export async function updateErasureDecision(
  unit: Unit,
  of: Of & Readonly<{ approve: boolean; note: string | null }>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update subscribers.erasure
       set decided_by = ${unit.actor.id}, decided_at = ${unit.now}, approved = ${of.approve},
           decision_note = ${of.note}
     where (branch_id, erasure_id) = (${of.branchId}, ${of.erasureId}) and decided_by is null
  `.execute(unit.db)
  return numAffectedRows === 1n
}

/** False when it was done before. */
export async function updateErasureDone(unit: Unit, of: Of): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update subscribers.erasure set done_at = ${unit.now}
     where (branch_id, erasure_id) = (${of.branchId}, ${of.erasureId}) and done_at is null
  `.execute(unit.db)
  return numAffectedRows === 1n
}

/** Puts them down as erased; who was before keeps the first instant. */
export async function insertErased(unit: Unit, of: Of & OfMany): Promise<void> {
  await sql`
    insert into subscribers.erased (branch_id, subscriber_id, erasure_id, erased_at)
    select ${of.branchId}, id, ${of.erasureId}, ${unit.now}
      from unnest(${[...of.subscriberIds]}::text[]) as asked (id)
    on conflict do nothing
  `.execute(unit.db)
}

/** Everybody of a branch who is erased, by id. */
export async function selectErased(unit: Unit, branchId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select subscriber_id as id from subscribers.erased
     where branch_id = ${branchId} order by subscriber_id
  `.execute(unit.db)
  return rows.map(({ id }) => id)
}

/** Since when a subscriber is erased; undefined: they are not. */
export async function selectErasedAt(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`
    select erased_at as at from subscribers.erased
     where (branch_id, subscriber_id) = (${of.branchId}, ${of.subscriberId})
  `.execute(unit.db)
  return rows[0]?.at
}

/** Of a card: everything that tells who somebody is. */
const IDENTIFYING = ['identity', 'address', 'name_initials', 'name_index', 'number_index'] as const

/**
 * Takes the identity out of the cards of whoever is erased. A household may be named after an
 * address, so each of them is one of their own; the place is known as finely as its grid.
 */
export async function eraseCards(unit: Unit, branchId: string): Promise<void> {
  const nothing = sql.join(IDENTIFYING.map((column) => sql`${sql.ref(column)} = null`))
  await sql`
    update subscribers.card
       set ${nothing}, household_id = 's-' || card.subscriber_id, place_code = null
      from subscribers.erased
     where card.branch_id = ${branchId} and erased.branch_id = card.branch_id
       and erased.subscriber_id = card.subscriber_id
  `.execute(unit.db)
}

/** Empties what people wrote about them: why they were unmasked or called, why an earlier request was declined. */
export async function emptyNotes(unit: Unit, of: OfMany): Promise<void> {
  const ids = [...of.subscriberIds]
  await sql`
    update subscribers.unmasking set note = ''
     where branch_id = ${of.branchId} and subscriber_id = any (${ids}::text[]) and note <> ''
  `.execute(unit.db)
  await sql`
    update subscribers.call set note = ''
     where branch_id = ${of.branchId} and subscriber_id = any (${ids}::text[]) and note <> ''
  `.execute(unit.db)
  await sql`
    update subscribers.erasure set decision_note = null
     where branch_id = ${of.branchId} and subscriber_ids && ${ids}::text[]
       and decision_note is not null
  `.execute(unit.db)
}

/** Of these households, those in which somebody lives who is not erased. */
export async function selectInhabited(
  unit: Unit,
  branchId: string,
  households: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct household_id as id from subscribers.card
     where branch_id = ${branchId} and household_id = any (${[...households]}::text[])
  `.execute(unit.db)
  return rows.map(({ id }) => id)
}

/** The uploads of a branch that an import is still waiting for. */
export async function selectAwaitedUploads(unit: Unit, branchId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select input ->> 'uploadId' as id from platform.job
     where branch_id = ${branchId} and kind = 'import' and finished_at is null
  `.execute(unit.db)
  return rows.map(({ id }) => id)
}

/** The exports of a branch whose files are still on the disk. */
export async function selectExportsOnDisk(
  unit: Unit,
  branchId: string,
): Promise<Readonly<{ branchId: string; exportId: string; file: string }>[]> {
  const { rows } = await sql<{ branchId: string; exportId: string; file: string }>`
    select branch_id as "branchId", export_id as "exportId", file from subscribers.export
     where branch_id = ${branchId} and made_at is not null and deleted_at is null
     order by made_at
  `.execute(unit.db)
  return rows
}
