import { CANONICAL_COLUMNS, type Column, type ColumnType } from '#subscribers'
import { DERIVED_FIELDS, JOINED_COLUMNS } from './derived.ts'
import { type Field, type FieldKind, type FieldType, OPERATORS_OF, type Words } from './field.ts'

/** What a snapshot and its neighbours deliver: ids of columns, `resources`, `competitors`, `consents`. */
export type Delivered = Readonly<{
  columns: ReadonlySet<string>
  customColumns: readonly Readonly<{ id: string; label: Words; type: ColumnType }>[]
}>

/** The catalogue of a branch on a day: what conditions may ask about, delivered or not. */
export function fieldsFor(delivered: Delivered): Field[] {
  const known = CANONICAL.map((kind) =>
    fieldOf(
      kind,
      delivered.columns.has(kind.field) ||
        (kind.source === 'rival' && delivered.columns.has('competitors')) ||
        (kind.source === 'consent' && delivered.columns.has('consents')),
    ),
  )
  const derived = DERIVED_FIELDS.map(({ from, ...kind }) =>
    fieldOf(kind, from.length === 0 || from.some((column) => delivered.columns.has(column))),
  )
  const custom = delivered.customColumns.flatMap(({ id, label, type }) => {
    const kind = kindOf({ id, label, type }, 'custom')
    return kind ? [fieldOf(kind, true)] : []
  })
  return [...derived, ...known, ...custom]
}

function fieldOf(kind: FieldKind, delivered: boolean): Field {
  return { ...kind, operators: OPERATORS_OF[kind.type], delivered }
}

/** How a column’s type is compared; null for what no condition may ask about. */
const TYPES = {
  text: 'text',
  code: 'code',
  phone: null,
  region: 'text',
  int: 'int',
  bool: 'bool',
  date: 'date',
  datetime: 'date',
  month: 'month',
  fen: 'fen',
  minutes: 'number',
  megabytes: 'number',
  hours: 'number',
  share: 'number',
  list: null,
} as const satisfies Record<ColumnType, FieldType | null>

const UNITS: Partial<Record<ColumnType, Words>> = {
  fen: { zh: '分', en: 'fen' },
  minutes: { zh: '分钟', en: 'minutes' },
  megabytes: { zh: 'MB', en: 'MB' },
  hours: { zh: '小时', en: 'hours' },
  share: { zh: '0–1', en: '0–1' },
}

function kindOf(
  column: Pick<Column, 'id' | 'label' | 'type' | 'values' | 'oneOf'>,
  group: string,
): FieldKind | null {
  const type = TYPES[column.type]
  if (type === null) return null
  return {
    field: column.id,
    label: column.label,
    group,
    type,
    unit: UNITS[column.type] ?? null,
    values: valuesOf(column),
    source: JOINED_COLUMNS.get(column.id) ?? 'own',
    ...(column.type === 'datetime' ? { instant: true as const } : {}),
  }
}

/** The codes of a column, each called by the first word that files use for it. */
function valuesOf({ oneOf, values = {} }: Pick<Column, 'values' | 'oneOf'>): FieldKind['values'] {
  if (!oneOf) return null
  const words = Object.entries(values)
  return oneOf.map((value) => {
    const zh = words.find(([, code]) => code === value)?.[0] ?? value
    return { value, label: { zh, en: value.replaceAll('_', ' ') } }
  })
}

/** Who somebody is, or where exactly he lives, is nothing to select people by. */
const SELECTABLE: ReadonlySet<string> = new Set(['none', 'quasi'])

const derivedNames = new Set(DERIVED_FIELDS.map(({ field }) => field))
const CANONICAL: readonly FieldKind[] = CANONICAL_COLUMNS.flatMap((column) => {
  if (!SELECTABLE.has(column.personal) || derivedNames.has(column.id)) return []
  const kind = kindOf(column, column.group ?? 'custom')
  return kind ? [kind] : []
})
