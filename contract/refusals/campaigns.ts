import type { Sentences } from '../language.ts'

export const CAMPAIGNS_REFUSALS = {} as const satisfies Sentences
