/** How a field is compared. `within_days` and its like compare a day with the planning day D. */
export const OPERATORS = [
  'eq',
  'ne',
  'in',
  'not_in',
  'lt',
  'lte',
  'gt',
  'gte',
  'range',
  'contains',
  'starts_with',
  'is_true',
  'is_false',
  'known',
  'unknown',
  'within_days',
  'older_than_days',
  'before_today',
] as const
export type Operator = (typeof OPERATORS)[number]
export type Scalar = string | number | boolean

/** A comparison of one field: the leaf of a condition. */
export type Comparison = Readonly<{
  field: string
  op: Operator
  value?: Scalar | readonly Scalar[] | undefined
}>

/**
 * Whom somebody means, as a tree. It is true, false, or unknown where a value is not known, by the
 * logic of three values: `not` of unknown is unknown, `all` is unknown if nothing in it is false
 * but something unknown, `any` the other way round. Only what is true in the end selects: nobody is
 * selected for what we do not know, under `not` neither. `known` and `unknown` ask for just that,
 * and are unknown themselves only for a column that was not delivered at all.
 */
export type Condition =
  | Readonly<{ all: readonly Condition[] }>
  | Readonly<{ any: readonly Condition[] }>
  | Readonly<{ not: Condition }>
  | Comparison

/** The fields that a condition asks about, each once, in the order of the tree. */
export function fieldsOf(condition: Condition): string[] {
  const found = new Set<string>()
  const walk = (node: Condition): void => {
    if ('all' in node) node.all.forEach(walk)
    else if ('any' in node) node.any.forEach(walk)
    else if ('not' in node) walk(node.not)
    else found.add(node.field)
  }
  walk(condition)
  return [...found]
}
