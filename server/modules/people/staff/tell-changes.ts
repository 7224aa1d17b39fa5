import { isDeepStrictEqual } from 'node:util'
import { audit } from '#platform/audit/audit.ts'
import type { Unit } from '#platform/unit.ts'
import type { Listed } from '../organisation/listed.ts'
import { standing, type Version } from '../organisation/versions.ts'
import { inWhoseName } from '../policy.ts'
import type { AccountChange } from './accounts.ts'
import type { PostOf } from './staff-store.ts'

type Changes = Readonly<{
  held: readonly Version<PostOf>[]
  /** Versions as they are now; of one person the last one tells. */
  changed: readonly Version<PostOf>[]
  accounts: readonly AccountChange[]
}>

/**
 * Tells the trail what an import changed of where, as what and how long people are posted, and of
 * their accounts: as much as one by one. Skills, capacities, names and numbers are not told.
 */
export function tellChanges(
  unit: Unit,
  { branchId, date }: Listed,
  { held, changed, accounts }: Changes,
): void {
  const starter = inWhoseName(unit)
  const before = Map.groupBy(held, ({ id }) => id)
  const after = new Map(changed.map((version) => [version.id, version]))
  const given = new Map(accounts.map((each) => [each.staffId, each]))
  for (const staffId of new Set([...after.keys(), ...given.keys()])) {
    const was = standing(before.get(staffId) ?? [], date)
    const is = after.get(staffId) ?? was
    const account = given.get(staffId)
    if (!is || (!account && was && isSamePost(was, is))) continue
    const { unitId, roles } = is.of
    audit(unit, {
      ...{ branchId, action: 'staff.changed', about: { kind: 'staff', id: staffId } },
      ...(starter !== null && { actor: starter }),
      values: {
        ...{ unitId, roles: roles.join(' '), validFrom: is.validFrom, validTo: is.validTo },
        ...(account && { account: account.after, accountBefore: account.before }),
        way: 'import',
      },
    })
  }
}

const isSamePost = (was: Version<PostOf>, is: Version<PostOf>): boolean =>
  was.of.unitId === is.of.unitId &&
  was.validTo === is.validTo &&
  isDeepStrictEqual([...was.of.roles].sort(), [...is.of.roles].sort())
