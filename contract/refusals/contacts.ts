import type { Sentences } from '../language.ts'

export const CONTACTS_REFUSALS = {} as const satisfies Sentences
