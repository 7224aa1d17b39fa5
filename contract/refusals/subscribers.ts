import type { Sentences } from '../language.ts'

export const SUBSCRIBERS_REFUSALS = {} as const satisfies Sentences
