import { columnOf } from '../columns/catalogue.ts'

/** What follows from delivered columns and tells no more of a person than their grid. */
const COARSE: ReadonlySet<string> = new Set([
  ...['household_id', 'household_source', 'contract_end', 'contract_end_source'],
  ...['place_code', 'town_code', 'unit_id', 'tenure_months', 'household_key', 'row_hash'],
])
/** The BSS’s pseudonym, to which money facts stay attached; and what is made anew of it. */
const PSEUDONYMS: ReadonlySet<string> = new Set(['subscriber_id', 'household_id'])

/**
 * Whether a column of a snapshot is emptied for whoever is erased: all that identifies somebody or
 * tells of habits and standing, and everything that nobody has classed, such as a branch’s own columns.
 */
export function isErased(column: string): boolean {
  if (PSEUDONYMS.has(column) || COARSE.has(column)) return false
  const known = columnOf(column)
  return known ? ERASED_CLASSES.has(known.personal) : true
}
const ERASED_CLASSES: ReadonlySet<string> = new Set(['direct', 'sensitive', 'quasi', 'key'])
