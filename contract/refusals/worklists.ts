import type { Sentences } from '../language.ts'

export const WORKLISTS_REFUSALS = {} as const satisfies Sentences
