import type { Keys } from '#platform/keys.ts'
import { openCell, sealCell } from '#platform/sealed-cells.ts'

/**
 * The names and numbers of a subscriber, which lake and ledger keep as one sealed cell. Their order is
 * the order in the cell: new ones come last, none is ever taken out (docs/decisions/0014).
 */
export const SEALED_COLUMNS = [
  'customer_name',
  'contact_name',
  'account_name',
  'contact_phone',
  'service_number',
  'id_card_no',
  'wecom_external_id',
] as const
export type SealedColumn = (typeof SEALED_COLUMNS)[number]
export type Identity = Readonly<Record<SealedColumn, string | null>>

/** What the keys of these cells are derived for. */
export const PURPOSE = 'subscribers.identity'

/** Between two columns of a cell; taken out of what files deliver. */
export const SEPARATOR = '\u{1f}'

/** Whose cell it is; one that was moved to somebody else does not open. */
export const ownerOf = (branchId: string, subscriberId: string): string =>
  // With its length, so that no id with a separator in it is taken for a shorter one and its text.
  `${branchId}${SEPARATOR}${Buffer.byteLength(subscriberId)}${SEPARATOR}${subscriberId}`

type Sealed = Readonly<{
  branchId: string
  subscriberId: string
  /** The bytes, as the ledger gives them, or in hex, as the lake does; null: nothing was delivered. */
  identity: Uint8Array | string | null
}>

/** In clear text. @throws Refusal `cell-key-missing`, `cell-damaged` */
export function openIdentity(keys: Keys, of: Sealed): Identity {
  const bytes = typeof of.identity === 'string' ? Buffer.from(of.identity, 'hex') : of.identity
  const text = bytes
    ? openCell(keys.cellKeysFor(PURPOSE), bytes, ownerOf(of.branchId, of.subscriberId))
    : ''
  const values = text.replaceAll('\0', '').split(SEPARATOR)
  const entries = SEALED_COLUMNS.map((column, at) => [column, values[at] || null])
  return Object.fromEntries(entries) as Identity // every column has its entry
}

/** The cell of an identity, as imports seal it: the same texts, the same bytes; null where there is none. */
export function sealIdentity(
  keys: Keys,
  of: Readonly<{ branchId: string; subscriberId: string }>,
  identity: Identity,
): Buffer | null {
  const texts = SEALED_COLUMNS.map((column) => (identity[column] ?? '').replaceAll(SEPARATOR, ''))
  while (texts.at(-1) === '') texts.pop()
  if (texts.length === 0) return null
  const about = ownerOf(of.branchId, of.subscriberId)
  return sealCell(keys.cellKeysFor(PURPOSE), texts.join(SEPARATOR), about)
}

/** What a subscriber is called, and the number to reach them. */
export function calledBy(keys: Keys, of: Sealed): { name: string | null; phone: string | null } {
  const { customer_name, contact_name, contact_phone, service_number } = openIdentity(keys, of)
  return { name: customer_name ?? contact_name, phone: contact_phone ?? service_number }
}
