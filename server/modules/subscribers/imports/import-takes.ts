import type { Action } from '#people'

/**
 * What it takes to import a kind of file. Files that say who belongs where change whose rows people
 * see, and a file of people may name administrators: they take more than an import.
 */
export const importTakes = (kind: string): Action => ORGANISES[kind] ?? 'import:write'

const ORGANISES: Readonly<Record<string, Action>> = {
  organisation: 'organisation:write',
  places: 'organisation:write',
  staff: 'staff:passwords',
}
