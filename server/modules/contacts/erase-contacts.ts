import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Eraser, swap } from '#subscribers'
import { eraseConsents } from './consent-store.ts'
import { eraseHolds } from './hold-store.ts'
import { eraseContacts, lockPublication } from './store.ts'

/**
 * What was told of somebody stays as a fact; the free text goes, and so does the household, which may
 * be named after an address. The copies in the lake are made anew from the ledger when they are
 * asked for next.
 */
export const CONTACTS_ERASER: Eraser = {
  inLedger: async (unit, of) => {
    await eraseContacts(unit, of)
    await eraseConsents(unit, of)
    await eraseHolds(unit, of)
  },
  inLake: async (works, { branchId }, watch) => {
    await swap(works, watch, async (unit) => {
      await lockPublication(unit, branchId)
      const folder = join(works.lake.folder, 'contacts', `branch=${branchId}`)
      await works.lake.alone(() => rm(folder, { recursive: true, force: true }))
    })
  },
}
