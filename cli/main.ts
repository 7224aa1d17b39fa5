#!/usr/bin/env node
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Language, Sentence } from '#contract/language.ts'
import { sentenceOf } from '#contract/refusals.ts'
import { Refusal } from '#platform/refusal.ts'
import { ConfigProblems, readConfig } from '../server/config.ts'
import { VERSION } from '../server/version.ts'
import { type CliCall, type CliCommand, Stopped, UsageError } from './call.ts'
import { audit } from './commands/audit.ts'
import { backup } from './commands/backup.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { explain } from './commands/explain.ts'
import { generate } from './commands/generate.ts'
import { importCommand } from './commands/import.ts'
import { keys } from './commands/keys.ts'
import { password } from './commands/password.ts'
import { plan } from './commands/plan.ts'
import { restore } from './commands/restore.ts'
import { start } from './commands/start.ts'
import { subject } from './commands/subject.ts'
import { COMMON, commandHelp, generalHelp } from './help.ts'
import { progressOn } from './progress.ts'

const COMMANDS: Readonly<Record<string, CliCommand>> = {
  demo,
  start,
  generate,
  import: importCommand,
  plan,
  explain,
  password,
  audit,
  keys,
  subject,
  doctor,
  backup,
  restore,
}

const EXIT = { done: 0, refused: 1, usage: 2, defect: 3 } as const

/** Runs the command line and answers with the exit code: 0 done, 1 refused, 2 wrong usage, 3 defect. */
async function main(words: readonly string[]): Promise<number> {
  const language = languageOf(process.env)
  const json = words.includes('--json')
  try {
    return await dispatch(words, language)
  } catch (error) {
    return tell(error, { language, json })
  }
}

async function dispatch([name, ...rest]: readonly string[], language: Language): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(generalHelp(COMMANDS, language))
    return name === undefined ? EXIT.usage : EXIT.done
  }
  if (name === '--version') {
    process.stdout.write(`${VERSION}\n`)
    return EXIT.done
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command)
    throw new UsageError({
      zh: `没有命令“${name}”，可用：${Object.keys(COMMANDS).join('、')}`,
      en: `There is no command “${name}”; there are ${Object.keys(COMMANDS).join(', ')}`,
    })
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(commandHelp(name, command, language))
    return EXIT.done
  }
  const result = await command.run(callOf(command, rest, language))
  if (result && rest.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`)
  return EXIT.done
}

function callOf(command: CliCommand, rest: readonly string[], language: Language): CliCall {
  const { values, positionals } = parsed(command, rest)
  const option = (name: string) => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const json = values.json === true
  const abort = new AbortController()
  const stopped = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        abort.abort(new Stopped(signal))
        done()
      })
  })
  return {
    option,
    required: (name) => {
      const value = option(name)
      if (value !== undefined && value !== '') return value
      throw new UsageError({ zh: `缺少 --${name}`, en: `--${name} is missing` })
    },
    flag: (name) => values[name] === true,
    words: positionals,
    dataFolder: resolve(option('data') ?? 'data'),
    json,
    language,
    clock: clockAt(option('now')),
    config: readConfig(process.env),
    watch: { signal: abort.signal, tell: progressOn(process.stderr, language) },
    say: (line) => {
      const stream = json ? process.stderr : process.stdout
      stream.write(`${line[language]}\n`)
    },
    stopped,
  }
}

type Parsed = { values: Readonly<Record<string, unknown>>; positionals: string[] }

function parsed(command: CliCommand, rest: readonly string[]): Parsed {
  try {
    return parseArgs({
      args: [...rest],
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
    })
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new UsageError({ zh: `参数有误：${detail}`, en: detail })
  }
}

/** The clock of the process: the machine’s, or one that stands at `--now`. */
function clockAt(now: string | undefined): () => Date {
  if (now === undefined) return () => new Date()
  const instant = new Date(now)
  if (Number.isNaN(instant.getTime()))
    throw new UsageError({
      zh: `--now ${now} 不是时刻，应如 2026-11-22T06:30:00+08:00`,
      en: `--now ${now} is not an instant such as 2026-11-22T06:30:00+08:00`,
    })
  return () => new Date(instant)
}

function tell(error: unknown, { language, json }: { language: Language; json: boolean }): number {
  if (error instanceof Refusal) {
    const text: Sentence = {
      zh: sentenceOf(error.code, error.values, 'zh'),
      en: sentenceOf(error.code, error.values, 'en'),
    }
    if (json)
      process.stdout.write(
        `${JSON.stringify({ refused: error.code, values: error.values, text })}\n`,
      )
    process.stderr.write(`${text[language]}\n`)
    return EXIT.refused
  }
  if (error instanceof Stopped) {
    const said = {
      zh: '已停止，没有保存未完成的部分。',
      en: 'Stopped; nothing half done was kept.',
    }
    process.stderr.write(`${said[language]}\n`)
    return EXIT.refused
  }
  if (error instanceof UsageError) {
    process.stderr.write(`${error.sentence[language]}\n`)
    return EXIT.usage
  }
  if (error instanceof ConfigProblems) {
    process.stderr.write(`${error.message}\n`)
    return EXIT.usage
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`)
  return EXIT.defect
}

/** Chinese first; English where the shell says so by `GRIDKEEPER_LANG=en` or an English `LANG`. */
function languageOf(environment: NodeJS.ProcessEnv): Language {
  const asked = environment.GRIDKEEPER_LANG ?? environment.LC_ALL ?? environment.LANG ?? ''
  return asked.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

process.exitCode = await main(process.argv.slice(2))
