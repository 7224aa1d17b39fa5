import type { Unit } from '#platform/unit.ts'
import {
  type Account,
  deleteAccounts,
  insertAccounts,
  selectAccounts,
  selectForeignAccounts,
} from './account-store.ts'

/** One spelling for an account: width and case do not tell people apart. */
export const normaliseAccount = (text: string) => text.normalize('NFKC').trim().toLowerCase()

/**
 * The people of `wanted` whose account somebody else keeps: one outside `wanted` who may still sign
 * in (`mayKeep`), one outside the actor’s scope, or one earlier in `wanted`.
 */
export async function findTaken(
  unit: Unit,
  wanted: readonly Account[],
  mayKeep: (staffId: string) => boolean,
): Promise<ReadonlySet<string>> {
  const accounts = wanted.map(({ account }) => account)
  const foreign = await selectForeignAccounts(unit, accounts)
  const named = new Set(wanted.map(({ staffId }) => staffId))
  const kept = new Map(
    (await selectAccounts(unit, { accounts, staffIds: [] }))
      .filter(({ staffId }) => !named.has(staffId) && mayKeep(staffId))
      .map(({ staffId, account }) => [account, staffId]),
  )
  const taken = new Set<string>()
  for (const { staffId, account } of wanted) {
    const holder = kept.get(account)
    if (foreign.has(account) || (holder !== undefined && holder !== staffId)) taken.add(staffId)
    else kept.set(account, staffId)
  }
  return taken
}

/** What became of somebody’s account; null where there was, or is, none. */
export type AccountChange = Readonly<{
  staffId: string
  before: string | null
  after: string | null
}>

/** Gives accounts to people; whoever bore one of them, or bears another, gives it up. */
export async function giveAccounts(
  unit: Unit,
  wanted: readonly Account[],
): Promise<readonly AccountChange[]> {
  const held = await selectAccounts(unit, {
    accounts: wanted.map(({ account }) => account),
    staffIds: wanted.map(({ staffId }) => staffId),
  })
  const key = ({ staffId, account }: Account) => `${staffId} ${account}`
  const [has, wants] = [new Set(held.map(key)), new Set(wanted.map(key))]
  const old = held.filter((each) => !wants.has(key(each)))
  const fresh = wanted.filter((each) => !has.has(key(each)))
  await deleteAccounts(
    unit,
    old.map(({ staffId }) => staffId),
  )
  await insertAccounts(unit, fresh)
  return [...new Set([...old, ...fresh].map(({ staffId }) => staffId))].map((staffId) => ({
    staffId,
    before: old.find((each) => each.staffId === staffId)?.account ?? null,
    after: fresh.find((each) => each.staffId === staffId)?.account ?? null,
  }))
}
