import type { CorrectedField } from '#contract/subject.ts'
import type { Keys } from '#platform/keys.ts'
import { openCell, sealCell } from '#platform/sealed-cells.ts'
import type { Unit } from '#platform/unit.ts'
import type { Card } from '../cards/card-store.ts'
import { readCards } from '../cards/cards.ts'
import { openIdentity, ownerOf, sealIdentity } from '../identity/identity.ts'
import { nameIndexOf, numberIndexOf } from '../identity/identity-index.ts'
import { initialsOf } from '../identity/initials.ts'
import {
  type CorrectionRecord,
  lockOpenCorrections,
  selectOpenCorrections,
  updateCardIdentity,
  updateCorrectionSealed,
} from './correction-store.ts'

/** What the keys of these cells are derived for. */
const PURPOSE = 'subscribers.correction'

/** The column of an extract that says what a field says. */
export const COLUMN_OF = {
  name: 'customer_name',
  phone: 'contact_phone',
  address: 'install_address',
} as const satisfies Record<CorrectedField, string>

type Whose = Readonly<{ branchId: string; subscriberId: string; field: CorrectedField }>
const aboutOf = ({ branchId, subscriberId, field }: Whose) =>
  ownerOf(branchId, `${subscriberId} ${field}`)

export const sealCorrection = (keys: Keys, of: Whose, value: string): Buffer =>
  sealCell(keys.cellKeysFor(PURPOSE), value, aboutOf(of))

/** Null once it has ended. @throws Refusal `cell-key-missing`, `cell-damaged` */
export const openCorrection = (keys: Keys, of: CorrectionRecord): string | null =>
  of.sealed && openCell(keys.cellKeysFor(PURPOSE), of.sealed, aboutOf(of))

/** Gives a card other values of these fields, and all that it is found by. */
export async function correctCard(
  unit: Unit,
  card: Card,
  values: Readonly<Partial<Record<CorrectedField, string | null>>>,
): Promise<void> {
  const { keys } = unit
  const { branchId, subscriberId } = card
  const before = openIdentity(keys, card)
  const { name = before.customer_name, phone = before.contact_phone } = values
  const identity = { ...before, customer_name: name, contact_phone: phone }
  const sealed = sealIdentity(keys, { branchId, subscriberId }, identity)
  const called = identity.customer_name ?? identity.contact_name
  const number = identity.contact_phone ?? identity.service_number
  await updateCardIdentity(unit, {
    ...{ branchId, subscriberId, identity: sealed },
    nameInitials: sealed && (called === null ? '' : initialsOf(called)),
    nameIndex: called === null ? null : nameIndexOf(keys, branchId, called),
    numberIndex: number === null ? null : numberIndexOf(keys, branchId, number),
    address: values.address === undefined ? card.address : values.address,
  })
}

/** Puts the corrections of a branch that stand over its cards, whatever made them what they are. */
export async function correctCards(unit: Unit, branchId: string): Promise<void> {
  const open = await selectOpenCorrections(unit, { branchId })
  const ids = [...new Set(open.map(({ subscriberId }) => subscriberId))]
  for (const card of (await readCards(unit, branchId, ids)).values())
    await correctCard(unit, card, correctedValues(unit.keys, open, card.subscriberId))
}

/** What is corrected of one subscriber, by field. */
export function correctedValues(
  keys: Keys,
  open: readonly CorrectionRecord[],
  subscriberId: string,
): Partial<Record<CorrectedField, string | null>> {
  return Object.fromEntries(
    open
      .filter((each) => each.subscriberId === subscriberId)
      .map((each) => [each.field, openCorrection(keys, each)]),
  )
}

/** Seals the values of corrections anew that another key sealed than the one that seals now; how many. */
export async function sealCorrectionsAgain(unit: Unit): Promise<number> {
  const { keys } = unit
  const known = new Set(keys.ids)
  let done = 0
  for (const each of await lockOpenCorrections(unit)) {
    const keyId = each.sealed && Buffer.from(each.sealed).toString('hex', 1, 5)
    // Under a key that is lost it stays as unreadable as it is.
    if (keyId === null || keyId === keys.id || !known.has(keyId)) continue
    const value = openCorrection(keys, each)
    if (value === null) continue
    await updateCorrectionSealed(unit, { ...each, sealed: sealCorrection(keys, each, value) })
    done += 1
  }
  return done
}
