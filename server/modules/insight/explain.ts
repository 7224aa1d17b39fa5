import { addDays } from '#platform/day.ts'
import { type Catalogue, labelOf } from './check.ts'
import type { Comparison, Condition, Scalar } from './condition.ts'
import { type Field, OPERATOR_WORDS, type Words } from './field.ts'

/** A row of the base as plain values; days are `YYYY-MM-DD`, instants ISO. */
export type BaseRow = Readonly<Record<string, unknown>>
type Of = Readonly<{ row: BaseRow; fields: Catalogue; day: string }>

/** True, false, or null for unknown: the same three values as the SQL gives. */
export type Truth = boolean | null

/** Whether a condition holds for one row; the compiler says the same over all rows. */
export function truthOf(condition: Condition, of: Of): Truth {
  if ('all' in condition) {
    const truths = condition.all.map((each) => truthOf(each, of))
    return truths.includes(false) ? false : truths.includes(null) ? null : true
  }
  if ('any' in condition) {
    const truths = condition.any.map((each) => truthOf(each, of))
    return truths.includes(true) ? true : truths.includes(null) ? null : false
  }
  if ('not' in condition) {
    const truth = truthOf(condition.not, of)
    return truth === null ? null : !truth
  }
  const field = of.fields.get(condition.field)
  if (!field?.delivered) return null
  return compare(condition, haveOf(field, of.row), of.day)
}

type Value = string | number | boolean | null

function haveOf(field: Field, row: BaseRow): Value {
  const value = (row[field.field] ?? null) as Value
  return field.instant && typeof value === 'string' ? value.slice(0, 10) : value
}

function compare({ op, value }: Comparison, have: Value, day: string): Truth {
  if (op === 'known') return have !== null
  if (op === 'unknown') return have === null
  if (have === null) return null
  const list = (Array.isArray(value) ? value : [value]) as Scalar[]
  const [first, second] = list as [Scalar, Scalar]
  switch (op) {
    case 'eq':
      return have === first
    case 'ne':
      return have !== first
    case 'in':
      return list.includes(have)
    case 'not_in':
      return !list.includes(have)
    case 'lt':
      return have < first
    case 'lte':
      return have <= first
    case 'gt':
      return have > first
    case 'gte':
      return have >= first
    case 'range':
      return have >= first && have < second
    case 'contains':
      return String(have).includes(String(first))
    case 'starts_with':
      return String(have).startsWith(String(first))
    case 'is_true':
      return have === true
    case 'is_false':
      return have === false
    case 'within_days':
      return have >= day && have < addDays(day, Number(first) + 1)
    case 'older_than_days':
      return have < addDays(day, -Number(first))
    case 'before_today':
      return have < day
  }
}

/**
 * Why a condition does not select this row, in words: the first comparison that stands in the way.
 * Null if it does select it.
 */
export function explainCondition(condition: Condition, of: Of): Words | null {
  return truthOf(condition, of) === true ? null : because(condition, of)
}

function because(node: Condition, of: Of): Words {
  if ('all' in node) {
    const inTheWay = node.all.find((each) => truthOf(each, of) !== true)
    return inTheWay ? because(inTheWay, of) : NOTHING
  }
  if ('any' in node) {
    const reasons = node.any.slice(0, 3).map((each) => because(each, of))
    if (reasons.length === 0) return NOTHING
    return {
      zh: reasons.map(({ zh }) => zh).join('，也'),
      en: reasons.map(({ en }) => en).join(', and '),
    }
  }
  if ('not' in node) return holds(node.not, of)
  return fails(node, of)
}
const NOTHING = { zh: '条件为空，不选择任何用户', en: 'the condition is empty and selects nobody' }

/** Under `not`: what holds, or is unknown, though it should not. */
function holds(node: Condition, of: Of): Words {
  if ('all' in node) return holds(node.all[0] ?? { all: [] }, of)
  if ('any' in node) {
    const found = node.any.find((each) => truthOf(each, of) !== false)
    return found ? holds(found, of) : NOTHING
  }
  if ('not' in node) return because(node.not, of)
  const { label, said, words, unknown } = wordsOf(node, of)
  if (unknown) return unknown
  return {
    zh: `${label.zh}（${said.zh}）${words.zh}，属于排除范围`,
    en: `${label.en} (${said.en}) ${words.en}, which is excluded`,
  }
}

function fails(leaf: Comparison, of: Of): Words {
  const { label, said, words, unknown } = wordsOf(leaf, of)
  if (unknown) return unknown
  return {
    zh: `${label.zh}为${said.zh}，不满足“${words.zh}”`,
    en: `${label.en} is ${said.en}, not “${words.en}”`,
  }
}

function wordsOf(leaf: Comparison, { row, fields }: Of) {
  const field = fields.get(leaf.field)
  const label = labelOf(leaf.field, fields)
  const have = field ? haveOf(field, row) : null
  const known = field?.delivered && (have !== null || leaf.op === 'known' || leaf.op === 'unknown')
  const said = field ? sayValue(have, field) : { zh: '未知', en: 'unknown' }
  const unknown = known
    ? null
    : field?.delivered
      ? { zh: `${label.zh}未知`, en: `${label.en} is not known` }
      : { zh: `${label.zh}未随数据提供`, en: `${label.en} was not delivered` }
  return { label, said, words: sayComparison(leaf, field), unknown }
}

/** A comparison in words: “不小于 98 元”. */
export function sayComparison({ op, value }: Comparison, field: Field | undefined): Words {
  const word = OPERATOR_WORDS[op]
  if (value === undefined) return word
  const values = (Array.isArray(value) ? value : [value]) as Scalar[]
  if (op === 'within_days') return { zh: `${values[0]} 天之内`, en: `within ${values[0]} days` }
  if (op === 'older_than_days')
    return { zh: `早于 ${values[0]} 天前`, en: `more than ${values[0]} days ago` }
  const say = (language: keyof Words) =>
    values
      .slice(0, 5)
      .map((each) => (field ? sayValue(each, field)[language] : String(each)))
      .join(language === 'zh' ? '、' : ', ')
  if (op === 'range') {
    const [from, to] = values.map((each) =>
      field ? sayValue(each, field) : { zh: each, en: each },
    )
    return { zh: `从${from?.zh}到${to?.zh}之前`, en: `from ${from?.en} to before ${to?.en}` }
  }
  return { zh: `${word.zh}${say('zh')}`, en: `${word.en} ${say('en')}` }
}

/** A value in the words and the unit of its field; money in yuan. */
export function sayValue(value: Value, field: Field): Words {
  if (value === null) return { zh: '未知', en: 'unknown' }
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  if (field.type === 'fen') {
    const yuan = (Number(value) / 100).toFixed(2)
    return { zh: `${yuan} 元`, en: `¥${yuan}` }
  }
  const code = field.values?.find((each) => each.value === value)
  if (code) return code.label
  if (field.unit) return { zh: `${value} ${field.unit.zh}`, en: `${value} ${field.unit.en}` }
  return { zh: String(value), en: String(value) }
}
