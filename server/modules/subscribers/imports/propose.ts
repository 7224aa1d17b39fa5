import { normaliseHeader } from '#platform/files/header.ts'
import type { Column } from '../columns/column.ts'

/** Headers as they may be spelled → column, most trusted spelling first. */
export type Dictionary = Readonly<{
  columns: readonly Column[]
  exact: ReadonlyMap<string, Column>
  plain: ReadonlyMap<string, Column>
}>

export type Proposal = Readonly<{
  column: Column
  /** 1: the column’s own name; 0.95 an alias; 0.9 but for a remark in brackets; less: only similar. */
  confidence: number
  because: 'name' | 'alias' | 'remark' | 'similar'
}>

/** From here on a proposal is taken without asking anybody. */
export const SURE = 0.9

const dictionaries = new WeakMap<readonly Column[], Dictionary>()

export function dictionaryOf(columns: readonly Column[]): Dictionary {
  const known = dictionaries.get(columns)
  if (known) return known
  const exact = new Map<string, Column>()
  const plain = new Map<string, Column>()
  const names = (of: Column) => [of.id, of.label.zh]
  const spellings = [
    ...columns.flatMap((of) => names(of).map((name) => [name, of] as const)),
    ...columns.flatMap((of) => of.aliases.map((name) => [name, of] as const)),
  ]
  for (const [name, of] of spellings) {
    const key = normaliseHeader(name)
    if (!exact.has(key)) exact.set(key, of)
    if (!plain.has(withoutRemark(key))) plain.set(withoutRemark(key), of)
  }
  const dictionary = { columns, exact, plain }
  dictionaries.set(columns, dictionary)
  return dictionary
}

/** What a header cell most likely is; undefined when nothing comes near. */
export function proposalFor(header: string, dictionary: Dictionary): Proposal | undefined {
  const key = normaliseHeader(header)
  if (key === '') return undefined
  const exact = dictionary.exact.get(key)
  if (exact) {
    const own = [exact.id, normaliseHeader(exact.label.zh)].includes(key)
    return own
      ? { column: exact, confidence: 1, because: 'name' }
      : { column: exact, confidence: 0.95, because: 'alias' }
  }
  const plain = dictionary.plain.get(withoutRemark(key))
  if (plain && isRemark(key)) return { column: plain, confidence: SURE, because: 'remark' }
  return similar(withoutRemark(key), dictionary)
}

/** Whether `cell`, as `normaliseHeader` writes it, is the header of a column of this kind. */
export function knows(dictionary: Dictionary): (cell: string) => boolean {
  return (cell) =>
    dictionary.exact.has(cell) || (isRemark(cell) && dictionary.plain.has(withoutRemark(cell)))
}

/** Remarks that say where a column comes from or what it counts, not what it is. */
const REMARK =
  /\((?:全|脱|脱敏|文件导入|导入|分|元|万元|月|天|次|个|条|kb|mb|gb|k|m|g|兆|秒|分钟|小时|min|必填|选填|是\/否|1\/0|y\/n)\)$/

function isRemark(key: string): boolean {
  return REMARK.test(key)
}

function withoutRemark(key: string): string {
  return key.replace(REMARK, '').replace(REMARK, '')
}

/** The most similar spelling by pairs of neighbouring characters; never sure. */
function similar(key: string, dictionary: Dictionary): Proposal | undefined {
  let best: Proposal | undefined
  for (const [name, column] of dictionary.plain) {
    const alike = Math.round(dice(key, name) * 60) / 100
    if (alike >= 0.36 && alike > (best?.confidence ?? 0))
      best = { column, confidence: alike, because: 'similar' }
  }
  return best
}

function dice(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)]
  if (left.size === 0 || right.size === 0) return 0
  const common = [...left].filter((pair) => right.has(pair)).length
  return (2 * common) / (left.size + right.size)
}

function pairs(text: string): Set<string> {
  const characters = [...text]
  return new Set(characters.slice(1).map((character, at) => `${characters[at]}${character}`))
}
