import type { Sentences } from '../language.ts'

export const PEOPLE_REFUSALS = {} as const satisfies Sentences
