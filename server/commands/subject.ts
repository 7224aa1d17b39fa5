import { z } from 'zod'
import { toldOf } from '#contacts'
import { audit } from '#platform/audit/audit.ts'
import { selectAboutOf } from '#platform/audit/store.ts'
import { Refusal } from '#platform/refusal.ts'
import { lapsesOf } from '#renewals'
import { correctionsOf, erasedAt, openCorrection, saidOf } from '#subscribers'
import { accountsEver, resultsEver, tasksEver } from '#worklists'
import { evidenceEver, reviewsEver } from '../modules/field/index.ts'
import { command } from './command.ts'

/**
 * Everything that is kept of one subscriber, in clear text, and who has looked at it: what a person
 * may ask for (PIPL art. 45). Handing it out is audited. @throws Refusal `subscriber-unknown`
 */
export const subject = command({
  input: z.strictObject({ branch: z.string(), subscriber: z.string() }),
  perform: async ({ works }, { branch, subscriber }) => {
    const of = { branchId: branch, subscriberId: subscriber }
    return works.run(works.system, async (unit) => {
      const said = await saidOf(works, unit, of)
      const { contacts, consents } = await toldOf(unit, of)
      const tasks = await tasksEver(unit, of)
      const results = await resultsEver(unit, of)
      const closes = await accountsEver(unit, of)
      const photos = await evidenceEver(unit, of)
      const visitReviews = await reviewsEver(unit, of)
      if (said.length + contacts.length + consents.length + tasks.length === 0)
        throw new Refusal('not-found', 'subscriber-unknown', { subscriber })
      const corrections = (await correctionsOf(unit, of)).map(
        ({ branchId, subscriberId, sealed, ...known }) => ({
          ...known,
          value: openCorrection(works.keys, { branchId, subscriberId, sealed, ...known }),
        }),
      )
      const lapses = await lapsesOf(unit, of)
      const looked = await selectAboutOf(unit, {
        chain: branch,
        kind: 'subscriber',
        id: subscriber,
      })
      const about = { kind: 'subscriber', id: subscriber } as const
      audit(unit, { branchId: branch, action: 'subject.told', about })
      const at = unit.now.toISOString()
      const erased = (await erasedAt(unit, of))?.toISOString() ?? null
      return {
        branch,
        subscriber,
        at,
        erasedAt: erased,
        corrections,
        extracts: said,
        contacts,
        consents,
        tasks,
        results,
        closes,
        lapses,
        photos,
        visitReviews,
        looked,
      }
    })
  },
})
