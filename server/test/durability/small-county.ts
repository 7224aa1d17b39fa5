import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateCounty } from '../../sample/index.ts'
import type { Desk } from '../journeys/command-line.ts'
import { giveAccount, openAt } from '../journeys/served.ts'

export const BRANCH = '370686'
export const DAY = '2026-11-20'
const SEED = 7

/** What a small county is known by: who may do everything in it, and of whom one can ask. */
type SmallCounty = Readonly<{
  account: string
  subscribers: readonly string[]
  /** A file of contacts: its first line, and the cells of its second. */
  contacts: Readonly<{ header: string; row: readonly string[] }>
}>

/** Imports a small county with a plan to make. No server runs on the desk. */
export async function openSmallCounty(desk: Desk, households = 300): Promise<SmallCounty> {
  const out = join(desk.folder, 'day')
  await generateCounty({ branchId: BRANCH, households, seed: SEED, date: DAY, out })
  for (const kind of ['organisation', 'places', 'staff', 'subscribers', 'contacts'])
    await desk.done(
      ...['import', `day/${kind}.csv`, '--kind', kind],
      ...['--branch', BRANCH, '--date', DAY],
    )
  const text = await readFile(join(out, 'contacts.csv'), 'utf8')
  const [header = '', row = ''] = text.split(/\r?\n/)
  return {
    account: await giveAccount(desk, BRANCH, 'branch_manager'),
    subscribers: await subscribersOf(desk),
    contacts: { header, row: row.split(',') },
  }
}

async function subscribersOf(desk: Desk): Promise<string[]> {
  await using house = await openAt(desk)
  const { rows } = await house.ledger.owner.query<{ id: string }>(
    'select subscriber_id as id from subscribers.card where branch_id = $1 order by 1 limit 100',
    [BRANCH],
  )
  return rows.map(({ id }) => id)
}
