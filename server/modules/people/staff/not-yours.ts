import { isDeepStrictEqual } from 'node:util'
import type { Unit } from '#platform/unit.ts'
import type { Listed, RowFinding } from '../organisation/listed.ts'
import { reconcile, type Stated, standing, type Version } from '../organisation/versions.ts'
import { isOwnerOfHouse } from '../policy.ts'
import { selectAccounts } from './account-store.ts'
import { findAbove, holdsFrom, isOneself, mayGiveAccount } from './appointments.ts'
import { type PostOf, selectStaffVersions } from './staff-store.ts'

/** What a row of a staff file says of a person; `account` null where it says nothing of that. */
export type Wish = Readonly<{
  row: number
  staffId: string
  /** With what is kept of the versions held, where the row says nothing. */
  statedAfter(held: readonly Version<PostOf>[]): Stated<PostOf>
  account: string | null
}>

/**
 * The rows of a staff file that change what whoever ordered the import could not change one by one:
 * oneself, somebody above, a role above, an account that opens more. A row that changes nothing is
 * nobody’s business.
 */
export async function findNotYours(
  unit: Unit,
  of: Listed,
  wishes: readonly Wish[],
): Promise<RowFinding[]> {
  if (isOwnerOfHouse(unit)) return []
  const staffIds = [...new Set(wishes.map(({ staffId }) => staffId))]
  const held = Map.groupBy(
    await selectStaffVersions(unit, { unitIds: [], staffIds }),
    ({ id }) => id,
  )
  const accounts = new Map(
    (await selectAccounts(unit, { accounts: [], staffIds })).map((each) => [
      each.staffId,
      each.account,
    ]),
  )
  const findings: RowFinding[] = []
  for (const wish of wishes) {
    const { staffId, account } = wish
    const versions = held.get(staffId) ?? []
    const gives = account !== null && account !== accounts.get(staffId) ? account : null
    const stated = wish.statedAfter(versions)
    const fault = await findFault(unit, of, { stated, versions, gives })
    if (fault) findings.push({ row: wish.row, severity: 'reject', ...fault })
  }
  return findings
}

type Fault = Pick<RowFinding, 'code' | 'column' | 'value'>

async function findFault(
  unit: Unit,
  of: Listed,
  {
    stated,
    versions,
    gives,
  }: Readonly<{
    stated: Stated<PostOf>
    versions: readonly Version<PostOf>[]
    /** The account that the row gives; null where there is none, or the person has it. */
    gives: string | null
  }>,
): Promise<Fault | null> {
  const { begun, amended } = reconcile({
    ...{ held: versions, stated: [stated], day: of.date, mayEnd: () => false },
  })
  if (begun.length + amended.length > 0) {
    if (isOneself(unit, stated.id) && !keepsPost(versions, of, stated))
      return { code: 'staff-own-post', column: 'staff_id', value: stated.id }
    const before = versions.filter((each) => holdsFrom(of.date, each))
    for (const post of [...before.map((each) => each.of), stated.of]) {
      const role = await findAbove(unit, post)
      if (role !== undefined) return { code: 'staff-role-above-own', column: 'roles', value: role }
    }
  }
  if (gives !== null && !(await mayGiveAccount(unit, stated.id)))
    return { code: 'staff-account-above-own', column: 'account', value: gives }
  return null
}

/** Whether unit, roles and end stay what they are: a name or a capacity may be another. */
function keepsPost(
  versions: readonly Version<PostOf>[],
  { date }: Listed,
  { of, validTo }: Stated<PostOf>,
): boolean {
  const before = standing(versions, date)
  return (
    before?.of.unitId === of.unitId &&
    before.validTo === validTo &&
    isDeepStrictEqual([...before.of.roles].sort(), [...of.roles].sort())
  )
}
