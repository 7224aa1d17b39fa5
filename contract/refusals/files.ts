import type { Sentences } from '../language.ts'

export const FILES_REFUSALS = {} as const satisfies Sentences
