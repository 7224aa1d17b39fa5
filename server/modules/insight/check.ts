import { isDay } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Comparison, Condition, Operator, Scalar } from './condition.ts'
import { type Field, OPERATOR_WORDS, type Words } from './field.ts'

const MOST_LEVELS = 8
const MOST_NODES = 200
const MOST_VALUES = 200

/** Columns of a branch’s own come and go with its extracts; all their names begin so. */
export const CUSTOM = 'custom_'

/** The fields of a branch by name. */
export type Catalogue = ReadonlyMap<string, Field>

/**
 * Refuses what cannot be asked: `condition-too-deep` beyond 8 levels or 200 nodes, `field-unknown`
 * with the nearest names, `condition-invalid` with where in the tree and why. What passes compiles.
 */
export function checkCondition(condition: Condition, fields: Catalogue, at = '$'): void {
  checkSize(condition)
  checkNode(condition, fields, at)
}

function checkSize(condition: Condition): void {
  let nodes = 0
  const walk = (node: Condition, level: number): void => {
    nodes += 1
    if (level > MOST_LEVELS || nodes > MOST_NODES)
      throw new Refusal('invalid', 'condition-too-deep')
    if ('all' in node) for (const each of node.all) walk(each, level + 1)
    else if ('any' in node) for (const each of node.any) walk(each, level + 1)
    else if ('not' in node) walk(node.not, level + 1)
  }
  walk(condition, 1)
}

function checkNode(node: Condition, fields: Catalogue, at: string): void {
  if ('all' in node) node.all.forEach((each, i) => void checkNode(each, fields, `${at}.all[${i}]`))
  else if ('any' in node)
    node.any.forEach((each, i) => void checkNode(each, fields, `${at}.any[${i}]`))
  else if ('not' in node) checkNode(node.not, fields, `${at}.not`)
  else checkComparison(node, fields, at)
}

function checkComparison(leaf: Comparison, fields: Catalogue, at: string): void {
  const field = fields.get(leaf.field)
  if (!field && leaf.field.startsWith(CUSTOM)) return // not delivered these days, so unknown
  if (!field)
    throw new Refusal('invalid', 'field-unknown', {
      field: leaf.field,
      near: nearNames(leaf.field, fields).join(', '),
      at,
    })
  const invalid = (zh: string, en: string) =>
    new Refusal('invalid', 'condition-invalid', { at, detailZh: zh, detailEn: en })
  const { label } = field
  if (!field.operators.includes(leaf.op)) {
    const can = (language: keyof Words) =>
      field.operators
        .map((op) => OPERATOR_WORDS[op][language])
        .join(language === 'zh' ? '、' : ', ')
    throw invalid(
      `“${label.zh}”不能用“${OPERATOR_WORDS[leaf.op].zh}”比较，可用：${can('zh')}`,
      `${label.en} cannot be compared by “${OPERATOR_WORDS[leaf.op].en}”, only by: ${can('en')}`,
    )
  }
  const wanted = wantedBy(leaf.op)
  const given = leaf.value
  if (wanted === 'none') {
    if (given !== undefined)
      throw invalid(
        `“${label.zh}”“${OPERATOR_WORDS[leaf.op].zh}”不需要值`,
        `${label.en} “${OPERATOR_WORDS[leaf.op].en}” takes no value`,
      )
    return
  }
  const values = Array.isArray(given) ? given : given === undefined ? [] : [given as Scalar]
  const fits =
    wanted === 'one'
      ? values.length === 1 && !Array.isArray(given)
      : wanted === 'two'
        ? values.length === 2 && Array.isArray(given)
        : values.length > 0 && values.length <= MOST_VALUES && Array.isArray(given)
  if (!fits)
    throw invalid(
      `“${label.zh}”“${OPERATOR_WORDS[leaf.op].zh}”需要${COUNTS[wanted].zh}`,
      `${label.en} “${OPERATOR_WORDS[leaf.op].en}” takes ${COUNTS[wanted].en}`,
    )
  const kind = kindOfValue(leaf.op, field)
  for (const value of values)
    if (!READABLE[kind].test(value))
      throw invalid(
        `“${label.zh}”的值“${value}”应为${READABLE[kind].zh}`,
        `${label.en} is compared with “${value}”, which is not ${READABLE[kind].en}`,
      )
}

/** What a field is called; a custom column that is not delivered by its own name. */
export function labelOf(name: string, fields: Catalogue): Words {
  const own = name.startsWith(CUSTOM) ? name.slice(CUSTOM.length) : name
  return fields.get(name)?.label ?? { zh: own, en: own }
}

/** How many values an operator takes. */
function wantedBy(op: Operator): 'none' | 'one' | 'two' | 'some' {
  if (['is_true', 'is_false', 'known', 'unknown', 'before_today'].includes(op)) return 'none'
  if (op === 'in' || op === 'not_in') return 'some'
  return op === 'range' ? 'two' : 'one'
}

const COUNTS = {
  one: { zh: '一个值', en: 'one value' },
  two: { zh: '两个值（从、到之前）', en: 'two values (from, to before)' },
  some: { zh: '1–200 个值的列表', en: 'a list of 1 to 200 values' },
} as const

export type ValueKind = 'text' | 'whole' | 'number' | 'day' | 'month' | 'days'

/** As what the values of a comparison are read. */
export function kindOfValue(op: Operator, field: Pick<Field, 'type'>): ValueKind {
  if (op === 'within_days' || op === 'older_than_days') return 'days'
  if (field.type === 'int' || field.type === 'fen') return 'whole'
  if (field.type === 'number') return 'number'
  if (field.type === 'date') return 'day'
  return field.type === 'month' ? 'month' : 'text'
}

const isText = (value: unknown): value is string => typeof value === 'string'
const READABLE: Record<ValueKind, Words & { test(value: Scalar): boolean }> = {
  text: { zh: '文字', en: 'a text', test: isText },
  whole: { zh: '整数', en: 'a whole number', test: Number.isSafeInteger },
  number: { zh: '数字', en: 'a number', test: (value) => Number.isFinite(value) },
  day: {
    zh: '日期（YYYY-MM-DD）',
    en: 'a day YYYY-MM-DD',
    test: (value) => isText(value) && isDay(value),
  },
  month: {
    zh: '月份（YYYY-MM）',
    en: 'a month YYYY-MM',
    test: (value) => isText(value) && /^\d{4}-(0[1-9]|1[0-2])$/.test(value),
  },
  days: {
    zh: '0–4000 的天数',
    en: 'a number of days from 0 to 4000',
    test: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 4000,
  },
}

/** The three field names or labels that are nearest to what was written. */
export function nearNames(written: string, fields: Catalogue): string[] {
  const wanted = written.toLowerCase()
  const scored = [...fields.values()].map(({ field, label }) => {
    const words = [field, label.zh, label.en.toLowerCase()]
    const holds = words.some((word) => word.includes(wanted) || wanted.includes(word))
    const steps = Math.min(...words.map((word) => editSteps(wanted, word)))
    return { field, score: steps - (holds ? 4 : 0) }
  })
  scored.sort((a, b) => a.score - b.score || (a.field < b.field ? -1 : 1))
  return scored.slice(0, 3).map(({ field }) => field)
}

/** Levenshtein’s distance: how many letters must be added, dropped or changed. */
function editSteps(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, place) => place)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
