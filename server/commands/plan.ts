import { z } from 'zod'
import { isDay } from '#platform/day.ts'
import { makePlan, publishPlan, writePlanFiles } from '#worklists'
import { command } from './command.ts'

/** Makes the plan of a day, writes its files where asked, publishes it where asked. */
export const planDay = command({
  input: z.strictObject({
    branch: z.string(),
    date: z.string().refine(isDay, 'a day is YYYY-MM-DD'),
    publish: z.boolean(),
    out: z.string().nullable(),
    /** Of the words in the workbook. */
    lang: z.enum(['zh', 'en']).default('zh'),
  }),
  perform: async ({ works }, { branch, date, publish, out, lang }, watch) => {
    const { planId, counts } = await makePlan(works, { branchId: branch, day: date }, watch)
    if (out) await writePlanFiles(works, { branchId: branch, planId, lang }, out)
    if (publish) await publishPlan(works, { branchId: branch, planId }, watch)
    const byReason = (losses: readonly { reason: string; count: number }[]) =>
      Object.fromEntries(losses.map(({ reason, count }) => [reason, count]))
    return {
      plan: planId,
      base: counts.base,
      candidates: counts.candidates,
      suppressed: byReason(counts.suppressed),
      held_out: counts.heldOut,
      outranked: counts.outranked,
      assigned: counts.assigned,
      unassigned: byReason(counts.unassigned),
      published: publish,
    }
  },
})
