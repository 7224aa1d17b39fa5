import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Count, FAILED, runNode } from './ci-step.ts'

/** The part of vitest’s JSON report that we count. */
const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
})

/** Runs vitest with `args` and counts tests; a file that cannot even be loaded counts as one. */
export async function runVitest(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-report-'))
  const file = join(folder, 'report.json')
  try {
    const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = await runNode('node_modules/vitest/vitest.mjs', {
      args: ['run', ...args, ...report],
      env,
    })
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text === null) return FAILED // it died before it could report; the reason stands above
    const count = countReport(text)
    for (const name of skippedIn(text)) console.log(`   skipped: ${name}`)
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Sums up a report: files that failed without any failed test could not be loaded. */
export function countReport(text: string): Count {
  const report = Report.parse(JSON.parse(text))
  const unloaded = report.testResults.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

const SKIPPED = ['pending', 'skipped', 'todo']

function skippedIn(text: string): string[] {
  const { testResults } = Report.parse(JSON.parse(text))
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => SKIPPED.includes(status)).map((test) => test.fullName),
  )
}
