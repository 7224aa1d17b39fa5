import type { Measure } from './table.ts'

/** What a benchmark works on: so many subscribers, with its files and data folders in `folder`. */
export type BenchOf = Readonly<{ rows: number; folder: string }>

/** One benchmark. It runs in a process of its own, so that its memory is its own. */
export type Bench = (of: BenchOf) => Promise<Measure[]>

/** What the process of a benchmark says to the one that watches its memory, and hears from it. */
export type ChildSays =
  | Readonly<{ kind: 'begin' }>
  | Readonly<{ kind: 'end' }>
  | Readonly<{ kind: 'measured'; measures: readonly Measure[] }>
export type ParentSays = Readonly<{ peakBytes: number }>
