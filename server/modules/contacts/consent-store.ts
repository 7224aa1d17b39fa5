import { randomUUID } from 'node:crypto'
import type { Writable } from 'node:stream'
import { sql } from 'kysely'
import { copyOut } from '#platform/postgres/copy.ts'
import type { Unit } from '#platform/unit.ts'
import type { Consent, ConsentTold } from './consents.ts'

/** Appends one word of a subscriber; its id says which. */
export async function insertConsent(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string; told: ConsentTold }>,
): Promise<string> {
  const { branchId, subscriberId, told } = of
  const consentId = randomUUID()
  await sql`
    insert into contacts.consent (branch_id, consent_id, subscriber_id, subject, channel, answer,
      told_at, via, proof_kind, proof_ref, note, recorded_by)
    values (${branchId}, ${consentId}, ${subscriberId}, ${told.subject}, ${told.channel},
      ${told.answer}, ${told.toldAt}, ${told.via}, ${told.proof?.kind ?? null},
      ${told.proof?.ref ?? null}, ${told.note}, ${unit.actor.id})
  `.execute(unit.db)
  return consentId
}

/** Empties the notes and proofs of these subscribers, also where a repeat would be answered with them. */
export async function eraseConsents(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberIds: readonly string[] }>,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update contacts.consent
       set note = null, proof_ref = case when proof_ref is not null then '-' end
     where branch_id = ${of.branchId} and subscriber_id = any (${[...of.subscriberIds]}::text[])
    returning consent_id as id`.execute(unit.db)
  for (const { id } of rows)
    await sql`
      update platform.command set answer = '{"consents": []}'
       where operation = 'recordConsent'
         and answer @> ${JSON.stringify({ consents: [{ consentId: id }] })}::jsonb`.execute(unit.db)
}

type Row = Omit<Consent, 'proof'> &
  Readonly<{ proofKind: NonNullable<Consent['proof']>['kind'] | null; proofRef: string | null }>

/** All words of a subscriber, latest first; the first on a subject and channel stands. */
export async function selectConsents(
  unit: Unit,
  of: Readonly<{ branchId: string; subscriberId: string }>,
): Promise<Consent[]> {
  const { rows } = await sql<Row>`
    select consent_id as "consentId", subject, channel, answer, told_at as "toldAt", via,
           proof_kind as "proofKind", proof_ref as "proofRef", recorded_at as "recordedAt",
           recorded_by as "recordedBy",
           row_number() over (
             partition by subject, channel order by told_at desc, recorded_at desc, consent_id
           ) = 1 as stands
      from contacts.consent
     where branch_id = ${of.branchId} and subscriber_id = ${of.subscriberId}
     order by told_at desc, recorded_at desc, consent_id
  `.execute(unit.db)
  return rows.map(({ proofKind, proofRef, ...row }) => ({
    ...row,
    proof: proofKind !== null && proofRef !== null ? { kind: proofKind, ref: proofRef } : null,
  }))
}

/** The words of a branch that stand, as CSV with a header: subscriber_id, subject, channel, answer. */
export async function streamStandingConsents(
  unit: Unit,
  branchId: string,
  target: Writable,
): Promise<void> {
  const { rows } = await sql<{ query: string }>`
    select format(
      'select distinct on (subscriber_id, subject, channel) subscriber_id, subject, channel, answer
         from contacts.consent where branch_id = %L
        order by subscriber_id, subject, channel, told_at desc, recorded_at desc, consent_id',
      ${branchId}::text) as query`.execute(unit.db)
  const query = rows[0]?.query
  if (!query) throw new Error('a query was formatted')
  await copyOut(unit, query, target)
}
