import { z } from 'zod'
import { verifyAudit } from '#platform/audit/verify.ts'
import { command } from './command.ts'

/** Looks for entries of the audit trail that were altered, removed or inserted. */
export const auditVerify = command({
  input: z.strictObject({ against: z.string().nullable() }),
  perform: async ({ works }, { against }) => {
    const { chains, entries, compared, faults } = await verifyAudit(works, against)
    return { chains, entries, compared, faults, sound: faults.length === 0 }
  },
})
