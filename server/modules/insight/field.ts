import type { Operator } from './condition.ts'

/** A sentence or a name for people, in Chinese and in English. */
export type Words = Readonly<{ zh: string; en: string }>

export type FieldType = 'text' | 'code' | 'int' | 'fen' | 'number' | 'bool' | 'date' | 'month'

/**
 * Where a value stands: with the subscriber itself, or with the household, the rival there, what was
 * agreed to, the place or the unit, each of which costs a join.
 */
export type Source = 'own' | 'household' | 'rival' | 'consent' | 'place' | 'unit'

/** A typed column that conditions may ask about. `column` is its name in `published.base`. */
export type FieldKind = Readonly<{
  field: string
  label: Words
  group: string
  type: FieldType
  unit: Words | null
  values: readonly Readonly<{ value: string; label: Words }>[] | null
  source: Source
  /** The column holds an instant, of which the day counts. */
  instant?: true
}>

/** A field as a branch has it on a day; a condition on one that was not delivered is unknown. */
export type Field = FieldKind & Readonly<{ operators: readonly Operator[]; delivered: boolean }>

const EQUAL: readonly Operator[] = ['eq', 'ne', 'in', 'not_in']
const ORDERED: readonly Operator[] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'range']
const KNOWN: readonly Operator[] = ['known', 'unknown']

/** What can be asked of a field of each type. */
export const OPERATORS_OF: Readonly<Record<FieldType, readonly Operator[]>> = {
  text: [...EQUAL, 'contains', 'starts_with', ...KNOWN],
  code: [...EQUAL, ...KNOWN],
  int: [...ORDERED, 'in', 'not_in', ...KNOWN],
  fen: [...ORDERED, 'in', 'not_in', ...KNOWN],
  number: [...ORDERED, ...KNOWN],
  bool: ['is_true', 'is_false', ...KNOWN],
  date: [...ORDERED, 'within_days', 'older_than_days', 'before_today', ...KNOWN],
  month: [...ORDERED, ...KNOWN],
}

export const OPERATOR_WORDS: Readonly<Record<Operator, Words>> = {
  eq: { zh: '等于', en: 'is' },
  ne: { zh: '不等于', en: 'is not' },
  in: { zh: '属于', en: 'is one of' },
  not_in: { zh: '不属于', en: 'is none of' },
  lt: { zh: '小于', en: 'is below' },
  lte: { zh: '不大于', en: 'is at most' },
  gt: { zh: '大于', en: 'is above' },
  gte: { zh: '不小于', en: 'is at least' },
  range: { zh: '从…到…之前', en: 'is from … to before …' },
  contains: { zh: '包含', en: 'contains' },
  starts_with: { zh: '开头是', en: 'starts with' },
  is_true: { zh: '为是', en: 'is true' },
  is_false: { zh: '为否', en: 'is false' },
  known: { zh: '已知', en: 'is known' },
  unknown: { zh: '未知', en: 'is not known' },
  within_days: { zh: '在以后几天之内', en: 'is within the days to come' },
  older_than_days: { zh: '在几天之前', en: 'is longer ago than so many days' },
  before_today: { zh: '早于计划日', en: 'is before the planning day' },
}
