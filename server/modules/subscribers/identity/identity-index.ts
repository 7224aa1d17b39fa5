import type { Keys } from '#platform/keys.ts'
import { type CellKeys, tokenOf } from '#platform/sealed-cells.ts'
import { PURPOSE, SEPARATOR } from './identity.ts'

// The blind index: what sealed names and numbers are found by. Must agree with name-tokens.sql and number-tokens.sql.

const DIGITS = 12

/** What a name begins with, two to four characters; a token for each key that may have sealed it. */
export function nameTokens(keys: KeysOfCells, branchId: string, text: string): string[] {
  const letters = [...text]
  const beginnings = [2, 3, 4].filter((length) => length <= letters.length)
  return ofEachKey(keys, (token) =>
    beginnings.map((length) => token('name', branchId, letters.slice(0, length).join(''))).join(''),
  )
}

/** The last four digits of a number; a token for each key that may have sealed it. */
export function numberTokens(keys: KeysOfCells, branchId: string, number: string): string[] {
  return ofEachKey(keys, (token) => token('number', branchId, number.slice(-4)))
}

/** By what the name of a card is found; null for one that is too short to be looked for. */
export function nameIndexOf(keys: Keys, branchId: string, name: string): string | null {
  const [token = ''] = nameTokens(sealingNow(keys), branchId, [...name].slice(0, 4).join(''))
  return token || null
}

/** By what the number of a card is found. */
export function numberIndexOf(keys: Keys, branchId: string, number: string): string | null {
  return numberTokens(sealingNow(keys), branchId, number)[0] ?? null
}

/** Cards are found by tokens of the key that seals now. */
const sealingNow = (keys: Keys): KeysOfCells => ({
  cellKeysFor: (purpose) => {
    const cells = keys.cellKeysFor(purpose)
    const { [cells.current]: now } = cells.held
    return { ...cells, held: now ? { [cells.current]: now } : {} }
  },
})

type KeysOfCells = Pick<Keys, 'cellKeysFor'>
type Token = (...parts: readonly string[]) => string

function ofEachKey(keys: KeysOfCells, make: (token: Token) => string): string[] {
  const cells: CellKeys = keys.cellKeysFor(PURPOSE)
  return Object.keys(cells.held).map((id) =>
    make((...parts) => tokenOf(cells, parts.join(SEPARATOR), id).slice(0, DIGITS)),
  )
}
