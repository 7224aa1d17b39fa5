import type { z } from 'zod'
import type { ConsentSubject, recordConsent } from '#contract/consents.ts'
import type { Proof } from '#contract/touches.ts'
import { mayDo, namePeople, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { type Card, readCard } from '#subscribers'
import { insertConsent, selectConsents } from './consent-store.ts'
import { lockHome } from './hold-store.ts'

type Body = z.output<typeof recordConsent.body>

/** One word of a subscriber on one subject, with where its proof is. */
export type ConsentTold = Omit<Body, 'toldAt'> & Readonly<{ toldAt: Date }>

export type Consent = Readonly<{
  consentId: string
  subject: z.output<typeof ConsentSubject>
  channel: Body['channel']
  answer: Body['answer']
  toldAt: Date
  via: Body['via']
  proof: Readonly<z.output<typeof Proof>> | null
  recordedAt: Date
  recordedBy: string
  /** Whether it is the latest word on its subject and channel. */
  stands: boolean
}>

type OfSubscriber = Readonly<{ branchId: string; subscriberId: string }>

/** What a subscriber in scope agreed to and forbade, latest first. @throws Refusal `subscriber-unknown` */
export async function listConsents(unit: Unit, of: OfSubscriber) {
  await readSubscriber(unit, of)
  const found = await selectConsents(unit, of)
  const whoIs = await namePeople(
    unit,
    found.map(({ recordedBy }) => recordedBy),
  )
  const consents = found.map((each) => ({
    ...each,
    toldAt: each.toldAt.toISOString(),
    recordedAt: each.recordedAt.toISOString(),
    recordedByName: whoIs(each.recordedBy),
  }))
  return { consents }
}

/**
 * Records a word of a subscriber in scope: whoever may see the subscriber may record a “no”, at once
 * and on the spot; a “yes” needs its proof. A plan made later, and a check at the door, go by it.
 * @throws Refusal `subscriber-unknown`, `consent-needs-proof`, `consent-channel-not-marketing`,
 * `consent-in-future`
 */
export async function recordConsentOf(unit: Unit, of: OfSubscriber, body: Body): Promise<void> {
  await lockHome(unit, await readSubscriber(unit, of)) // whoever opens the door now waits for it
  const toldAt = body.toldAt === null ? unit.now : new Date(body.toldAt)
  const told: ConsentTold = { ...body, toldAt }
  if (told.toldAt > unit.now) throw new Refusal('invalid', 'consent-in-future')
  if (told.channel !== null && told.subject !== 'marketing')
    throw new Refusal('invalid', 'consent-channel-not-marketing')
  if (told.answer === 'yes' && told.subject !== 'port-out' && told.proof === null)
    throw new Refusal('invalid', 'consent-needs-proof')
  const consentId = await insertConsent(unit, { ...of, told })
  audit(unit, {
    ...{ branchId: of.branchId, action: 'consent.recorded' },
    about: { kind: 'subscriber', id: of.subscriberId },
    values: { consentId, subject: told.subject, channel: told.channel, answer: told.answer },
  })
}

async function readSubscriber(unit: Unit, { branchId, subscriberId }: OfSubscriber): Promise<Card> {
  mayDo(unit.actor, 'subscriber:read')
  await readBranch(unit, branchId)
  const card = await readCard(unit, branchId, subscriberId)
  if (!card) throw new Refusal('not-found', 'subscriber-unknown', { subscriber: subscriberId })
  return card
}
