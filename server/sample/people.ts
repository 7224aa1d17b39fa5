import { type Draws, stream, weighted } from './draws.ts'

/**
 * Names that nobody has: a surname, 某, and numerals. Numbers that ring nobody: they begin with
 * 104, which the numbering plan of 2017 (工信部信管〔2017〕68号) keeps spare, while mobile numbers
 * begin with 13 to 19.
 */
const SURNAME = stream('surname')
const GIVEN = stream('given name')
const AGE = stream('age')
const GENDER = stream('gender')
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕牟衣柳栾慕隋'
const NUMERALS = '一二三四五六七八九十百千'
/** Characters that take four bytes in GB18030, as in rare names of real extracts. */
const RARE = ['㐀', '㐂', '𠀀', '𠮷']

export type Person = Readonly<{ name: string; age: number; gender: '01' | '02' | '00' | '0' }>

const numeral = (at: number): string => NUMERALS[at % NUMERALS.length] ?? '一'
const surname = (chance: Draws, key: number): string =>
  SURNAMES[chance.below(SURNAMES.length, SURNAME, key)] ?? '王'

/** The one in a household whose name is on the account, or another resident of it. */
export function residentOf(chance: Draws, household: number, resident: number): Person {
  const key = household * 8 + resident
  const given = chance.whole(GIVEN, key)
  const rare = given % 400 === 0 ? (RARE[(given >>> 10) % RARE.length] ?? '') : ''
  const age = 20 + Math.floor((chance.share(AGE, key) + chance.share(AGE, key, 1)) * 34)
  return {
    name: `${surname(chance, household)}某${numeral(given >>> 4)}${rare || numeral(given >>> 12)}`,
    age,
    gender: weighted(
      [
        ['01', 54],
        ['02', 41],
        ['00', 3],
        ['0', 2],
      ],
      chance.share(GENDER, key),
    ),
  }
}

export const staffName = (chance: Draws, key: number): string =>
  `${surname(chance, key)}某${numeral(chance.whole(GIVEN, key))}`

const SPARE_PREFIX = '104'
/** A number of a subscriber’s own; one for every line of every household. */
export const serviceNumber = (household: number, slot: number): string =>
  SPARE_PREFIX + String(household * 4 + (slot & 3)).padStart(8, '0')
export const contactNumber = (household: number): string => SPARE_PREFIX + (60_000_000 + household)
export const staffNumber = (nth: number): string => SPARE_PREFIX + (99_000_000 + nth)
