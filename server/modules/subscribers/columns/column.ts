import type { Progress } from '#platform/works.ts'

/** A sentence or a name for people, in Chinese and in English. */
export type Sentence = Progress['phase']

/**
 * How a delivered text becomes a value, and as what the lake then holds it: `text`, `code`, `phone`
 * and `region` as VARCHAR, `int` and `fen` (integer 分) as BIGINT, `bool` as BOOLEAN, `date` as DATE,
 * `datetime` (the branch’s wall clock) as TIMESTAMP, `month` as 'YYYY-MM', `minutes`, `megabytes`
 * and `hours` as DECIMAL(15,3), `share` (0–1) as DOUBLE, `list` as VARCHAR[].
 */
export const COLUMN_TYPES = [
  'text',
  'code',
  'phone',
  'region',
  'int',
  'bool',
  'date',
  'datetime',
  'month',
  'fen',
  'minutes',
  'megabytes',
  'hours',
  'share',
  'list',
] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

/**
 * `direct` identifies a person and is masked; `sensitive` is never listed; `key` joins; `quasi`
 * tells of habits or standing; `staff` is about an employee.
 */
export type Personal = 'none' | 'direct' | 'sensitive' | 'key' | 'quasi' | 'staff'

/** What a delivered number counts; the header or the profile says so, else the column does. */
export const UNITS = ['分', '元', 'KB', 'MB', 'GB', '秒', '分钟', '小时'] as const
export type Unit = (typeof UNITS)[number]

/** What a whole number counts, as people say it: Chinese, English for one and for others. */
export const COUNTED = {
  years: { zh: '岁', one: 'year', others: 'years' },
  months: { zh: '个月', one: 'month', others: 'months' },
  days: { zh: '天', one: 'day', others: 'days' },
  times: { zh: '次', one: 'time', others: 'times' },
  people: { zh: '人', one: 'person', others: 'people' },
  items: { zh: '个', one: '', others: '' },
  speed: { zh: 'Mbit/s', one: 'Mbit/s', others: 'Mbit/s' },
} as const satisfies Record<string, Readonly<{ zh: string; one: string; others: string }>>

export type Group = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H'

/** One column that a kind of file can deliver. */
export type Column = Readonly<{
  id: string
  label: Sentence
  type: ColumnType
  /** Further headers; the id and the Chinese label count by themselves. */
  aliases: readonly string[]
  personal: Personal
  group?: Group
  unit?: Unit
  /** What a number without a delivered unit counts. */
  counts?: keyof typeof COUNTED
  /** Delivered → code, compared without case. */
  values?: Readonly<Record<string, string>>
  /** After `values`, only these are readable. */
  oneOf?: readonly string[]
  /** A value that cannot be read rejects the row; otherwise it counts as not delivered. */
  reject?: true
  /** Numbers below are not believed. */
  min?: number
}>

type More = Partial<Omit<Column, 'id' | 'label' | 'type'>>

/** A column of a catalogue: English id, Chinese and English label, type, and what is special. */
export function column(
  id: string,
  zh: string,
  en: string,
  type: ColumnType,
  more: More = {},
): Column {
  const signless = SIGNLESS.has(type) ? { min: 0 } : {}
  return { id, label: { zh, en }, type, aliases: [], personal: 'none', ...signless, ...more }
}
/** Amounts and counts below zero are mistakes; the few that are not set another `min`. */
const SIGNLESS: ReadonlySet<ColumnType> = new Set([
  'int',
  'fen',
  'minutes',
  'megabytes',
  'hours',
  'share',
])

/** The columns of one group of the catalogue. */
export function inGroup(group: Group, columns: readonly Column[]): Column[] {
  return columns.map((each) => ({ ...each, group }))
}
