import type { Keys } from '#platform/keys.ts'
import { type CellKeys, tokenOf } from '#platform/sealed-cells.ts'
import { PURPOSE, SEPARATOR } from './identity.ts'

// The blind index: what sealed names and numbers are found by. Must agree with name-tokens.sql and number-tokens.sql.

const DIGITS = 12

/** What a name begins with, two to four characters; a token for each key that may have sealed it. */
export function nameTokens(keys: Keys, branchId: string, text: string): string[] {
  const letters = [...text]
  const beginnings = [2, 3, 4].filter((length) => length <= letters.length)
  return ofEachKey(keys, (token) =>
    beginnings.map((length) => token('name', branchId, letters.slice(0, length).join(''))).join(''),
  )
}

/** The last four digits of a number; a token for each key that may have sealed it. */
export function numberTokens(keys: Keys, branchId: string, number: string): string[] {
  return ofEachKey(keys, (token) => token('number', branchId, number.slice(-4)))
}

type Token = (...parts: readonly string[]) => string

function ofEachKey(keys: Keys, make: (token: Token) => string): string[] {
  const cells: CellKeys = keys.cellKeysFor(PURPOSE)
  return Object.keys(cells.held).map((id) =>
    make((...parts) => tokenOf(cells, parts.join(SEPARATOR), id).slice(0, DIGITS)),
  )
}
