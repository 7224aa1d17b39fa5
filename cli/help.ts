import type { ParseArgsOptionsConfig } from 'node:util'
import type { Language, Sentence } from '#contract/language.ts'
import type { CliCommand } from './call.ts'

/** Options that every command takes. */
export const COMMON = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  now: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig

const COMMON_HELP: Readonly<Record<keyof typeof COMMON, Sentence>> = {
  data: { zh: '数据目录（默认 ./data）', en: 'the data folder (default ./data)' },
  json: { zh: '标准输出只给一个 JSON 对象', en: 'one JSON object on stdout, all else on stderr' },
  now: { zh: '把此刻当作给定时刻', en: 'stand at this instant instead of the machine’s clock' },
  help: { zh: '显示本说明', en: 'this text' },
}

export function generalHelp(
  commands: Readonly<Record<string, CliCommand>>,
  language: Language,
): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary[language]}`,
  )
  const head = {
    zh: '守网 Gridkeeper：存量用户经营平台。\n用法：./gridkeeper <命令> [选项]',
    en: 'Gridkeeper 守网 keeps and grows the subscribers an operator already has.\nUsage: ./gridkeeper <command> [options]',
  }
  const tail = {
    zh: '每个命令都有 --help。退出码：0 完成，1 被拒绝，2 用法有误，3 程序缺陷。',
    en: 'Every command has --help. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 defect.',
  }
  return `${head[language]}\n\n${lines.join('\n')}\n\n${tail[language]}\n`
}

export function commandHelp(name: string, command: CliCommand, language: Language): string {
  const helps: [string, Sentence][] = [
    ...Object.entries(command.help),
    ...Object.entries(COMMON_HELP),
  ]
  const width = Math.max(...helps.map(([option]) => option.length))
  const lines = helps.map(([option, text]) => `  --${option.padEnd(width)}  ${text[language]}`)
  const word = { zh: '用法', en: 'Usage' }[language]
  return `${command.summary[language]}\n${word}: ./gridkeeper ${name} ${command.usage}\n\n${lines.join('\n')}\n`
}
