import type { Sentence } from '#contract/language.ts'
import type { Lake } from './duckdb/lake.ts'
import type { Keys } from './keys.ts'
import type { Room } from './room.ts'
import type { Actor, RunUnit } from './unit.ts'

/** What a long piece of work needs beyond one unit: units to loop over, the lake, and a folder. */
export type Works = Readonly<{
  run: RunUnit
  /** This process itself: its ticket sees every branch. */
  system: Actor
  lake: Lake
  keys: Keys
  folder: DataFolder
  room: Room
  clock: () => Date
}>

/** Absolute paths below the data folder, which is the whole state of an installation. */
export type DataFolder = Readonly<{
  root: string
  lake: string
  uploads: string
  /** Photos that people sent from visits, sealed. */
  evidence: string
  reports: string
  tmp: string
}>

/** What is being done and how far it is; `total` null while nobody can know. */
export type Progress = Readonly<{ phase: Sentence; done: number; total: number | null }>

/** How whoever waits for a long piece of work follows it, and stops it. */
export type Watch = Readonly<{ signal: AbortSignal; tell(progress: Progress): void }>

/** For work that nobody watches. */
export const unwatched: Watch = { signal: new AbortController().signal, tell: () => undefined }
