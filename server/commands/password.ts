import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { givePassword } from '#people'
import { command } from './command.ts'

/** Gives an account a new random password and tells it once; it is kept as a hash alone. */
export const password = command({
  input: z.strictObject({
    account: z.string().min(2).max(60),
    branch: z.string().nullable(),
    withoutFactor: z.boolean(),
  }),
  perform: async ({ works }, { account, branch, withoutFactor }) => {
    const made = randomBytes(12).toString('base64url')
    const { staffId, opened } = await works.run(works.system, (unit) =>
      givePassword(unit, { branchId: branch, account, password: made, withoutFactor }),
    )
    return { account, staff: staffId, opened, password: made }
  },
})
