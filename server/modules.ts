/** The modules in the order of the import table, lowest first: so they migrate, so they are served. */
export const MODULES = [
  'people',
  'calendar',
  'subscribers',
  'contacts',
  'territory',
  'insight',
  'campaigns',
  'worklists',
  'renewals',
  'field',
  'events',
] as const
