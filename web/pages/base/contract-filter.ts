import { addDays, daysBetween } from '../../format/day.ts'

/** Within how many days a contract may be asked to end. */
export const SPANS = [7, 30, 60, 90] as const

export type Filters = Readonly<{
  endsFrom?: string | undefined
  endsTo?: string | undefined
  lapsed?: 'true' | 'all' | undefined
  search?: string | undefined
}>

/** Unless something else is asked for, the list begins with whose contract ends next. */
export function endsOf({ endsFrom, endsTo, lapsed, search }: Filters, today: string) {
  if (lapsed === 'true') return { lapsed: 'true' as const }
  const anything = lapsed === 'all' || endsFrom || endsTo || search
  return { lapsed: undefined, endsFrom: anything ? endsFrom : today }
}

/** The choice of the contract filter that the address stands for. */
export function spanOf({ endsFrom, endsTo, lapsed, search }: Filters, today: string): string {
  if (lapsed === 'true') return 'lapsed'
  if (!endsFrom && !endsTo) return lapsed === 'all' || search ? 'all' : ''
  const span = endsFrom === today && endsTo ? daysBetween(today, endsTo) - 1 : undefined
  return span && SPANS.some((days) => days === span) ? String(span) : 'days'
}

/** Ends within n days of today: today ≤ end < today + n + 1. */
export function filtersOf(span: string, today: string): Filters {
  if (span === 'lapsed') return { lapsed: 'true', endsFrom: undefined, endsTo: undefined }
  if (span === 'all') return { lapsed: 'all', endsFrom: undefined, endsTo: undefined }
  if (span === '') return { lapsed: undefined, endsFrom: undefined, endsTo: undefined }
  return { lapsed: undefined, endsFrom: today, endsTo: addDays(today, Number(span) + 1) }
}
