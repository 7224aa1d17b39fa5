import type { SealedTexts } from '#platform/seal-again.ts'

/** What the keys of second factors are derived for, and those of what a provider gave us. */
export const SECOND_FACTORS = 'people.second_factor'
export const PROVIDER_SESSIONS = 'people.provider_session'

/** Every sealed column of this module that outlives a sign-in under way. */
export const SEALED_TEXTS: readonly SealedTexts[] = [
  { table: 'people.second_factor', column: 'sealed', about: 'staff_id', purpose: SECOND_FACTORS },
  ...['id_token', 'refresh'].map((column) => ({
    ...{ table: 'people.provider_session', column, about: 'ticket', purpose: PROVIDER_SESSIONS },
  })),
]
