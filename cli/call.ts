import type { ParseArgsOptionsConfig } from 'node:util'
import type { Language, Sentence } from '#contract/language.ts'
import type { Watch } from '#platform/works.ts'
import type { Config } from '../server/config.ts'

/** One command of the command line: what `--help` says of it, and what it does. */
export type CliCommand = Readonly<{
  summary: Sentence
  /** Behind the name, as in `plan --branch B --date D`. */
  usage: string
  /** Its own options; those of every command come on top. */
  options: ParseArgsOptionsConfig
  /** What each option means, for `--help`. */
  help: Readonly<Record<string, Sentence>>
  /** Resolves to what `--json` prints; undefined when there is nothing to print. */
  run(call: CliCall): Promise<Record<string, unknown> | undefined>
}>

/** What a command gets: its words, and the world it may touch. */
export type CliCall = Readonly<{
  /** The value of an option, or undefined. */
  option(name: string): string | undefined
  /** The value of an option without which the command cannot work. @throws UsageError */
  required(name: string): string
  flag(name: string): boolean
  words: readonly string[]
  dataFolder: string
  json: boolean
  language: Language
  clock: () => Date
  config: Config
  watch: Watch
  /** A line for people, on stdout, or on stderr where stdout is for JSON. */
  say(line: Sentence): void
  /** Resolves when somebody asks the process to stop. */
  stopped: Promise<void>
}>

/** The words of the command line were off: exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
  readonly sentence: Sentence
  constructor(sentence: Sentence) {
    super(sentence.en)
    this.sentence = sentence
  }
}

/** Somebody asked the process to stop while it worked: exit code 1. */
export class Stopped extends Error {
  override name = 'Stopped'
}
