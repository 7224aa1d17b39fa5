import { randomUUID } from 'node:crypto'
import type { CorrectedField } from '#contract/subject.ts'
import { actionsAt, mayDo, mayDoAt, mayDoInBranch, namePeople, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { Card } from '../cards/card-store.ts'
import { readCard, readCards } from '../cards/cards.ts'
import { maskAddress, maskName, maskPhone } from '../cards/mask.ts'
import { calledBy } from '../identity/identity.ts'
import { readRow } from '../snapshots/row.ts'
import { selectCardsStand } from '../snapshots/snapshot-store.ts'
import { COLUMN_OF, correctCard, openCorrection, sealCorrection } from './correct-card.ts'
import {
  type CorrectionRecord,
  endCorrection,
  insertCorrection,
  lockCard,
  selectCorrection,
  selectCorrections,
  selectOpenCorrections,
} from './correction-store.ts'
import { selectErasedAt } from './erasure-store.ts'

type Whose = Readonly<{ branchId: string; subscriberId: string }>
type Told = Readonly<{ field: CorrectedField; value: string; number: string }>
type Of = Readonly<{ branchId: string; correctionId: string }>

/**
 * Puts down what a person says is wrong of what is kept of them, and has it so at once wherever it is
 * shown; extracts that still say otherwise do not change it. One that stood of the field is replaced.
 * @throws Refusal `branch-unknown`, `subscriber-unknown`, `not-allowed`, `not-for-tokens`,
 * `correction-erased`, `correction-phone-unreadable`, `correction-same`
 */
export async function recordCorrection(unit: Unit, whose: Whose, told: Told) {
  const { branchId, subscriberId } = whose
  const { field, number } = told
  mayDo(unit.actor, 'subject:correct')
  if (unit.actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  await readBranch(unit, branchId)
  await lockCard(unit, whose) // whoever erases or brings an extract now comes before or after
  const card = await readCard(unit, branchId, subscriberId)
  if (!card) throw new Refusal('not-found', 'subscriber-unknown', { subscriber: subscriberId })
  await mayDoAt(unit, card.unitId, 'subject:correct')
  if (await selectErasedAt(unit, whose))
    throw new Refusal('conflict', 'correction-erased', { subscriber: subscriberId })
  const value = field === 'phone' ? dialled(told.value) : told.value
  if (value === saidNow(unit, card)[field]) throw new Refusal('conflict', 'correction-same')
  for (const each of await selectOpenCorrections(unit, whose))
    if (each.field === field) await endCorrection(unit, { ...each, as: 'replaced' })
  const correctionId = randomUUID()
  const sealed = sealCorrection(unit.keys, { ...whose, field }, value)
  await insertCorrection(unit, { ...whose, correctionId, field, sealed, number })
  await correctCard(unit, card, { [field]: value })
  tell(unit, 'correction.recorded', { ...whose, correctionId, field })
  const record = await found(unit, { branchId, correctionId })
  const [shown] = await shownCorrections(unit, branchId, [record])
  if (!shown) throw new Error('one correction is shown as one row')
  return shown
}

/** The corrections in scope, those that stand first, masked. @throws Refusal `branch-unknown`, `not-allowed` */
export async function listCorrections(
  unit: Unit,
  of: Readonly<{ branchId: string; cursor?: string | undefined; limit: number }>,
) {
  mayDo(unit.actor, 'subject:correct')
  await readBranch(unit, of.branchId)
  const { rows, ...page } = await selectCorrections(unit, of)
  return { rows: await shownCorrections(unit, of.branchId, rows), ...page }
}

/**
 * Takes a correction back: the card says again what the latest extract says. Where that one was
 * corrected itself, what was delivered comes with the next.
 * @throws Refusal `branch-unknown`, `correction-unknown`, `correction-ended`, `not-allowed`,
 * `not-for-tokens`
 */
export async function withdrawCorrection(unit: Unit, of: Of, works: Works): Promise<void> {
  const { branchId } = of
  mayDo(unit.actor, 'subject:correct')
  if (unit.actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  await readBranch(unit, branchId)
  const record = await found(unit, of)
  const { subscriberId, field } = record
  await lockCard(unit, record)
  const card = await readCard(unit, branchId, subscriberId)
  if (card) await mayDoAt(unit, card.unitId, 'subject:correct')
  else await mayDoInBranch(unit, branchId, 'subject:correct')
  if (!(await endCorrection(unit, { ...of, as: 'withdrawn' })))
    throw new Refusal('conflict', 'correction-ended')
  tell(unit, 'correction.withdrawn', record)
  const standing = card && (await selectCardsStand(unit, branchId))
  if (!standing) return
  await using session = await works.lake.ask()
  const { row } = await readRow(works, session, standing, subscriberId)
  if (!row) return
  const said = row[COLUMN_OF[field]]
  await correctCard(unit, card, { [field]: typeof said === 'string' ? said : null })
}

async function found(unit: Unit, of: Of): Promise<CorrectionRecord> {
  const record = await selectCorrection(unit, of)
  if (!record) throw new Refusal('not-found', 'correction-unknown', { correction: of.correctionId })
  return record
}

/** Told with the field and ids alone. */
export function tell(
  unit: Unit,
  action: `correction.${'recorded' | 'withdrawn' | 'taken-over'}`,
  of: Pick<CorrectionRecord, 'branchId' | 'correctionId' | 'subscriberId' | 'field'>,
): void {
  audit(unit, {
    ...{ branchId: of.branchId, action },
    about: { kind: 'subscriber', id: of.subscriberId },
    values: { correction: of.correctionId, field: of.field },
  })
}

/** A number as extracts say it, typed wide or not: without the code of China, blanks and dashes. */
function dialled(typed: string): string {
  const number = typed.normalize('NFKC').replaceAll(/^(?:\+|00)86|[\s-]/g, '')
  if (!/^\d{5,20}$/.test(number)) throw new Refusal('invalid', 'correction-phone-unreadable')
  return number
}

function saidNow(unit: Unit, card: Card): Record<CorrectedField, string | null> {
  return { ...calledBy(unit.keys, card), address: card.address }
}

async function shownCorrections(
  unit: Unit,
  branchId: string,
  records: readonly CorrectionRecord[],
) {
  const { keys } = unit
  const ids = records.map(({ subscriberId }) => subscriberId)
  const cards = await readCards(unit, branchId, ids)
  const units = new Set([...cards.values()].map(({ unitId }) => unitId).concat(branchId))
  const may = new Set<string>()
  for (const each of units) if ((await actionsAt(unit, each)).has('subject:correct')) may.add(each)
  const whoIs = await namePeople(
    unit,
    records.map(({ recordedBy }) => recordedBy),
  )
  return records.map((of) => {
    const value = openCorrection(keys, of)
    const unitId = cards.get(of.subscriberId)?.unitId ?? branchId
    return {
      ...{ correctionId: of.correctionId, subscriberId: of.subscriberId, field: of.field },
      name: of.field === 'name' ? maskName(value) : null,
      phone: of.field === 'phone' ? maskPhone(value) : null,
      address: of.field === 'address' ? maskAddress(value) : null,
      number: of.number,
      ...{ recordedBy: of.recordedBy, recordedByName: whoIs(of.recordedBy) },
      recordedAt: of.recordedAt.toISOString(),
      endedAt: of.endedAt?.toISOString() ?? null,
      endedAs: of.endedAs,
      can: of.endedAt === null && may.has(unitId) ? (['withdraw'] as 'withdraw'[]) : [],
    }
  })
}
