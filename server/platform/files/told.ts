import type { RefusalCode, RefusalValues } from '#contract/refusals.ts'
import { Refusal } from '#platform/refusal.ts'

/** What a reading thread or process tells the one that started it. */
export type Told<Result> =
  | Readonly<{ kind: 'progress'; bytes: number; rows: number }>
  | Readonly<{ kind: 'done'; result: Result }>
  | Readonly<{ kind: 'refused'; code: RefusalCode; values: RefusalValues }>

/** Runs `work` and tells how it ended; what is no refusal is thrown, and ends the thread. */
export async function tellEnd<Result>(
  tell: (told: Told<Result>) => void,
  work: () => Promise<Result>,
): Promise<void> {
  try {
    tell({ kind: 'done', result: await work() })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    tell({ kind: 'refused', code: error.code, values: error.values })
  }
}
