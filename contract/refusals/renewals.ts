import type { Sentences } from '../language.ts'

export const RENEWALS_REFUSALS = {} as const satisfies Sentences
