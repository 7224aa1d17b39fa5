import type { Sentences } from '../language.ts'

export const SAMPLE_REFUSALS = {} as const satisfies Sentences
