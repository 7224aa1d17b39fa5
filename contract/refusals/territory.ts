import type { Sentences } from '../language.ts'

export const TERRITORY_REFUSALS = {} as const satisfies Sentences
