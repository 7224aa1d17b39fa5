import type { Eraser } from '#subscribers'
import { eraseLapses } from './register-store.ts'

/** What was told stays as codes, days and amounts under the pseudonym; the words and the place go. */
export const RENEWALS_ERASER: Eraser = {
  inLedger: eraseLapses,
  inLake: async () => undefined, // the register is in the ledger alone
}
