import { isDeepStrictEqual } from 'node:util'
import { dayOf } from '#platform/day.ts'
import { orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import { Refusal } from '#platform/refusal.ts'
import { readOnce, type Unit } from '#platform/unit.ts'
import { refusePast } from '../organisation/listed.ts'
import { pathOf, treeOf } from '../organisation/tree.ts'
import { selectBelow } from '../organisation/unit-store.ts'
import { unitsOf } from '../organisation/units.ts'
import { holds, reconcile, standing, type Version } from '../organisation/versions.ts'
import { type Action, actionsOf, type Role, rolesThat, usualDays } from '../roles.ts'
import { deleteAccounts, selectAccounts } from './account-store.ts'
import { type AccountChange, findTaken, giveAccounts, normaliseAccount } from './accounts.ts'
import { holdsFrom, mayGiveAccount, refuseAbove, refuseOwn } from './appointments.ts'
import { selectUnitsOrganised } from './post-store.ts'
import {
  insertStaffVersions,
  lockAccount,
  lockPerson,
  type PersonRow,
  type PostOf,
  selectForeignStaff,
  selectPerson,
  selectStaffNames,
  selectStaffOn,
  selectStaffPage,
  selectStaffVersions,
  updateStaffVersions,
} from './staff-store.ts'

/** Tasks per working day, by the touchpoints that take a person’s time. */
export type Capacity = Readonly<{ door: number; call_out: number; hall: number; installer: number }>

/** A person as the plan needs to know one. */
export type StaffOn = Readonly<{
  staffId: string
  name: string
  account: string | null
  unitId: string
  /** The own unit first, then those above it, up to and with the branch. */
  path: readonly string[]
  /** Of the main post. */
  roles: readonly Role[]
  /** What the main post and those in scope beside it allow on the day, wherever they do. */
  can: ReadonlySet<Action>
  skills: readonly string[]
  capacity: Capacity
  /** Working weekdays, Monday is 1; see the calendar’s `worksOn`. */
  days: string
  agency: string | null
}>

/** Whom of them: those of these numbers, or of one unit; else everybody. */
type Only = Readonly<{ staffIds?: readonly string[]; unitId?: string }>

/** Everybody in scope who belongs to a branch on `day`, or some of them; by id. */
export async function staffOn(
  unit: Unit,
  branchId: string,
  day: string,
  { staffIds, unitId }: Only = {},
): Promise<StaffOn[]> {
  const units = await unitsOf(unit, branchId, day)
  const tree = treeOf(units)
  const unitIds = [...tree.keys()].filter((id) => unitId === undefined || id === unitId)
  const people = await selectStaffOn(unit, { unitIds, staffIds: staffIds ?? null, day })
  return people.map((person) => ({
    staffId: person.staffId,
    name: person.name,
    account: person.account,
    unitId: person.unitId,
    path: pathOf(tree, person.unitId).map((each) => each.unitId),
    roles: person.roles,
    can: actionsOf([...person.roles, ...person.besideRoles]),
    skills: person.skills,
    capacity: capacityOf(person),
    days: person.days,
    agency: person.agency,
  }))
}

/** The names of all people in scope who belong or belonged to a branch, or of those asked for. */
export async function staffNames(
  unit: Unit,
  branchId: string,
  staffIds: readonly string[] | null = null,
): Promise<ReadonlyMap<string, string>> {
  const units = await unitsOf(unit, branchId, dayOf(unit.now))
  const unitIds = units.map((each) => each.unitId)
  const asked = staffIds && [...new Set(staffIds)].sort()
  const what = `names ${branchId} ${asked ? JSON.stringify(asked) : ''}`
  return readOnce(unit, { from: ['people'], what }, async () => {
    const names = await selectStaffNames(unit, { unitIds, staffIds: asked })
    return new Map(names.map(({ staffId, name }) => [staffId, name]))
  })
}

const SORTS = {
  name: { sql: 'staff.name', type: 'text' },
  staffId: { sql: 'staff.staff_id', type: 'text' },
  unitId: { sql: 'staff.unit_id', type: 'text' },
  validFrom: { sql: 'staff.valid_from', type: 'date' },
} as const
const SORTED = {
  'staff.name': (row: PersonRow) => row.name,
  'staff.staff_id': (row: PersonRow) => row.staffId,
  'staff.unit_id': (row: PersonRow) => row.unitId,
  'staff.valid_from': (row: PersonRow) => row.validFrom,
}

export type StaffQuery = Readonly<{
  unit?: string | undefined
  role?: Role | undefined
  may?: Action | undefined
  search?: string | undefined
  on?: string | undefined
  sort?: string | undefined
  cursor?: string | undefined
  limit: number
}>

/** A page of the people of a unit and all below it. */
export async function listStaff(unit: Unit, query: StaffQuery) {
  const order = orderBy(query.sort, SORTS, 'unitId')
  const day = query.on ?? dayOf(unit.now)
  const after = readCursor(query.cursor, order.column.type)
  const { role, may, search } = query
  const { rows, total } = await selectStaffPage(
    unit,
    {
      ...{ day, unitId: query.unit, role, search: search?.trim() || undefined },
      anyOf: may && rolesThat(may),
    },
    { order, after, limit: query.limit },
  )
  const sorted = SORTED[order.column.sql as keyof typeof SORTED]
  const page = pageOfRows(rows, query.limit, (row) => ({ value: sorted(row), id: row.staffId }))
  return { ...page, total }
}

export const capacityOf = (post: PostOf): Capacity => ({
  door: post.capacityDoor,
  call_out: post.capacityCall,
  hall: post.capacityHall,
  installer: post.capacityInstall,
})

/** What is known of a person from `validFrom` on. */
export type PersonInput = Readonly<{
  name: string
  phone: string | null
  account: string | null
  roles: readonly Role[]
  unitId: string
  skills: readonly string[]
  capacity: Capacity
  /** Empty: the usual days of the roles. */
  days: string
  validFrom: string
  validTo: string | null
  agency: string | null
  /** Absent: as before. */
  extension?: string | null | undefined
}>

/**
 * Adds or changes one person from a day on, which the past never is but for the system. Answers what
 * became of the account, if anything. @throws Refusal `unit-unknown` outside the scope,
 * `person-elsewhere` for an id that is borne there, `account-taken`, `account-above-own`,
 * `unit-dates-turned`, `day-past`, `role-above-own`, `own-post`.
 */
export async function putStaff(
  unit: Unit,
  staffId: string,
  person: PersonInput,
): Promise<AccountChange | null> {
  const { validFrom, validTo, unitId, name, phone, capacity, agency } = person
  refusePast(unit, validFrom)
  await lockPerson(unit, staffId)
  if (validTo !== null && validTo < validFrom)
    throw new Refusal('invalid', 'unit-dates-turned', { from: validFrom, to: validTo })
  if (!(await selectUnitsOrganised(unit)).includes(unitId))
    throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  if ((await selectForeignStaff(unit, [staffId])).has(staffId))
    throw new Refusal('conflict', 'person-elsewhere', { staff: staffId })
  const held = await selectStaffVersions(unit, { unitIds: [], staffIds: [staffId] })
  await refuseAppointment(unit, person, held)
  const before = standing(held, validFrom)
  const of: PostOf = {
    unitId,
    name,
    phone,
    roles: [...person.roles],
    skills: [...person.skills],
    capacityDoor: capacity.door,
    capacityCall: capacity.call_out,
    capacityHall: capacity.hall,
    capacityInstall: capacity.installer,
    days: person.days || usualDays(person.roles),
    agency,
    extension: person.extension === undefined ? (before?.of.extension ?? null) : person.extension,
  }
  const { begun, amended } = reconcile({
    held,
    stated: [{ id: staffId, validFrom, validTo, of }],
    day: validFrom,
    mayEnd: () => false,
  })
  // In this order: whoever changes the own name has a post, and with it a scope, all the while.
  await insertStaffVersions(unit, begun)
  await updateStaffVersions(unit, amended)
  return putAccount(unit, staffId, person.account)
}

/**
 * Nobody writes over somebody above, on whatever day to come, gives what exceeds the own, or changes
 * where, as what and how long oneself is posted.
 */
async function refuseAppointment(
  unit: Unit,
  wanted: PersonInput,
  versions: readonly Version<PostOf>[],
): Promise<void> {
  if (unit.actor.kind === 'system') return
  const held = standing(versions, wanted.validFrom)
  const same =
    held?.of.unitId === wanted.unitId &&
    held.validTo === wanted.validTo &&
    isDeepStrictEqual([...held.of.roles].sort(), [...wanted.roles].sort())
  if (held && !same) refuseOwn(unit, held.id)
  if (held) await refuseAbove(unit, held.of)
  for (const later of versions.filter((each) => holdsFrom(wanted.validFrom, each)))
    await refuseAbove(unit, later.of)
  await refuseAbove(unit, wanted)
}

/** The account as it is to be. */
async function putAccount(
  unit: Unit,
  staffId: string,
  text: string | null,
): Promise<AccountChange | null> {
  const after = text === null ? null : normaliseAccount(text)
  if (after !== null) await lockAccount(unit, after)
  const [held] = await selectAccounts(unit, { accounts: [], staffIds: [staffId] })
  const before = held?.account ?? null
  if (before === after) return null
  if (!(await mayGiveAccount(unit, staffId))) throw new Refusal('forbidden', 'account-above-own')
  if (after === null) {
    await deleteAccounts(unit, [staffId])
    return { staffId, before, after }
  }
  const taken = await findTaken(unit, [{ staffId, account: after }], () => true)
  if (taken.size > 0) throw new Refusal('conflict', 'account-taken', { account: after })
  await giveAccounts(unit, [{ staffId, account: after }])
  return { staffId, before, after }
}

/** A person in scope, today. @throws Refusal `staff-unknown`. */
export async function readPerson(unit: Unit, staffId: string): Promise<PersonRow> {
  const person = await selectPerson(unit, staffId, dayOf(unit.now))
  if (!person) throw new Refusal('not-found', 'staff-unknown', { staff: staffId })
  return person
}

/** Whether anybody of a branch holds `role` on the day of the unit. */
export async function hasRole(unit: Unit, branchId: string, role: Role): Promise<boolean> {
  const below = await selectBelow(unit, branchId, dayOf(unit.now))
  const ids = below.map((each) => each.unitId)
  const held = await selectStaffVersions(unit, { unitIds: ids, staffIds: [] })
  return held.some((each) => holds(each, dayOf(unit.now)) && each.of.roles.includes(role))
}
