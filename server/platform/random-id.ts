import { randomInt } from 'node:crypto'

/** Without what looks alike: these are easily told apart when somebody reads them out. */
const SIGNS = '23456789abcdefghjkmnpqrstuvwxyz'
const LENGTH = 12

/** Twelve random signs, by which people find a thing in a list or name it on the telephone. */
export const randomId = (): string =>
  Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('')
