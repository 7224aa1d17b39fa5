import { sql } from 'kysely'
import type { Unit } from '#platform/unit.ts'

/** What a screen needs to know of one subscriber; the address is in clear text. */
export type Card = Readonly<{
  branchId: string
  subscriberId: string
  householdId: string
  unitId: string
  placeCode: string | null
  /** Names and numbers, sealed: `openIdentity`, `calledBy`. */
  identity: Uint8Array | null
  address: string | null
  status: string
  product: string | null
  plan: string | null
  monthlyFeeFen: number | null
  contractEnd: string | null
  arrearsFen: number | null
  tenureMonths: number | null
  /** The sounds that the name begins with; lists by name are in their order. */
  nameInitials: string | null
  /** The data date of the snapshot that says so. */
  snapshotDate: string
}>

/** The columns of a card, as files bring them into the ledger. */
export const CARD_COLUMNS = [
  'subscriber_id',
  'household_id',
  'unit_id',
  'place_code',
  'grid_code',
  'identity',
  'address',
  'status',
  'product',
  'plan',
  'monthly_fee_fen',
  'contract_end',
  'arrears_fen',
  'tenure_months',
  'name_initials',
  'name_index',
  'number_index',
] as const

export const CARD = sql`
  card.branch_id as "branchId", card.subscriber_id as "subscriberId",
  card.household_id as "householdId", card.unit_id as "unitId", card.place_code as "placeCode",
  card.identity, card.address, card.status, card.product, card.plan,
  card.monthly_fee_fen as "monthlyFeeFen", card.contract_end as "contractEnd",
  card.arrears_fen as "arrearsFen", card.tenure_months as "tenureMonths",
  card.name_initials as "nameInitials",
  standing.date as "snapshotDate"`

/** Where rows wait that come out of the lake: of this unit alone, and gone with it. */
export const ARRIVING = 'pg_temp.arriving_card'

export async function createArriving(unit: Unit): Promise<void> {
  await sql`
    create temp table arriving_card (
      subscriber_id text not null, household_id text not null, unit_id text not null, place_code text,
      grid_code text, identity bytea, address text, status text not null, product text, plan text,
      monthly_fee_fen bigint, contract_end date, arrears_fen bigint, tenure_months integer,
      name_initials text, name_index text, number_index text
    ) on commit drop`.execute(unit.db)
}

const columns = sql.join(CARD_COLUMNS.map((column) => sql.ref(column)))

/**
 * Adds the cards of those who arrived, to a branch that has none. Before the first card of all there
 * are no lists to serve, so the indexes are built once at the end.
 */
export async function insertArrived(unit: Unit, branchId: string): Promise<void> {
  const { rows } = await sql<{ dropped: boolean }>`
    select subscribers.drop_card_indexes() as dropped`.execute(unit.db)
  await sql`
    insert into subscribers.card (branch_id, ${columns})
    select ${branchId}, ${columns} from arriving_card`.execute(unit.db)
  if (rows[0]?.dropped) await sql`select subscribers.build_card_indexes()`.execute(unit.db)
  await sql`select subscribers.learn_cards()`.execute(unit.db)
}

export async function upsertArrived(unit: Unit, branchId: string): Promise<void> {
  const changed = sql.join(
    CARD_COLUMNS.slice(1).map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`),
  )
  await sql`
    insert into subscribers.card (branch_id, ${columns})
    select ${branchId}, ${columns} from arriving_card
    on conflict (branch_id, subscriber_id) do update set ${changed}`.execute(unit.db)
}

/** What a card has of names and numbers, as files bring it into the ledger. */
export const SEALED_COLUMNS_OF_CARD = [
  'subscriber_id',
  'identity',
  'name_initials',
  'name_index',
  'number_index',
] as const
export const SEALED_CARDS = 'pg_temp.sealed_card'

export async function createSealed(unit: Unit): Promise<void> {
  await sql`
    create temp table sealed_card (
      subscriber_id text not null, identity bytea, name_initials text, name_index text,
      number_index text
    ) on commit drop`.execute(unit.db)
}

/** Gives the cards of a branch the cells that arrived. */
export async function updateSealed(unit: Unit, branchId: string): Promise<void> {
  await sql`
    update subscribers.card
       set identity = arrived.identity, name_initials = arrived.name_initials,
           name_index = arrived.name_index, number_index = arrived.number_index
      from sealed_card as arrived
     where card.branch_id = ${branchId} and card.subscriber_id = arrived.subscriber_id
       and card.identity is distinct from arrived.identity`.execute(unit.db)
}

export const LEAVING = 'pg_temp.leaving_card'

export async function createLeaving(unit: Unit): Promise<void> {
  await sql`create temp table leaving_card (subscriber_id text not null) on commit drop`.execute(
    unit.db,
  )
}

export async function deleteLeft(unit: Unit, branchId: string): Promise<void> {
  await sql`
    delete from subscribers.card using leaving_card
     where card.branch_id = ${branchId} and card.subscriber_id = leaving_card.subscriber_id`.execute(
    unit.db,
  )
}

export async function deleteCards(unit: Unit, branchId: string): Promise<void> {
  await sql`delete from subscribers.card where branch_id = ${branchId}`.execute(unit.db)
}

/** The columns of the sums by unit and day, as files bring them into the ledger. */
export const ENDING_COLUMNS = ['unit_id', 'ends_on', 'card_count', 'monthly_fee_fen'] as const
export const ENDINGS = 'pg_temp.arriving_ending'

export async function createEndings(unit: Unit): Promise<void> {
  await sql`
    create temp table arriving_ending (
      unit_id text, ends_on date, card_count bigint, monthly_fee_fen bigint
    ) on commit drop`.execute(unit.db)
}

/** Makes the sums of a branch those that arrived. */
export async function replaceEndings(unit: Unit, branchId: string): Promise<void> {
  await deleteEndings(unit, branchId)
  await sql`
    insert into subscribers.ending (branch_id, unit_id, ends_on, card_count, monthly_fee_fen)
    select ${branchId}, unit_id, ends_on, card_count, monthly_fee_fen from arriving_ending`.execute(
    unit.db,
  )
}

export async function deleteEndings(unit: Unit, branchId: string): Promise<void> {
  await sql`delete from subscribers.ending where branch_id = ${branchId}`.execute(unit.db)
}

/** Works the sums of a branch out of its cards anew. */
export async function recountEndings(unit: Unit, branchId: string): Promise<void> {
  await deleteEndings(unit, branchId)
  await sql`
    insert into subscribers.ending (branch_id, unit_id, ends_on, card_count, monthly_fee_fen)
    select branch_id, unit_id, coalesce(contract_end, date '9999-12-31'), count(*),
           coalesce(sum(monthly_fee_fen), 0)
      from subscribers.card
     where branch_id = ${branchId} and status in ('active', 'suspended_by_user', 'suspended_for_arrears')
     group by 1, 2, 3`.execute(unit.db)
}

export const HOMES = 'pg_temp.home_of_place'

export async function createHomes(unit: Unit): Promise<void> {
  await sql`
    create temp table home_of_place (place_code text, unit_id text not null) on commit drop`.execute(
    unit.db,
  )
}

/**
 * Gives every card the unit that its place belongs to, else the grid it was delivered with, else
 * the branch; answers how many moved.
 */
export async function updateHomes(
  unit: Unit,
  branchId: string,
  units: readonly string[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    update subscribers.card
       set unit_id = wanted.unit_id
      from (
        select known.subscriber_id, coalesce(
            home.unit_id,
            case when known.grid_code = any (${[...units]}::text[]) then known.grid_code end,
            ${branchId}
          ) as unit_id
          from subscribers.card as known
          left join home_of_place as home on home.place_code = known.place_code
         where known.branch_id = ${branchId}
      ) as wanted
     where card.branch_id = ${branchId} and card.subscriber_id = wanted.subscriber_id
       and card.unit_id <> wanted.unit_id`.execute(unit.db)
  return Number(numAffectedRows ?? 0)
}

export async function selectCards(
  unit: Unit,
  branchId: string,
  subscriberIds: readonly string[],
): Promise<Card[]> {
  const { rows } = await sql<Card>`
    select ${CARD} from subscribers.card
      join subscribers.standing on standing.branch_id = card.branch_id
     where card.branch_id = ${branchId} and card.subscriber_id = any (${[...subscriberIds]}::text[])
     order by card.subscriber_id`.execute(unit.db)
  return rows
}

/** Everybody in a household, by id. */
export async function selectHousehold(
  unit: Unit,
  branchId: string,
  householdId: string,
): Promise<Card[]> {
  const { rows } = await sql<Card>`
    select ${CARD} from subscribers.card
      join subscribers.standing on standing.branch_id = card.branch_id
     where card.branch_id = ${branchId} and card.household_id = ${householdId}
     order by card.subscriber_id limit 50`.execute(unit.db)
  return rows
}

/** Who lives in these households today, by household. */
export async function selectResidents(
  unit: Unit,
  branchId: string,
  householdIds: readonly string[],
): Promise<{ subscriberId: string; householdId: string }[]> {
  const { rows } = await sql<{ subscriberId: string; householdId: string }>`
    select subscriber_id as "subscriberId", household_id as "householdId" from subscribers.card
     where branch_id = ${branchId} and household_id = any (${[...householdIds]}::text[])
     order by household_id, subscriber_id`.execute(unit.db)
  return rows
}

/** Who lives at these places, and where; at most so many, by household. */
export async function selectNeighbours(
  unit: Unit,
  of: Readonly<{ branchId: string; placeCodes: readonly string[]; limit: number }>,
): Promise<{ subscriberId: string; householdId: string; placeCode: string; address: string }[]> {
  const { rows } = await sql<{
    subscriberId: string
    householdId: string
    placeCode: string
    address: string
  }>`
    select subscriber_id as "subscriberId", household_id as "householdId",
           place_code as "placeCode", address from subscribers.card
     where branch_id = ${of.branchId} and place_code = any (${[...of.placeCodes]}::text[])
       and address is not null
     order by household_id, subscriber_id limit ${of.limit}`.execute(unit.db)
  return rows
}
