import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { machine } from './table.ts'

type Written = Readonly<{
  names: readonly string[]
  table: string
  on: Date
  load: number
  rows: number
}>

const FILE = join(import.meta.dirname, 'README.md')

/**
 * Writes README.md beside this file: how it is measured, and a part for the benchmarks that ran
 * together, with the day, the machine and the table. Parts of other benchmarks stay as they are.
 */
export async function writeReadme(written: Written): Promise<void> {
  const heading = `## ${written.names.join(', ')}\n`
  const [, ...parts] = (await readFile(FILE, 'utf8')).split(/^(?=## )/m)
  const part = `${heading}\n${partOf(written)}`
  const others = parts.map((other) => (other.startsWith(heading) ? part : `${other.trimEnd()}\n`))
  const all = others.includes(part) ? others : [...others, part]
  await writeFile(FILE, [HEAD, ...all].join('\n'))
}

function partOf({ table, on, load, rows }: Written): string {
  const day = on.toISOString().slice(0, 10)
  const said = `Measured on ${day}, ${rows.toLocaleString('en')} subscribers where there are any: ${machine()}.`
  return `${said} Load of the machine before it began: ${load.toFixed(1)}.${load > IDLE ? BUSY : ''}\n\n${table}\n`
}

const MEMORY = '1,000 MB'

/** With more than this under way, times by the clock say little. */
const IDLE = 0.5
const BUSY = `
**Others were at work on the machine: times by the clock are too long, by as much as the load says.
Processor times hold all the same; measure again on a machine that has nothing else to do.**`

const HEAD = `# Benchmarks · 性能基准

\`npm run bench\` measures what the product must do every night and every minute, on a sample county of
1,000,000 subscribers, and compares each work with a named reference in the same run.
\`npm run bench -- import plan --rows 100000\` measures some of it, or less of it; \`--write\` writes what
was measured into this page. Files and data folders are kept in \`out/bench\` for the next run.

Each benchmark runs in a process of its own, with the configuration of somebody who configures nothing:
DuckDB may use as many threads as there are processors, and ${MEMORY} of memory. Memory is the peak of the sum
of the proportional set sizes (PSS) of all processes, PostgreSQL included, sampled five times a second.

命令 \`npm run bench\` 在示例县（1,000,000 用户）上测量每晚与日常的主要工作，并在同一次运行中
与所列参照比较；内存为全部进程（含 PostgreSQL）的 PSS 峰值。
`
