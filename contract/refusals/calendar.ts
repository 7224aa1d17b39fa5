import type { Sentences } from '../language.ts'

export const CALENDAR_REFUSALS = {} as const satisfies Sentences
