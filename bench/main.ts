/**
 * `npm run bench -- [NAME …] [--rows N] [--write]`: measures the heavy works (import, segment, plan,
 * nightly, pages, keys, assignment, routes), each in a process of its own and against its reference
 * in the same run, and prints the table; `--write` puts it into README.md beside this file. Files and
 * data folders are kept in `out/bench` for the next run.
 */
import { fork } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { assignmentBench } from './assignment.ts'
import type { Bench, BenchOf, ChildSays } from './bench.ts'
import { importBench } from './import.ts'
import { keysBench } from './keys.ts'
import { watchMemory } from './memory.ts'
import { nightlyBench } from './nightly.ts'
import { pagesBench } from './pages.ts'
import { planBench } from './plan.ts'
import { writeReadme } from './readme.ts'
import { routesBench } from './routes.ts'
import { segmentBench } from './segment.ts'
import { type Measure, tableOf } from './table.ts'

const BENCHES: Readonly<Record<string, Bench>> = {
  import: importBench,
  segment: segmentBench,
  plan: planBench,
  nightly: nightlyBench,
  pages: pagesBench,
  keys: keysBench,
  assignment: assignmentBench,
  routes: routesBench,
}
const ROWS = 1_000_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: String(ROWS) },
    write: { type: 'boolean', default: false },
    child: { type: 'string' },
  },
})
const of: BenchOf = {
  rows: Number(values.rows),
  folder: resolve(import.meta.dirname, '../out/bench'),
}

if (values.child) await beChild(values.child)
else await measure(positionals.length > 0 ? positionals : Object.keys(BENCHES))

/** The process of one benchmark: tells its measures and ends; alone it does not go on. */
async function beChild(name: string): Promise<void> {
  const abandoned = () => process.exit(1)
  process.once('disconnect', abandoned)
  const measures = await benchOf(name)(of)
  process.off('disconnect', abandoned)
  const said: ChildSays = { kind: 'measured', measures }
  process.send?.(said)
  process.disconnect()
}

async function measure(names: readonly string[]): Promise<void> {
  for (const name of names) benchOf(name) // all are known before any is begun
  await mkdir(of.folder, { recursive: true })
  const load = loadavg()[0] ?? 0
  const measures: Measure[] = []
  for (const name of names) {
    console.error(`measuring ${name} …`)
    const measured = await runChild(name)
    measures.push(...measured)
    console.error(tableOf(measured))
  }
  const table = tableOf(measures)
  console.log(table)
  if (values.write) await writeReadme({ names, table, on: new Date(), load, rows: of.rows })
}

function benchOf(name: string): Bench {
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
  if (!bench) throw new Error(`no benchmark ${name}: ${Object.keys(BENCHES).join(', ')}`)
  return bench
}

function runChild(name: string): Promise<readonly Measure[]> {
  const child = fork(import.meta.filename, ['--child', name, '--rows', String(of.rows)])
  const memory = watchMemory(child.pid ?? 0)
  let measures: readonly Measure[] | undefined
  child.on('message', (said: ChildSays) => {
    if (said.kind === 'measured') measures = said.measures
    else {
      if (said.kind === 'begin') memory.restart()
      child.send({ peakBytes: memory.peak() })
    }
  })
  return new Promise((end, fail) => {
    child.on('error', fail)
    child.on('exit', (code) => {
      memory.stop()
      if (measures && code === 0) end(measures)
      else fail(new Error(`the benchmark ${name} ended with ${code}`))
    })
  })
}
