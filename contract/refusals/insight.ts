import type { Sentences } from '../language.ts'

export const INSIGHT_REFUSALS = {} as const satisfies Sentences
