import { z } from 'zod'
import { isDay } from '#platform/day.ts'
import { explainSubscriber } from '#worklists'
import { command } from './command.ts'

/** Why a subscriber is, or is not, on somebody’s list of a day (default: the latest plan). */
export const explain = command({
  input: z.strictObject({
    branch: z.string(),
    subscriber: z.string(),
    date: z.string().refine(isDay, 'a day is YYYY-MM-DD').nullable(),
  }),
  perform: ({ works }, { branch, subscriber, date }) =>
    explainSubscriber(works, works.system, {
      branchId: branch,
      subscriberId: subscriber,
      ...(date && { date }),
    }),
})
